"""How to develop a Local Action Plan, step by step (Toolkit, part ii; S0)."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from committees.models import Committee
from committees.rules import can_decide_plans_of, can_write_plans_of
from lapportal.guides.steps import Choice, Guide, Step
from plans.models import Activity, LocalActionPlan
from plans.rules import can_keep_instruments
from plans.states import ADOPTED_STATES, PlanState
from workshops.models import Workshop
from workshops.rules import can_create_workshops
from workshops.states import WorkshopKind

MOST_CHOICES = 50
PAST = [PlanState.SUPERSEDED, PlanState.WITHDRAWN, PlanState.CLOSED]
VALIDATED = {PlanState.VALIDATION, PlanState.ENDORSED, PlanState.SUBMITTED} | ADOPTED_STATES
ENDORSED = {PlanState.ENDORSED, PlanState.SUBMITTED} | ADOPTED_STATES


def guide(user: User, code: str) -> Guide:
    """The path with the committee of that code, else with the first that gave the user access."""
    rows = committees_of(user)
    committee = next((row for row in rows if row.code == code), rows[0] if rows else None)
    return Guide.of(
        steps(user, committee),
        title=_("Develop a Local Action Plan"),
        lead=_(
            "The committee turns the promises of the workshop and the National Action Plan into what this "
            "place does itself: by whom, by when, with which money."
        ),
        choices=tuple(Choice(row.code, f"{row} ({row.locality})") for row in rows),
        chosen=committee.code if committee else "",
        subject=committee,
    )


def committees_of(user: User) -> list[Committee]:
    """Those that gave the user access first, then those of the user's places."""
    own = Committee.objects.giving_access_to(user).values_list("pk", flat=True)
    mine = set(own)
    seen = Committee.objects.visible_to(user).filter(dissolved_on=None)
    rows = list(seen.select_related("locality__country").order_by("-established_on", "code")[:MOST_CHOICES])
    missing = mine - {row.pk for row in rows}
    rows += list(seen.filter(pk__in=missing).select_related("locality__country"))
    return sorted(rows, key=lambda row: row.pk not in mine)


def steps(user: User, committee: Committee | None) -> list[Step]:
    if committee is None:
        return [_committee(None)]
    plans = LocalActionPlan.objects.visible_to(user).filter(committee=committee)
    plan = plans.exclude(state__in=PAST).select_related("locality", "nap").order_by("-created_at").first()
    writes, decides = can_write_plans_of(user, committee), can_decide_plans_of(user, committee)
    return [
        _committee(committee),
        _writeshop(user, committee),
        _start(committee, plan, writes),
        *_write(plan, writes),
        *_decide(plan, decides),
        *_bring_in(user, committee, plan),
    ]


def _committee(committee: Committee | None) -> Step:
    return Step(
        "committee",
        _("Bring the committee together"),
        _(
            "Half from the authorities, half from women’s groups and civil society, by office and not by "
            "name: the office stays when people change."
        ),
        is_done=committee is not None,
        found=str(committee) if committee else _("You see no committee yet: a workshop sets one up."),
        action=_("Open the committee") if committee else _("First organise a workshop"),
        url=committee.get_absolute_url() if committee else reverse("guide_workshop"),
    )


def _writeshop(user: User, committee: Committee) -> Step:
    held = Workshop.objects.visible_to(user).held()
    count = held.filter(locality=committee.locality, kind=WorkshopKind.WRITESHOP).count()
    new = f"{reverse('workshop_new')}?kind={WorkshopKind.WRITESHOP}"
    return Step(
        "writeshop",
        _("Hold a writeshop"),
        _("Two days in which the committee writes together, with somebody who knows local planning."),
        is_done=count > 0,
        found=ngettext("%(n)s held here", "%(n)s held here", count) % {"n": count} if count else "",
        action=_("Plan a writeshop"),
        url=f"{new}&locality={committee.locality.code}" if can_create_workshops(user) else "",
        who=_("A facilitator of the place plans it."),
        is_optional=True,
    )


def _start(committee: Committee, plan: LocalActionPlan | None, writes: bool) -> Step:
    return Step(
        "start",
        _("Start the plan from what is there"),
        _(
            "Choose the items of the National Action Plan that matter here and put them into your own "
            "words. Without such a plan, begin from the resolutions and from the needs of the place."
        ),
        is_done=plan is not None,
        found=str(plan) if plan else _("The committee has no plan yet."),
        action=_("Open the plan") if plan else _("Start the plan"),
        url=_address("plan_detail", plan, True)
        if plan
        else (reverse("plan_new", args=[committee.code]) if writes else ""),
        who=_("Somebody with access to the committee’s plan starts it."),
    )


def _address(name: str, plan: LocalActionPlan | None, allowed: bool) -> str:
    return reverse(name, args=[plan.code]) if plan and allowed else ""


def _write(plan: LocalActionPlan | None, writes: bool) -> list[Step]:
    issues = plan.issues.count() if plan else 0
    objectives = plan.objectives.count() if plan else 0
    has_nap = plan is not None and plan.nap is not None
    who = _("The members of the committee write.")
    return [
        Step(
            "issues",
            _("Say which issues matter most"),
            _(
                "A few, from the conflict analysis of the workshop. Everything that follows "
                "answers one of them."
            ),
            is_done=issues > 0,
            found=ngettext("%(n)s priority issue", "%(n)s priority issues", issues) % {"n": issues},
            action=_("Take issues from the workshop"),
            url=_address("issues_from_workshop", plan, writes),
            who=who,
        ),
        Step(
            "objectives",
            _("Set objectives, and say what they serve"),
            _(
                "Each serves a pillar and, where it does, an item of the National Action Plan. "
                "Or it is your own."
            ),
            is_done=objectives > 0,
            found=ngettext("%(n)s objective", "%(n)s objectives", objectives) % {"n": objectives},
            action=_("Choose from the National Action Plan") if has_nap else _("Write an objective"),
            url=_address("nap_items" if has_nap else "objective_new", plan, writes),
            who=who,
        ),
        _activities(plan, writes),
    ]


def _activities(plan: LocalActionPlan | None, writes: bool) -> Step:
    activities = Activity.objects.filter(objective__plan=plan).count() if plan else 0
    costed = _costed(plan) if plan else 0
    return Step(
        "activities",
        _("Plan activities that somebody answers for"),
        _(
            "What, which office, from when to when, what it costs, who gains from it and who could be "
            "hurt by it. The portal says at each activity what is still missing."
        ),
        is_done=activities > 0 and costed == activities,
        found=_("%(activities)s activities, %(costed)s with a cost or marked as free of cost")
        % {"activities": activities, "costed": costed},
        action=_("Go on writing"),
        url=_address("plan_write", plan, writes),
        who=_("The members of the committee write."),
    )


def _costed(plan: LocalActionPlan) -> int:
    rows = Activity.objects.filter(objective__plan=plan)
    return rows.filter(no_cost=True).count() + rows.filter(no_cost=False, cost__isnull=False).count()


def _decide(plan: LocalActionPlan | None, decides: bool) -> list[Step]:
    state = plan.state if plan else ""
    who = _("The committee’s secretary does this.")
    return [
        Step(
            "validate",
            _("Let others read it"),
            _(
                "Ministries, women’s groups and neighbours comment; each comment is accepted or "
                "declined with a reason."
            ),
            is_done=state in VALIDATED,
            action=_("Submit it for validation"),
            url=_address("plan_record", plan, decides),
            who=who,
        ),
        Step(
            "endorse",
            _("Endorse it in the committee"),
            _("The offices that stand behind the draft are written down."),
            is_done=state in ENDORSED,
            action=_("Record the endorsement"),
            url=_address("plan_record", plan, decides),
            who=who,
        ),
        Step(
            "adopt",
            _("Have it adopted by the council"),
            _(
                "With the number and the day of the act. What was adopted is frozen as edition "
                "1 and can be printed."
            ),
            is_done=state in ADOPTED_STATES,
            action=_("Record the adoption"),
            url=_address("plan_record", plan, decides),
            who=who,
        ),
    ]


def _bring_in(user: User, committee: Committee, plan: LocalActionPlan | None) -> list[Step]:
    place = committee.locality
    integrations, laws = place.integrations.count(), place.laws.count()
    keeps = can_keep_instruments(user, place)
    return [
        Step(
            "integrate",
            _("Bring it into the development plan and the budget"),
            _(
                "Note when the next local plan or budget is written: that is the door. One or "
                "two years are usual."
            ),
            is_done=integrations > 0,
            found=ngettext("%(n)s recorded", "%(n)s recorded", integrations) % {"n": integrations},
            action=_("Record where it enters"),
            url=reverse("integration_new", args=[place.code]) if keeps else "",
            who=_("The committee and who accompanies the place record it."),
        ),
        Step(
            "law",
            _("Write it into by-laws"),
            _("An ordinance or a resolution outlives an election."),
            is_done=laws > 0,
            found=ngettext("%(n)s recorded", "%(n)s recorded", laws) % {"n": laws},
            action=_("Record a by-law"),
            url=reverse("law_new", args=[place.code]) if keeps else "",
            who=_("The committee and who accompanies the place record it."),
            is_optional=True,
        ),
        Step(
            "report",
            _("Report every quarter what was done"),
            _("Three minutes for an activity, on a telephone. What is late is seen in time."),
            is_done=bool(plan and plan.periods.filter(updates__isnull=False).exists()),
            action=_("Open the progress"),
            url=_address("plan_progress", plan, True),
        ),
    ]
