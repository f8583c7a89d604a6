"""What a position owes and knows (F43). It stays with the position when the holder changes."""

import datetime
from dataclasses import dataclass
from typing import Any, Self

from django.apps import apps
from django.db.models import Case, CharField, Count, DateField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Capability
from people.models import Person, Position, registered_by
from people.parts import MOST_SHOWN, First, Part
from people.reports import HolderLine, registrations

# Events that teach (F68), as workshops.states names their kinds.
TEACHING = ("committee_training", "tot", "localization", "writeshop", "rollout")
MOST_CANDIDATES = 10


@dataclass(frozen=True)
class Document:
    """A paper of a meeting, plan or law that concerns the position. `page` is the name of a URL."""

    page: str
    code: str
    title: str
    of: str
    day: datetime.date


@dataclass(frozen=True)
class Training:
    """How many events of a kind the current holder was at."""

    kind: str
    number: int


@dataclass(frozen=True)
class PositionSheet:
    """A position: who held it when, what it promised and does, and what it knows."""

    position: Position
    open_only: bool
    holders: First  # of HolderLine: those who hold it, and the last before
    candidates: list[Person]  # registered with it, whom nobody wrote down as holder
    commitments: First
    decisions: First
    activities: First
    supported: First  # activities in which it does part of the work
    seats: First
    handovers: First
    opens_handover: bool  # one at a time is open (people.handovers)
    assessments: First
    trainings: list[Training]
    needs: First
    documents: First  # of Document

    @property
    def current(self) -> list[HolderLine]:
        return [line for line in self.holders if line.incumbency.ends_on is None]

    @property
    def is_vacant(self) -> bool:
        return bool(self.holders) and not self.current

    @classmethod
    def from_position(cls, position: Position, *, user: User, open_only: bool = False) -> Self:
        """Fourteen queries, whatever the number of rows; one more for each part that is cut."""
        rows = list(position.incumbencies.all())
        last = rows[:MOST_SHOWN]
        last += [row for row in rows[MOST_SHOWN:] if row.ends_on is None]
        known = people_of(position, [row.person_id for row in last if row.person_id], user=user)
        held = {row.person_id for row in rows}
        first = {
            name: First.of(part.rows(position, user=user, open_only=open_only))
            for name, part in PARTS.items()
            if name not in {"holders", "documents"}
        }
        holders = First(HolderLine.knowing(last, known))
        holders.number = len(rows)
        documents = First.of(PARTS["documents"].rows(position, user=user, open_only=open_only))
        documents[:] = [Document(*row) for row in documents]
        handovers = first["handovers"]
        return cls(
            position=position,
            open_only=open_only,
            holders=holders,
            candidates=[each for pk, each in known.items() if pk not in held][:MOST_CANDIDATES],
            opens_handover=not any(each.is_open for each in handovers)
            and not (handovers.is_cut and position.handovers.still_open().exists()),
            trainings=trainings_of(position, user=user),
            documents=documents,
            **first,
        )


def people_of(position: Position, held: list[int], *, user: User) -> dict[int, Person]:
    """Of its holders and of those registered with it, whom the reader may see; in one query."""
    registered = Q(participations__position=position) & registered_by(user)
    there = Person.objects.filter(registered).values("pk")
    seen = Person.objects.visible_to(user).filter(Q(pk__in=held) | Q(pk__in=there))
    return {person.pk: person for person in seen}


def holders_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    rows = position.incumbencies.all()
    return rows.filter(ends_on=None) if open_only else rows


def commitments_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    """What it promised, with `is_seen`: whether the reader may open it. A committee knows what was promised
    at the workshop that it comes from, without seeing that workshop."""
    every = position.commitments.model._default_manager
    seen = Q(pk__in=every.visible_to(user).values("pk"))
    own = Q(workshop__committees__in=user.committee_access.values("committee"))
    rows = position.commitments.filter(pk__in=every.filter(seen | own).values("pk"))
    rows = rows.annotate(is_seen=Exists(every.visible_to(user).filter(pk=OuterRef("pk"))))
    rows = rows.select_related("workshop")
    return rows.filter(state="open") if open_only else rows


def decisions_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    """What committees decided that it carries out; open ones first."""
    rows = position.decisions.visible_to(user).tasks().select_related("meeting__committee")
    rows = rows.filter(state="open") if open_only else rows
    return rows.order_by(F("closed_on").desc(nulls_first=True), "due_on", "pk")


def activities_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    """Those that it leads."""
    return _work(position.activities.visible_to(user), open_only=open_only)


def supported_by(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    """Those in which it does part of the work."""
    rows = position.activities.model._default_manager.visible_to(user)
    rows = rows.filter(pk__in=position.supported_activities.values("pk"))
    return _work(rows.exclude(responsible=position), open_only=open_only)


def _work(activities: QuerySet[Any], *, open_only: bool) -> QuerySet[Any]:
    rows = activities.exclude(state__in=["done", "dropped"]) if open_only else activities
    return rows.select_related("objective__plan").order_by(F("ends_on").asc(nulls_last=True), "pk")


def seats_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    """On committees, now and earlier."""
    rows = position.seats.visible_to(user).select_related("committee__locality")
    rows = rows.filter(ended_on=None) if open_only else rows
    return rows.order_by(F("ended_on").desc(nulls_first=True), "pk")


def handovers_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    rows = position.handovers.visible_to(user)
    return rows.still_open() if open_only else rows


def assessments_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    rows = position.assessments.visible_to(user).select_related("committee")
    return rows.filter(state="open") if open_only else rows


def needs_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    rows = position.training_needs.visible_to(user)
    return rows.still_open() if open_only else rows.order_by(F("met_on").desc(nulls_first=True), "pk")


def trainings_of(position: Position, *, user: User) -> list[Training]:
    """By kind, the events at which the current holder was present. Those at high risk count only for who
    runs them: it would tell who was there."""
    came = registrations()
    field = came.model._meta.get_field("workshop")
    runs = Q(workshop__in=field.related_model._default_manager.filter(facilitators=user)) & user.scope.rows(
        Capability.RUN_WORKSHOPS, locality="workshop__locality"
    )
    holds = position.incumbencies.current().filter(person__isnull=False)
    attended = came.model._meta.get_field("attendances").related_model._default_manager
    found = (
        came.visible_to(user)
        .filter(person__in=holds.values("person"), workshop__kind__in=TEACHING)
        .filter(~Q(workshop__risk_level="high") | runs)
        .filter(Exists(attended.filter(participation=OuterRef("pk"))))
        .order_by()
        .values("workshop__kind")
        .annotate(number=Count("workshop", distinct=True))
    )
    number = {row["workshop__kind"]: row["number"] for row in found}
    labels = dict(field.related_model._meta.get_field("kind").flatchoices)
    return [Training(str(labels[kind]), number[kind]) for kind in TEACHING if kind in number]


def documents_of(position: Position, *, user: User, open_only: bool) -> QuerySet[Any]:
    """Papers of the meetings that decided something for it, and of the plans that it works on or signed;
    the latest first, each as the fields of a Document. It stands behind the page of what it belongs to."""
    found = papers_of_meetings(position, user=user).union(
        papers_of(position, "plan", user=user),
        papers_of(position, "law", user=user),
        plans_of(position, user=user),
        all=True,
    )
    return found.order_by("-shown_day", "shown_code", "shown_title")


def line(rows: QuerySet[Any], *, page: str, code: str, title: str, of: str, day: Any) -> QuerySet[Any]:
    """The five columns of a Document."""
    rows = rows.order_by().annotate(
        shown_page=Value(page, CharField()),
        shown_code=Cast(code, CharField()),
        shown_title=title_of(title),
        shown_of=Cast(of, CharField()),
        shown_day=day,
    )
    return rows.values_list("shown_page", "shown_code", "shown_title", "shown_of", "shown_day")


def title_of(name: str) -> Any:
    """What a file shows in words, else its name."""
    if name != "name":
        return Cast(name, CharField())
    return Case(When(title="", then=Cast("name", CharField())), default=Cast("title", CharField()))


def papers_of_meetings(position: Position, *, user: User) -> QuerySet[Any]:
    """Only for who works for the committee or accompanies it: papers are handed in before they are
    approved."""
    files = apps.get_model("committees", "MeetingFile")._default_manager.visible_to(user)
    works = files.model._default_manager.filter(meeting__committee__access__user=user)
    cared = user.scope.rows(Capability.KEEP_COMMITTEES, locality="meeting__committee__locality")
    rows = files.filter(cared | Q(pk__in=works.values("pk"))).filter(
        meeting__in=position.decisions.visible_to(user).values("meeting")
    )
    return line(
        rows,
        page="meeting_detail",
        code="meeting__code",
        title="name",
        of="meeting__committee__name",
        day=Cast("meeting__day", DateField()),
    )


def papers_of(position: Position, whole: str, *, user: User) -> QuerySet[Any]:
    """Scans and evidence of the plans that the position works on; texts of the laws that came of them."""
    rows = apps.get_model("plans", "Attachment")._default_manager.visible_to(user)
    leads = position.activities.visible_to(user).values("objective__plan")
    path = "plan" if whole == "plan" else "law__plan"
    return line(
        rows.filter(**{f"{path}__in": leads}),
        page=f"{whole}_detail",
        code=f"{whole}__code",
        title="name",
        of=f"{whole}__title",
        day=TruncDate("added_at"),
    )


def plans_of(position: Position, *, user: User) -> QuerySet[Any]:
    """Plans that it endorsed, or whose foreword it signs."""
    plans = position.forewords.model._default_manager.visible_to(user)
    endorsed = position.plan_endorsements.values("round__plan")
    return line(
        plans.filter(Q(foreword_by=position) | Q(pk__in=endorsed)),
        page="plan_detail",
        code="code",
        title="title",
        of="locality__name",
        day=Coalesce("adopted_on", "endorsed_on", "period_start"),
    )


# By the last word of the address of the page that shows the whole list.
PARTS = {
    "commitments": Part(_("What this position promised"), commitments_of, ("text", "workshop__title")),
    "decisions": Part(_("Decisions that it carries out"), decisions_of, ("text", "meeting__committee__name")),
    "activities": Part(_("Activities it leads"), activities_of, ("text", "objective__plan__title")),
    "supported": Part(_("Activities it supports"), supported_by, ("text", "objective__plan__title")),
    "holders": Part(_("Who held it"), holders_of),  # a name is no part of an address
    "seats": Part(_("Seats on committees"), seats_of, ("committee__name",)),
    "handovers": Part(_("Hand-overs"), handovers_of),
    "assessments": Part(_("Assessments"), assessments_of, ("label", "committee__name")),
    "needs": Part(_("What the office has to learn"), needs_of, ("note",)),
    "documents": Part(_("Documents"), documents_of),
}
