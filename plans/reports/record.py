"""How a plan came to stand where it stands: steps, moves, rounds, endorsers, adoption, editions."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext

from plans.models import (
    Amendment,
    Attachment,
    AttachmentKind,
    CommentState,
    Edition,
    Endorsement,
    LocalActionPlan,
    PlanMove,
    ValidationRound,
)
from plans.states import PlanState

# The way of a plan to its end, as a line. A review is a part of being carried out.
WAY = (
    PlanState.DRAFTING,
    PlanState.VALIDATION,
    PlanState.ENDORSED,
    PlanState.SUBMITTED,
    PlanState.ADOPTED,
    PlanState.IN_IMPLEMENTATION,
    PlanState.CLOSED,
)
ENDED_OTHERWISE = (PlanState.REJECTED, PlanState.WITHDRAWN, PlanState.SUPERSEDED)


@dataclass(frozen=True)
class Step:
    """One stop on the way: reached or not, and when."""

    label: str
    on: datetime.date | None = None
    is_reached: bool = False
    is_current: bool = False


@dataclass(frozen=True)
class MoveLine:
    """One move with what it is called. Who recorded it is for who may comment on the plan."""

    move: PlanMove
    label: str
    recorded_by: str


@dataclass(frozen=True)
class PlanRecord:
    """Everything decided about one plan. Six queries."""

    plan: LocalActionPlan
    moves: list[MoveLine]
    rounds: list[ValidationRound]
    editions: list[Edition]
    amendments: list[Amendment]
    scans: list[Attachment]

    @classmethod
    def from_plan(cls, plan: LocalActionPlan, *, with_names: bool) -> "PlanRecord":
        moves = plan.moves.select_related("by").order_by("at", "pk")
        return cls(
            plan=plan,
            moves=[MoveLine(move, move_label(move), _name(move.by) if with_names else "") for move in moves],
            rounds=list(_rounds(plan)),
            editions=list(plan.editions.defer("content").order_by("-number")),
            amendments=list(plan.amendments.select_related("edition").defer("edition__content")),
            scans=list(plan.attachments.filter(kind=AttachmentKind.ADOPTION)),
        )

    @property
    def steps(self) -> list[Step]:
        """The line of steps. What was reached before a return to drafting is ahead again."""
        state = PlanState(self.plan.state)
        days = self._days_since_drafting()
        if state in ENDED_OTHERWISE:
            reached = [
                Step(str(each.label), days.get(each), True) for each in WAY if self._went_by(each, days)
            ]
            return [*reached, Step(str(state.label), days.get(state), True, True)]
        at = PlanState.IN_IMPLEMENTATION if state == PlanState.UNDER_REVIEW else state
        place = WAY.index(at) if at in WAY else -1
        line = [
            Step(str(state.label if each == at else each.label), days.get(each), n <= place, n == place)
            for n, each in enumerate(WAY)
        ]
        return [Step(str(state.label), is_reached=True, is_current=True), *line] if place < 0 else line

    def _went_by(self, state: PlanState, days: dict[PlanState, datetime.date]) -> bool:
        """Drafting has no day of its own in a plan that began with it."""
        only_an_idea = bool(self.moves) and self.moves[0].move.was == PlanState.IDEA
        return state in days or (state == PlanState.DRAFTING and not only_an_idea)

    def _days_since_drafting(self) -> dict[PlanState, datetime.date]:
        """When each state began that the plan went through since it was last drafted."""
        days: dict[PlanState, datetime.date] = {}
        for line in self.moves:
            if line.move.now == PlanState.DRAFTING:
                days = {}
            days[PlanState(line.move.now)] = line.move.on
        known = {
            PlanState.ENDORSED: self.plan.endorsed_on,
            PlanState.SUBMITTED: self.plan.submitted_on,
            PlanState.ADOPTED: self.plan.adopted_on,
        }
        return days | {state: day for state, day in known.items() if day}

    @cached_property
    def round(self) -> ValidationRound | None:
        """The one that is open."""
        return next((each for each in self.rounds if each.closed_on is None), None)

    @cached_property
    def amendment(self) -> Amendment | None:
        """The one that is being written."""
        return next((each for each in self.amendments if each.state == "open"), None)

    @property
    def scan(self) -> Attachment | None:
        """Of the act by which the plan itself was adopted: with edition 1."""
        first = {edition.pk for edition in self.editions if edition.number == 1}
        return next((each for each in self.scans if each.edition_id in {None, *first}), None)

    @property
    def edition_lines(self) -> list[tuple[Edition, Attachment | None]]:
        """Each edition with the scan of its act, the newest first."""
        scans = {each.edition_id: each for each in self.scans}
        return [(edition, scans.get(edition.pk)) for edition in self.editions]

    @property
    def votes(self) -> str:
        """As typed; empty when no vote was recorded."""
        plan = self.plan
        if plan.votes_for is None:
            return ""
        return gettext("%(yes)d for, %(no)d against, %(none)d abstained") % {
            "yes": plan.votes_for,
            "no": plan.votes_against or 0,
            "none": plan.votes_abstained or 0,
        }


def _rounds(plan: LocalActionPlan) -> Any:
    """With their endorsers, and how many comments wait, were accepted and were declined."""
    threads = Q(comments__parent=None)

    def number(*states: CommentState) -> Count:
        return Count("comments", filter=threads & Q(comments__state__in=states))

    endorsed = Endorsement.objects.select_related("position__organization")
    return (
        plan.rounds.annotate(
            open_comments=number(CommentState.OPEN),
            accepted=number(CommentState.ACCEPTED, CommentState.RESOLVED),
            declined=number(CommentState.DECLINED),
        )
        .prefetch_related(Prefetch("endorsements", queryset=endorsed))
        .order_by("-number")
    )


def _name(user: Any) -> str:
    return user.display_name if user else ""


def move_label(move: PlanMove) -> str:
    """What happened, in words."""
    was, now = PlanState(move.was), PlanState(move.now)
    if now == PlanState.DRAFTING and was == PlanState.IDEA:
        return gettext("Drafting began")
    if now == PlanState.DRAFTING and was in {PlanState.REJECTED, PlanState.WITHDRAWN}:
        return gettext("Taken up again")
    if now == PlanState.DRAFTING:
        return gettext("Returned to drafting")
    if now == PlanState.IN_IMPLEMENTATION and was == PlanState.UNDER_REVIEW:
        return gettext("Review ended")
    return str(now.label)
