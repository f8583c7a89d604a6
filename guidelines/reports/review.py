"""Where guidelines stand: steps, what is missing for the next one, who tested, said and endorsed what."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext

from guidelines.edition_numbers import next_edition_number
from guidelines.gates import (
    Missing,
    missing_for_endorsement,
    missing_for_launch,
    missing_for_roll_out,
    missing_for_test,
    missing_for_validation,
    warnings_for_validation,
)
from guidelines.models import FieldTest, Guidelines, GuidelinesMove, GuidelinesState, ReviewState
from guidelines.outline import outline_of
from guidelines.signatories import Signatures

S = GuidelinesState
WAY = (S.DRAFTING, S.FIELD_TEST, S.VALIDATED, S.ENDORSED, S.LAUNCHED, S.ROLLED_OUT)
WRITING = (S.DRAFTING, S.REVISION)


@dataclass(frozen=True)
class Stop:
    """One stop on the way: reached or not, left out, and when it began."""

    label: str
    on: datetime.date | None = None
    is_reached: bool = False
    is_current: bool = False
    is_left_out: bool = False


@dataclass(frozen=True)
class Gate:
    """What is missing before one of the next steps."""

    label: str
    missing: list[Missing]


@dataclass(frozen=True)
class Offer:
    """A step that can be asked for now; `name` is the URL name of its page."""

    name: str
    words: str
    is_primary: bool = False


@dataclass(frozen=True)
class Talked:
    """A section, with how many comments on it are open and how many were decided."""

    number: str
    heading: str
    code: str  # nothing for sections that are gone
    open: int
    decided: int


@dataclass(frozen=True)
class Review:
    """Everything that the review page shows. Endorsements and field tests are those of edition `number`:
    the one in preparation, or the one that is out."""

    guidelines: Guidelines
    number: int
    stops: list[Stop]
    gates: list[Gate]
    warnings: list[str]
    signatures: Signatures
    tests: list[FieldTest]
    talked: list[Talked]
    moves: list[tuple[GuidelinesMove, str]]

    @classmethod
    def from_guidelines(cls, guidelines: Guidelines, *, today: datetime.date) -> "Review":
        coming = next_edition_number(guidelines)
        number = max(1, coming - 1) if guidelines.is_out or guidelines.state == S.RETIRED else coming
        signatures = Signatures.of(guidelines, number=number)
        moves = list(guidelines.moves.order_by("at", "pk"))
        tests = guidelines.field_tests.filter(edition_number=number).select_related("locality__country")
        is_open = guidelines.is_open
        return cls(
            guidelines=guidelines,
            number=number,
            stops=_stops(guidelines, moves),
            gates=_gates(guidelines, signatures, today),
            warnings=warnings_for_validation(guidelines) if is_open else [],
            signatures=signatures,
            tests=list(tests.annotate(said=Count("comments", filter=Q(comments__parent=None)))),
            talked=_talked(guidelines),
            moves=[(move, move_label(move)) for move in reversed(moves)],
        )

    @property
    def open_comments(self) -> int:
        return sum(each.open for each in self.talked)

    @property
    def tests_under_way(self) -> int:
        return sum(test.ends_on is None for test in self.tests)

    @property
    def offers(self) -> list[Offer]:
        """The steps that the state allows, the usual next one first."""
        return list(OFFERS[S(self.guidelines.state)](self))


def _stops(guidelines: Guidelines, moves: list[GuidelinesMove]) -> list[Stop]:
    """The line of steps since the text was last opened to be written. A field test may be left out."""
    state = S(guidelines.state)
    since = max((n for n, move in enumerate(moves) if move.now in WRITING), default=-1)
    days = {move.now: move.on for move in moves[max(since, 0) :]}
    if state == S.RETIRED:
        return [Stop(str(state.label), days.get(state), is_reached=True, is_current=True)]
    is_revised = since >= 0 and moves[since].now == S.REVISION
    writing = S.REVISION if is_revised or state == S.REVISION else S.DRAFTING
    way = [writing, *WAY[1:]]
    place = way.index(state)
    return [
        Stop(
            str(each.label),
            days.get(each),
            is_reached=n <= place,
            is_current=n == place,
            is_left_out=each == S.FIELD_TEST and n < place and S.VALIDATED in days and each not in days,
        )
        for n, each in enumerate(way)
    ]


def _gates(guidelines: Guidelines, signatures: Signatures, today: datetime.date) -> list[Gate]:
    state = S(guidelines.state)
    if state in WRITING:
        return [
            Gate(gettext("Before the field test"), missing_for_test(guidelines)),
            Gate(gettext("Before the validation"), missing_for_validation(guidelines, today)),
        ]
    if state == S.FIELD_TEST:
        return [Gate(gettext("Before the validation"), missing_for_validation(guidelines, today))]
    if state == S.VALIDATED:
        return [Gate(gettext("Before the launch"), missing_for_endorsement(guidelines, signatures))]
    if state == S.ENDORSED:
        return [Gate(gettext("Before the launch"), missing_for_launch(guidelines, today))]
    if state == S.LAUNCHED:
        return [Gate(gettext("Before the guidelines count as rolled out"), missing_for_roll_out(guidelines))]
    return []


def _talked(guidelines: Guidelines) -> list[Talked]:
    """In reading order; what was said about sections that are gone comes last. Two queries."""
    counted = guidelines.comments.filter(parent=None).order_by().values("section__code")
    rows = counted.annotate(
        open=Count("pk", filter=Q(state=ReviewState.OPEN)),
        decided=Count("pk", filter=~Q(state=ReviewState.OPEN)),
    )
    by_code: dict[str | None, Any] = {row["section__code"]: row for row in rows}
    found = [
        Talked(entry.number, entry.section.heading, entry.section.code, row["open"], row["decided"])
        for entry in outline_of(guidelines.sections.all())
        if (row := by_code.get(entry.section.code))
    ]
    if gone := by_code.get(None):
        found.append(Talked("", gettext("Removed sections"), "", gone["open"], gone["decided"]))
    return found


def move_label(move: GuidelinesMove) -> str:
    """What happened, in words."""
    was, now = S(move.was), S(move.now)
    if now == S.DRAFTING or (now == S.REVISION and was not in {S.LAUNCHED, S.ROLLED_OUT}):
        return gettext("Sent back to be written")
    words: dict[S, Any] = {
        S.FIELD_TEST: gettext("Field test began"),
        S.VALIDATED: gettext("An endorsement is missing again")
        if was == S.ENDORSED
        else gettext("Validated"),
        S.ENDORSED: gettext("Endorsed by all required institutions"),
        S.LAUNCHED: gettext("Revision dropped") if was == S.REVISION else gettext("Launched"),
        S.ROLLED_OUT: gettext("Revision dropped") if was == S.REVISION else gettext("Rolled out"),
        S.REVISION: gettext("Revision began"),
        S.RETIRED: gettext("Retired"),
    }
    return words[now]


def _while_written(review: Review) -> list[Offer]:
    """A field test comes first, unless one has ended already."""
    was_tested = bool(review.tests) and not review.tests_under_way
    offers = [
        Offer("guidelines_test", gettext("Begin the field test"), is_primary=not was_tested),
        Offer("guidelines_validate", gettext("Validate the text"), is_primary=was_tested),
    ]
    if review.guidelines.state == S.REVISION:
        offers.append(Offer("guidelines_drop_revision", gettext("Drop the revision")))
    return [*sorted(offers, key=lambda each: not each.is_primary), _retire()]


def _while_launched(review: Review) -> list[Offer]:
    """First a roll-out has to be on record."""
    is_missing = any(gate.missing for gate in review.gates)
    record = Offer("rollout_new", gettext("Record a roll-out"), is_primary=True)
    return [
        *([record] if is_missing else []),
        Offer("guidelines_roll_out", gettext("Mark as rolled out"), is_primary=not is_missing),
        Offer("guidelines_revise", gettext("Begin a revision")),
        _retire(),
    ]


def _retire() -> Offer:
    return Offer("guidelines_retire", gettext("Retire"))


def _return() -> Offer:
    return Offer("guidelines_return", gettext("Send back to be written"))


OFFERS: dict[S, Any] = {
    S.DRAFTING: _while_written,
    S.REVISION: _while_written,
    S.FIELD_TEST: lambda review: [
        Offer("guidelines_validate", gettext("Validate the text"), is_primary=True),
        _return(),
    ],
    S.VALIDATED: lambda review: [
        Offer("guidelines_endorsement_new", gettext("Record an endorsement"), is_primary=True),
        _return(),
    ],
    S.ENDORSED: lambda review: [
        Offer("guidelines_launch", gettext("Launch the edition"), is_primary=True),
        Offer("guidelines_endorsement_new", gettext("Record another endorsement")),
        _return(),
    ],
    S.LAUNCHED: _while_launched,
    S.ROLLED_OUT: lambda review: [
        Offer("guidelines_revise", gettext("Begin a revision"), is_primary=True),
        _retire(),
    ],
    S.RETIRED: lambda review: [],
}
