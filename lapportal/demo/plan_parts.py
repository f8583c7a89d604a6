"""What belongs to the plans of the demonstration: issues, money, reports, comments, other instruments."""

import datetime
from typing import Any

from django.utils import timezone

from accounts.models import User
from lapportal.demo.workshops import position_titled
from localities.models import Locality
from plans.models import (
    Activity,
    BudgetLine,
    Comment,
    IndicatorValue,
    Integration,
    LawReading,
    LocalActionPlan,
    LocalLaw,
    PlanMove,
    PriorityIssue,
    ProgressUpdate,
    SectionKind,
    Theme,
    UpdateState,
)
from plans.services.editions import freeze_missing
from plans.services.periods import create_periods
from plans.services.plans import create_sections

AMOUNTS = ("planned", "allocated", "disbursed", "spent")


def write_sections(plan: LocalActionPlan, entry: dict[str, Any]) -> None:
    create_sections(plan)
    for kind in SectionKind:
        if kind in entry:
            plan.sections.filter(kind=kind).update(text=entry[kind].strip())
    if "foreword_by" in entry:
        plan.foreword_by = position_titled(*entry["foreword_by"], locality=plan.locality)
        plan.save()


def write_issues(plan: LocalActionPlan, entries: list[dict[str, Any]]) -> None:
    for order, entry in enumerate(entries, start=1):
        issue = PriorityIssue.objects.create(
            plan=plan, order=order, text=entry["text"], affected=entry.get("affected", ""), is_demo=True
        )
        issue.themes.set(Theme.objects.filter(code__in=entry.get("themes", ())))


def write_lists(activity: Activity, entry: dict[str, Any]) -> None:
    """Themes, the issues that it answers (by number), and its budget."""
    activity.themes.set(Theme.objects.filter(code__in=entry.get("themes", ())))
    activity.issues.set(activity.plan.issues.filter(order__in=entry.get("answers", ())))
    for source, name, year, *amounts in entry.get("budget", ()):
        BudgetLine.objects.create(
            activity=activity,
            source=source,
            source_name=name,
            fiscal_year=year,
            **dict(zip(AMOUNTS, amounts, strict=True)),
            is_long_term=source == "donor",
            is_demo=True,
        )


def write_reports(plan: LocalActionPlan, entries: list[list[Any]]) -> None:
    """Approved updates of some quarters; the newest says how far each activity is."""
    create_periods(plan)
    for day, start, state, reason, done, value in entries:
        activity = _starting(Activity.objects.filter(objective__plan=plan), start)
        period = plan.periods.get(start__lte=day, end__gte=day)
        when = timezone.make_aware(datetime.datetime.combine(period.end, datetime.time(10)))
        update = ProgressUpdate.objects.create(
            period=period,
            activity=activity,
            activity_state=state,
            state_reason=reason,
            done=done,
            state=UpdateState.APPROVED,
            submitted_at=when,
            decided_at=when,
            is_demo=True,
        )
        IndicatorValue.objects.create(
            indicator=activity.indicators.get(), update=update, value=value, is_demo=True
        )
        activity.state, activity.state_reason, activity.state_since = state, reason, period.end
        activity.state_note = done if reason else ""
        activity.save()


def write_moves(plan: LocalActionPlan, entries: list[list[Any]]) -> None:
    for was, now, day, actor in entries:
        PlanMove.objects.create(plan=plan, was=was, now=now, on=day, actor=actor, is_demo=True)


def write_comments(plan: LocalActionPlan, entries: list[dict[str, Any]]) -> None:
    for entry in entries:
        kind, start = entry["about"]
        if kind == "section":
            part: Any = plan.sections.get(kind=start)
        else:
            part = _starting(plan.objectives.all(), start)
        author = User.objects.get(email=entry["by"])
        Comment.objects.create(
            plan=plan,
            subject=kind,
            subject_code=part.code,
            author=author,
            text=entry["text"],
            field="text" if entry.get("suggestion") else "",
            suggestion=entry.get("suggestion", ""),
            is_demo=True,
        )


def _starting(rows: Any, start: str) -> Any:
    """The one whose text begins with these words."""
    return rows.get(text__startswith=start)


def load_integration(entry: dict[str, Any]) -> bool:
    if Integration.objects.filter(code=entry["code"]).exists():
        return False
    first, last = entry["cycle"]
    copied = ("code", "host_kind", "host_plan", "since", "entry_point_on", "state", "clauses")
    Integration.objects.create(
        **{name: entry[name] for name in copied},
        locality=Locality.objects.get(code=entry["locality"]),
        plan=LocalActionPlan.objects.get(code=entry["plan"]),
        cycle_start=first,
        cycle_end=last,
        is_demo=True,
    )
    return True


def load_law(entry: dict[str, Any]) -> bool:
    if LocalLaw.objects.filter(code=entry["code"]).exists():
        return False
    law = LocalLaw.objects.create(
        **{name: entry[name] for name in ("code", "kind", "title", "since", "summary")},
        locality=Locality.objects.get(code=entry["locality"]),
        plan=LocalActionPlan.objects.get(code=entry["plan"]),
        is_demo=True,
    )
    for state, day, note in entry["steps"]:
        LawReading.objects.create(law=law, state=state, held_on=day, note=note, is_demo=True)
        law.state = state
    law.save()
    return True


def freeze_editions() -> None:
    """Adopted plans of the demonstration are frozen like any other."""
    freeze_missing()
