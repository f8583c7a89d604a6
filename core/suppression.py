"""Small numbers point at people: cells of 1 to 4 are hidden, and the cells that would give them away.

BR17 (domain.md §6), OCHA guidance on statistical disclosure control. A hidden cell is None and is
shown as "fewer than 5" or "hidden", never as 0.
"""

from collections.abc import Hashable, Mapping
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)


def suppress(counts: Mapping[Key, int], *, threshold: int = 5) -> dict[Key, int | None]:
    """Hide the small cells of one row of counts whose total is shown.

    `threshold` is the smallest number that may be shown (5: cells 1 to 4 are hidden). When a
    single cell is hidden the total would reveal it, so the next smallest non-zero cell is hidden
    too; {3, 37} becomes {None, None}. Zero is shown, unless hiding it is the only cover.
    """
    hidden = {key for key, count in counts.items() if 0 < count < threshold}
    open_cells = sorted(
        (count, index) for index, (key, count) in enumerate(counts.items()) if key not in hidden
    )
    keys = list(counts)
    # One hidden cell, or hidden cells that together are still a small number, can be worked out.
    while hidden and open_cells and (len(hidden) == 1 or sum(counts[key] for key in hidden) < threshold):
        covering = [cell for cell in open_cells if cell[0]] or open_cells
        count, index = covering[0]
        open_cells.remove((count, index))
        hidden.add(keys[index])
    return {key: None if key in hidden else count for key, count in counts.items()}
