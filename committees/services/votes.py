"""The votes on a decision: who may vote, and how many."""

from collections.abc import Mapping

from django.utils.translation import gettext

from committees.models import Attendance, DecidedHow, Decision, Meeting, Vote
from committees.votes import Totals, quorum_of
from core.refusals import FieldRefused


class VoteRefused(FieldRefused):
    """A vote that cannot be. `field` is that of the seat ("vote-CS-…"), or of the totals."""


def vote_field(code: str) -> str:
    """The form field of a seat's vote."""
    return f"vote-{code}"


def refuse_without_quorum(meeting: Meeting) -> None:
    """Nothing is decided where too few voting seats were there (committees.votes); only put off."""
    rows = list(meeting.attendance.select_related("seat"))
    if not rows:
        raise VoteRefused(
            None,
            gettext(
                "Write down first who was there: only then it can be told whether the meeting could decide."
            ),
        )
    quorum = quorum_of(meeting, rows)
    if not quorum.is_reached:
        raise VoteRefused(
            "result",
            gettext(
                "There was no quorum: %(there)s of %(seats)s voting seats were there, %(needed)s had to be. "
                "The point can only be put off."
            )
            % {"there": quorum.voting_there, "seats": quorum.voting_seats, "needed": quorum.needed},
        )


def keep_votes(
    meeting: Meeting, *, how: str, votes: Mapping[str, str], totals: Totals
) -> tuple[Totals, dict[int, str]]:
    """The totals, and for a vote by seat each seat's choice by its key. Raises VoteRefused."""
    attendance = list(meeting.attendance.select_related("seat__position__organization", "seat__organization"))
    if how == DecidedHow.SECRET:
        return _secret(totals, attendance), {}
    return _by_seat(votes, attendance)


def _secret(totals: Totals, attendance: list[Attendance]) -> Totals:
    there = sum(1 for row in attendance if row.voting and row.was_there)
    if not totals.cast:
        raise VoteRefused("votes_for", gettext("Enter how many voted for and against."))
    if totals.cast > there:
        raise VoteRefused(
            "votes_for",
            gettext("These are %(cast)s votes, but only %(there)s voting seats were there.")
            % {"cast": totals.cast, "there": there},
        )
    return totals


def _by_seat(votes: Mapping[str, str], attendance: list[Attendance]) -> tuple[Totals, dict[int, str]]:
    rows = {row.seat.code: row for row in attendance}
    ballot = {}
    for code, choice in votes.items():
        row = rows.get(code)
        if row is None or not row.was_there:
            raise VoteRefused(
                vote_field(code) if row else None,
                gettext("This seat was neither present nor represented: it has no vote."),
            )
        if not row.voting:
            raise VoteRefused(vote_field(code), gettext("This seat observes: it has no vote."))
        ballot[row.seat_id] = choice
    if not ballot:
        raise VoteRefused(None, gettext("Enter at least one vote, or choose another way of deciding."))
    return Totals.of(ballot.values()), ballot


def write_votes(decision: Decision, ballot: Mapping[int, str]) -> None:
    """These votes instead of those before, each seat once (a constraint of the database as well)."""
    decision.votes.all().delete()
    Vote.objects.bulk_create(
        Vote(decision=decision, seat_id=seat, choice=choice) for seat, choice in ballot.items()
    )
