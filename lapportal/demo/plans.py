"""Plans of the demonstration story."""

from typing import Any

from committees.models import Committee
from frameworks.models import Framework
from lapportal.demo.plan_parts import (
    write_comments,
    write_issues,
    write_lists,
    write_moves,
    write_reports,
    write_sections,
)
from lapportal.demo.workshops import position_titled
from plans.models import Activity, Alignment, Indicator, LocalActionPlan, Objective

VOTES = ("votes_for", "votes_against", "votes_abstained")


def load_plan(entry: dict[str, Any]) -> bool:
    if LocalActionPlan.objects.filter(code=entry["code"]).exists():
        return False
    committee = Committee.objects.select_related("locality__country").get(code=entry["committee"])
    body, act, adopted_on = entry.get("adopted", ("", "", None))
    copied = (
        "code title local_name generation language state endorsed_on period_label act_kind closed_how "
        "no_scan_reason"
    ).split()
    votes = dict(zip(VOTES, entry.get("votes", ()), strict=False))
    plan = LocalActionPlan.objects.create(
        **{name: entry[name] for name in copied if name in entry},
        **votes,
        committee=committee,
        locality=committee.locality,
        currency=committee.locality.country.currency,
        nap=Framework.objects.naps().get(code=entry["nap"]),
        period_start=entry["period"][0],
        period_end=entry["period"][1],
        adopting_body=body,
        adopting_act=act,
        adopted_on=adopted_on,
        is_demo=True,
    )
    write_sections(plan, entry)
    write_issues(plan, entry.get("issues", ()))
    for order, objective in enumerate(entry.get("objectives", ()), start=1):
        _objective(objective, plan=plan, order=order)
    if "reported" in entry:
        write_reports(plan, entry["reported"])
    write_moves(plan, entry.get("moves", ()))
    write_comments(plan, entry.get("comments", ()))
    return True


def _objective(entry: dict[str, Any], *, plan: LocalActionPlan, order: int) -> None:
    item = plan.nap.provisions.get(code=entry["from"]) if plan.nap and "from" in entry else None
    objective = Objective.objects.create(
        plan=plan,
        order=order,
        text=entry["text"],
        pillar=item.pillars[0] if item else entry["pillar"],
        started_from=item,
        local_reason=entry.get("local_reason", ""),
        is_demo=True,
    )
    if item:
        Alignment.objects.create(objective=objective, provision=item, is_demo=True)
    for place, activity in enumerate(entry.get("activities", ()), start=1):
        _activity(activity, objective=objective, order=place)


def _activity(entry: dict[str, Any], *, objective: Objective, order: int) -> None:
    first, last = entry.get("period", (None, None))
    locality = objective.plan.committee.locality
    activity = Activity.objects.create(
        objective=objective,
        order=order,
        text=entry["text"],
        responsible=position_titled(*entry["responsible"], locality=locality)
        if "responsible" in entry
        else None,
        starts_on=first,
        ends_on=last,
        cost=entry.get("cost"),
        no_cost=entry.get("no_cost", False),
        expected_output=entry.get("output", ""),
        target_groups=entry.get("for", ""),
        do_no_harm=entry.get("harm", ""),
        engages_men_boys=entry.get("men_boys", False),
        gender_lens=entry.get("gender_lens", ""),
        conflict_lens=entry.get("conflict_lens", ""),
        is_demo=True,
    )
    if "indicator" in entry:
        text, unit, baseline, target = entry["indicator"]
        Indicator.objects.create(
            activity=activity, text=text, unit=unit, baseline=baseline, target=target, is_demo=True
        )
    write_lists(activity, entry)
