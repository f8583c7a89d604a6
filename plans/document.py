"""A plan as one value of plain JSON: what an edition freezes, what page, PDF, DOCX and XLSX are made of.

Only the plan is in it, not how far it came: states of activities, money received and values measured
change while the adopted text stands. Positions and institutions, never persons (domain.md §9.5).
"""

import datetime
import hashlib
import json
from collections import defaultdict
from decimal import Decimal
from typing import Any

from django.utils import translation

from frameworks.models import LinkState, ProvisionLink
from plans.models import Activity, Alignment, BudgetLine, Indicator, LocalActionPlan, Objective

FORMAT = 1  # grows when the shape changes: old editions keep theirs and must stay readable


def document_of(plan: LocalActionPlan) -> dict[str, Any]:
    """The whole plan as it stands, places and themes named in its language. About ten queries, however
    long it is."""
    with translation.override(plan.language):
        return _document_of(plan)


def _document_of(plan: LocalActionPlan) -> dict[str, Any]:
    activities = _activities(plan)
    served = _served(plan)
    objectives = [
        _objective(number, row, activities[row.pk], served)
        for number, row in enumerate(
            plan.objectives.select_related("started_from__framework").order_by("order", "pk"), start=1
        )
    ]
    return {
        "format": FORMAT,
        **_frame(plan),
        "sections": {section.kind: section.text for section in plan.sections.all()},
        "issues": _issues(plan, objectives),
        "objectives": objectives,
    }


def digest_of(document: dict[str, Any]) -> str:
    """SHA-256 of the document: the same plan gives the same digest on any machine."""
    text = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _frame(plan: LocalActionPlan) -> dict[str, Any]:
    locality = plan.locality
    return {
        "code": plan.code,
        "title": plan.title,
        "local_name": plan.local_name,
        "country": {"code": locality.country.code, "name": str(locality.country)},
        "locality": {"code": locality.code, "name": str(locality), "kind": locality.kind},
        "committee": {"code": plan.committee.code, "name": plan.committee.name},
        "generation": plan.generation,
        "predecessor": plan.predecessor.code if plan.predecessor else None,
        "period": {
            "start": _day(plan.period_start),
            "end": _day(plan.period_end),
            "label": plan.period_label,
        },
        "language": plan.language,
        "currency": plan.currency,
        "nap": {"code": plan.nap.code, "title": plan.nap.title} if plan.nap else None,
        "no_nap_reason": plan.no_nap_reason,
        "foreword_by": str(plan.foreword_by) if plan.foreword_by else "",
        "adoption": {
            "body": plan.adopting_body,
            "act_kind": plan.act_kind,
            "act": plan.adopting_act,
            "on": _day(plan.adopted_on),
            "votes": [plan.votes_for, plan.votes_against, plan.votes_abstained],
            "endorsed_on": _day(plan.endorsed_on),
        },
    }


def _issues(plan: LocalActionPlan, objectives: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answering: dict[str, list[str]] = defaultdict(list)
    for objective in objectives:
        for activity in objective["activities"]:
            for code in activity["issues"]:
                answering[code].append(activity["number"])
    return [
        {
            "code": issue.code,
            "number": number,
            "text": issue.text,
            "affected": issue.affected,
            "themes": [str(theme) for theme in issue.themes.all()],
            "activities": answering[issue.code],  # none: "no action yet" (F60)
        }
        for number, issue in enumerate(plan.issues.prefetch_related("themes"), start=1)
    ]


def _served(plan: LocalActionPlan) -> dict[tuple[str, int], list[dict[str, Any]]]:
    """What each objective ("o", key) and activity ("a", key) states that it serves."""
    found: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    stated = list(
        Alignment.objects.of_plan(plan)
        .select_related("provision__framework", "objective", "activity")
        .order_by("provision__framework__code", "provision__order")
    )
    upward = _carried_out({each.provision_id for each in stated})
    for each in stated:
        of = ("o", each.objective_id) if each.objective_id else ("a", each.activity_id or 0)
        found[of].append(
            {
                "framework": each.provision.framework.code,
                "framework_title": each.provision.framework.title,
                "kind": each.provision.framework.kind,
                "provision": each.provision.code,
                "text": each.provision.text_in(plan.language),
                "strength": each.strength,
                "justification": each.justification,
                "reviewed": each.is_reviewed and each.state == "confirmed",
                "carries_out": upward[each.provision_id],
            }
        )
    return found


def _carried_out(provisions: set[int]) -> dict[int, list[dict[str, str]]]:
    """What each of them carries out itself: the top of the chain local → national → resolution (F05)."""
    found: dict[int, list[dict[str, str]]] = defaultdict(list)
    links = ProvisionLink.objects.serving().filter(lower__in=provisions, state=LinkState.CONFIRMED)
    for link in links.select_related("upper__framework").order_by(
        "upper__framework__code", "upper__order", "pk"
    ):
        framework = link.upper.framework
        found[link.lower_id].append(
            {"framework": framework.code, "framework_title": framework.title, "provision": link.upper.code}
        )
    return found


def _activities(plan: LocalActionPlan) -> dict[int, list[Activity]]:
    """With everything that belongs to them, by objective."""
    found: dict[int, list[Activity]] = defaultdict(list)
    rows = Activity.objects.filter(objective__plan=plan).select_related("responsible__organization")
    for row in rows.prefetch_related(
        "supporting__organization",
        "themes",
        "issues",
        "indicators__responsible__organization",
        "indicators__definition",
        "budget_lines",
    ).order_by("order", "pk"):
        found[row.objective_id].append(row)
    return found


def _objective(
    number: int,
    objective: Objective,
    activities: list[Activity],
    served: dict[tuple[str, int], list[dict[str, Any]]],
) -> dict[str, Any]:
    origin = objective.started_from
    return {
        "code": objective.code,
        "number": number,
        "pillar": objective.pillar,
        "text": objective.text,
        "origin": {"framework": origin.framework.code, "provision": origin.code} if origin else None,
        "local_reason": objective.local_reason,
        "serves": served.get(("o", objective.pk), []),
        "activities": [
            _activity(f"{number}.{place}", activity, served.get(("a", activity.pk), []))
            for place, activity in enumerate(activities, start=1)
        ],
    }


def _activity(number: str, activity: Activity, serves: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "code": activity.code,
        "number": number,
        "text": activity.text,
        "expected_output": activity.expected_output,
        "target_groups": activity.target_groups,
        "location": activity.location,
        "lead": str(activity.responsible) if activity.responsible else "",
        "supporting": sorted(str(position) for position in activity.supporting.all()),
        "starts_on": _day(activity.starts_on),
        "ends_on": _day(activity.ends_on),
        "cost": _number(activity.cost),
        "no_cost": activity.no_cost,
        "gender_lens": activity.gender_lens,
        "conflict_lens": activity.conflict_lens,
        "do_no_harm": activity.do_no_harm,
        "risks": activity.risks,
        "themes": [str(theme) for theme in activity.themes.all()],
        "issues": sorted(issue.code for issue in activity.issues.all()),
        "engages_men_boys": activity.engages_men_boys,
        "serves": serves,
        "indicators": [_indicator(each) for each in activity.indicators.all()],
        "budget": [_budget_line(each) for each in activity.budget_lines.all()],
    }


def _indicator(indicator: Indicator) -> dict[str, Any]:
    return {
        "code": indicator.code,
        "text": indicator.text,
        "kind": indicator.kind,
        "unit": indicator.unit,
        "split_by": indicator.split_by,
        "baseline": _number(indicator.baseline),
        "baseline_on": _day(indicator.baseline_on),
        "baseline_text": indicator.baseline_text,
        "target": _number(indicator.target),
        "target_text": indicator.target_text,
        "yearly_targets": indicator.yearly_targets,
        "means_of_verification": indicator.means_of_verification,
        "frequency": indicator.frequency,
        "responsible": str(indicator.responsible) if indicator.responsible else "",
        "definition": indicator.definition.code if indicator.definition else None,
    }


def _budget_line(line: BudgetLine) -> dict[str, Any]:
    return {
        "code": line.code,
        "source": line.source,
        "source_name": line.source_name,
        "fiscal_year": line.fiscal_year,
        "planned": _number(line.planned),
        "flags": [flag for flag in ("is_core", "is_long_term", "is_consortium") if getattr(line, flag)],
    }


def _day(day: datetime.date | None) -> str | None:
    return day.isoformat() if day else None


def _number(number: Decimal | None) -> str | None:
    """10 and 10.00 are the same number, on every database."""
    return format(number.normalize(), "f") if number is not None else None
