"""Ranking by votes: equal votes share a place, and the next place is counted on (1, 2, 2, 4)."""

from collections.abc import Mapping
from typing import TypeVar

Item = TypeVar("Item")


def ranked(votes: Mapping[Item, int]) -> list[tuple[int, Item, int]]:
    """Place, item and votes, most votes first; items of equal votes in the order given. No vote, no place."""
    order = sorted((item for item in votes if votes[item] > 0), key=lambda item: -votes[item])
    found: list[tuple[int, Item, int]] = []
    for number, item in enumerate(order, start=1):
        shares_place = found and found[-1][2] == votes[item]
        found.append((found[-1][0] if shares_place else number, item, votes[item]))
    return found
