"""What waits for who writes, decides or accompanies a plan: rounds, council, amendments, comments."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.roles import Capability
from lapportal.attention import entry_points_of
from lapportal.work.reader import Reader
from lapportal.work.tasks import Task, TaskKind
from plans.models import (
    Alignment,
    AlignmentState,
    Amendment,
    AmendmentState,
    Comment,
    LocalActionPlan,
    PlanMove,
    ValidationRound,
)
from plans.states import IN_FORCE_STATES, OPEN_STATES, PlanState

COUNCIL_DECIDES_WITHIN = datetime.timedelta(days=60)
AMENDED_WITHIN = datetime.timedelta(days=60)
# Reviewed while the text is written and read; what was adopted with it stands.
REVIEWED_IN = OPEN_STATES | {PlanState.VALIDATION}
OVER = (PlanState.CLOSED, PlanState.SUPERSEDED, PlanState.WITHDRAWN, PlanState.REJECTED)


def accompanied(reader: Reader) -> Q:
    """The filter for plans that the user accompanies without belonging to their committee."""
    return reader.user.scope.rows(Capability.COMMENT_PLANS)


def plans_of(reader: Reader) -> list[Any]:
    """The plans that go on and that the user writes, decides or accompanies. One query, shared by the
    sources that count what hangs on a plan."""
    if not (reader.works_for or reader.user.scope.anywhere(Capability.COMMENT_PLANS)):
        return []
    rounds = ValidationRound.objects.filter(plan=OuterRef("pk"), closed_on=None)
    spoken = Comment.objects.filter(plan=OuterRef("pk"), round__closed_on=None, author=reader.user.pk)
    amendments = Amendment.objects.filter(plan=OuterRef("pk"), state=AmendmentState.OPEN)
    moves = PlanMove.objects.filter(plan=OuterRef("pk")).order_by("-at", "-pk")
    return list(
        LocalActionPlan.objects.for_list()
        .filter(Q(committee__in=reader.works_for) | accompanied(reader))
        .exclude(state__in=OVER)
        .annotate(
            round_opened=Subquery(rounds.values("opened_on")[:1]),
            round_closes=Subquery(rounds.values("closes_on")[:1]),
            has_spoken=Exists(spoken.exclude(round=None)),
            amended_since=Subquery(amendments.values("opened_on")[:1]),
            moved_on=Subquery(moves.values("on")[:1]),
        )
    )


def tasks_of(reader: Reader, plans: list[Any]) -> list[Task]:
    """Two queries besides that of `plans_of`."""
    by_key = {plan.pk: plan for plan in plans}
    found = [task for plan in plans for task in _of_plan(reader, plan)]
    return found + _comments(reader, by_key) + _alignments(reader, by_key)


def _where(plan: LocalActionPlan) -> dict[str, Any]:
    return {"of": str(plan), "place": plan.locality}


def _of_plan(reader: Reader, plan: Any) -> Iterator[Task]:
    may_decide, may_write = plan.committee_id in reader.decides, plan.committee_id in reader.writes
    if plan.state == PlanState.VALIDATION:
        yield from _round(reader, plan, may_decide=may_decide)
    if may_decide:
        yield from _to_decide(reader, plan)
    if may_write and plan.state == PlanState.DRAFTING and plan.returned_reason:
        yield reader.task(
            TaskKind.PLANS,
            gettext("Rework the plan that was returned"),
            day=plan.moved_on or plan.updated_at.date(),
            then=gettext("It stays a draft until what was asked for is in it and it is submitted again."),
            url=reverse("plan_detail", args=[plan.code]),
            **_where(plan),
        )
    if may_decide and plan.amended_since and plan.amended_since + AMENDED_WITHIN < reader.today:
        yield reader.task(
            TaskKind.PLANS,
            gettext("Finish the amendment of the plan, or drop it"),
            day=plan.amended_since,
            then=gettext("Until then the public and the council read the last edition, not what you write."),
            url=reverse("plan_record", args=[plan.code]),
            **_where(plan),
        )


def _round(reader: Reader, plan: Any, *, may_decide: bool) -> Iterator[Task]:
    """The secretary writes down who stands behind the draft; everybody else reads it while there is time."""
    opened = plan.round_opened or plan.moved_on or plan.updated_at.date()
    if may_decide:
        yield reader.task(
            TaskKind.PLANS,
            gettext("Record who stands behind the draft, then endorse or return it"),
            day=plan.round_closes or opened,
            is_due=plan.round_closes is not None,
            then=gettext("Without endorsement the plan cannot go to the council."),
            url=reverse("plan_record", args=[plan.code]),
            **_where(plan),
        )
    elif not plan.has_spoken and (plan.round_closes is None or plan.round_closes >= reader.today):
        yield reader.task(
            TaskKind.PLANS,
            gettext("Read the draft and say what you think"),
            day=plan.round_closes or opened,
            is_due=plan.round_closes is not None,
            then=gettext("What nobody says in this round is not in the plan that the council adopts."),
            url=reverse("plan_detail", args=[plan.code]),
            **_where(plan),
        )


def _to_decide(reader: Reader, plan: Any) -> Iterator[Task]:
    """The next step of a plan that is the secretary's to take."""
    since = plan.moved_on or plan.updated_at.date()
    if plan.state == PlanState.ENDORSED:
        what = gettext("Send the plan to the council")
        then = gettext("The committee stands behind it, but only the council can adopt it.")
        fields = {"day": since, "url": reverse("plan_send", args=[plan.code])}
    elif plan.state == PlanState.SUBMITTED and since + COUNCIL_DECIDES_WITHIN <= reader.today:
        what = gettext("Ask the council, and record what it decided")
        then = gettext("A plan that lies there for long is overtaken by the next budget or election.")
        fields = {"day": since, "url": reverse("plan_record", args=[plan.code])}
    elif plan.state == PlanState.ADOPTED:
        what = gettext("Begin to carry out the plan")
        then = gettext("Until it is in implementation nobody is asked for progress.")
        fields = {"day": plan.adopted_on, "url": reverse("plan_implement", args=[plan.code])}
    elif plan.state in IN_FORCE_STATES and plan.period_end < reader.today:
        what = gettext("Close the plan, or begin the next one")
        then = gettext("Its period is over: what is done now belongs to no plan and no budget.")
        fields = {"day": plan.period_end, "is_due": True, "url": reverse("plan_close", args=[plan.code])}
    else:
        return
    yield reader.task(TaskKind.PLANS, what, then=then, **_where(plan), **fields)


def _comments(reader: Reader, plans: dict[int, Any]) -> list[Task]:
    """Comments by others that nobody has decided on, of the plans that the user writes."""
    written = [key for key, plan in plans.items() if plan.committee_id in reader.writes]
    rows = Comment.objects.open().filter(plan__in=written).exclude(author=reader.user.pk)
    return [
        reader.task(
            TaskKind.PLANS,
            ngettext(
                "Answer %(number)d comment on the plan",
                "Answer %(number)d comments on the plan",
                row["number"],
            )
            % {"number": row["number"]},
            day=row["since"].date(),
            then=gettext("A comment of a validation round has to be decided before the plan is endorsed."),
            url=reverse("plan_comments", args=[plans[row["plan"]].code]),
            **_where(plans[row["plan"]]),
        )
        for row in rows.order_by().values("plan").annotate(number=Count("pk"), since=Min("created_at"))
    ]


def _alignments(reader: Reader, plans: dict[int, Any]) -> list[Task]:
    """Statements that a second person has to look at (can_review_alignment): never one's own."""
    covers = reader.user.scope.covers
    reviewed = [
        key
        for key, plan in plans.items()
        if plan.state in REVIEWED_IN
        and (plan.committee_id in reader.decides or covers(Capability.COMMENT_PLANS, plan.locality))
    ]
    rows = (
        Alignment.objects.filter(state=AlignmentState.STATED)
        .exclude(stated_by=reader.user.pk)
        .annotate(of_plan=Coalesce("objective__plan", "activity__objective__plan"))
        .filter(of_plan__in=reviewed)
    )
    return [
        reader.task(
            TaskKind.PLANS,
            ngettext(
                "Review %(number)d statement of what the plan serves",
                "Review %(number)d statements of what the plan serves",
                row["number"],
            )
            % {"number": row["number"]},
            day=row["since"].date(),
            then=gettext("What nobody has reviewed counts as claimed, not as confirmed."),
            url=reverse("plan_alignment", args=[plans[row["of_plan"]].code]),
            **_where(plans[row["of_plan"]]),
        )
        for row in rows.order_by().values("of_plan").annotate(number=Count("pk"), since=Min("stated_at"))
    ]


def entry_points(reader: Reader) -> list[Task]:
    """Days by which a clause has to be in a host plan (F26), where the user may note it. One query."""
    scope = reader.user.scope
    if not (reader.works_for or scope.anywhere(Capability.KEEP_INSTRUMENTS)):
        return []
    own = {each.committee.locality_id for each in reader.accesses}
    kept = scope.rows(Capability.KEEP_INSTRUMENTS) | Q(locality__in=own)
    return [
        reader.task(
            TaskKind.PLANS,
            gettext("Hand in the clause for “%(host)s”") % {"host": row.host_plan},
            of=str(row.plan or row.locality),
            place=row.locality,
            day=row.entry_point_on,
            is_due=True,
            then=gettext("The cycle of the host plan does not wait: the next chance may be years away."),
            url=reverse("integration_detail", args=[row.code]),
        )
        for row in entry_points_of(reader.user, today=reader.today).filter(kept)
    ]
