"""committees.quorum: whether a meeting could decide."""

import pytest

from committees.models import Attendance, Presence, Seat
from committees.quorum import Quorum, needed_of


def rows(*marks, side="government"):
    """One voting seat a mark; "o" is an observer who came."""
    presence = {"p": Presence.PRESENT, "r": Presence.REPRESENTED, "e": Presence.EXCUSED, "a": Presence.ABSENT}
    return [
        Attendance(seat=Seat(side=side), presence=presence.get(mark, Presence.PRESENT), voting=mark != "o")
        for mark in marks
    ]


@pytest.mark.parametrize(
    ("voting", "rule", "needed"),
    [(11, None, 6), (10, None, 6), (1, None, 1), (0, None, 0), (11, 8, 8), (0, 8, 0)],
)
def test_needed_of(voting, rule, needed):
    assert needed_of(voting, rule) == needed


def test_sentence_when_reached():
    quorum = Quorum.from_attendance(rows(*"pppppr", *"eeaaa"))
    assert quorum.is_reached
    assert quorum.sentence == "6 of 11 voting seats, 6 needed: quorum reached"


def test_sentence_when_not_reached():
    quorum = Quorum.from_attendance(rows(*"pppp", *"aaaaa"))
    assert quorum.sentence == "4 of 9 voting seats, 5 needed: no quorum, 1 voting seat was missing"


def test_observers_do_not_count():
    quorum = Quorum.from_attendance(rows(*"pp", *"aa", *"oooo"))
    assert (quorum.voting_there, quorum.voting_seats, quorum.there, quorum.share) == (2, 4, 6, 75)
    assert not quorum.is_reached


def test_what_was_written_down_on_the_day_stands():
    quorum = Quorum.from_attendance(rows(*"pp", "a"), voting_seats=7, needed=2)
    assert quorum.sentence == "2 of 7 voting seats, 2 needed: quorum reached"


def test_nobody_votes_reaches_nothing():
    assert not Quorum.from_attendance(rows("o")).is_reached


def test_sides_are_counted():
    quorum = Quorum.from_attendance([*rows("p", "a"), *rows("p", side="civil_society")])
    assert [(side.there, side.seats) for side in quorum.sides] == [(1, 2), (1, 1)]
