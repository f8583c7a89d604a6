"""The place to write a plan: each part with how far it is, what it lacks, who saved it last and when."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext

from plans.completeness import (
    WRITTEN,
    Fill,
    Lack,
    Part,
    Progress,
    first_incomplete,
    meter,
    part_of_gap,
    text_gap,
)
from plans.models import LocalActionPlan, PlanSection, Revision, SectionKind, Subject
from plans.reports.issues import IssueRow, issue_rows
from plans.reports.matrix import PlanMatrix, activity_gap_url
from plans.states import PlanState
from plans.subjects import edit_url, subject_name

LACKS_SHOWN = 4
LOOKED_BACK = 12  # saves of one's own, the newest of which may be of a row that is gone

SUBJECT_OF = {
    Part.FRAME: Subject.PLAN,
    Part.ISSUES: Subject.ISSUE,
    Part.OBJECTIVES: Subject.OBJECTIVE,
    Part.ACTIVITIES: Subject.ACTIVITY,
    Part.INDICATORS: Subject.INDICATOR,
    Part.BUDGET: Subject.BUDGET_LINE,
}


@dataclass(frozen=True)
class Saved:
    """The last save of a part."""

    by: Any
    at: datetime.datetime


@dataclass(frozen=True)
class PartRow:
    """One line of the page."""

    progress: Progress
    url: str
    saved: Saved | None = None

    @property
    def lacks(self) -> list[Lack]:
        return self.progress.lacks[:LACKS_SHOWN]

    @property
    def more_lacks(self) -> int:
        return max(len(self.progress.lacks) - LACKS_SHOWN, 0)


@dataclass(frozen=True)
class WayOn:
    """Where to go on writing. `mine`: it is what the reader saved last."""

    name: str
    url: str
    mine: bool = False


@dataclass(frozen=True)
class WritingDesk:
    """The parts of a plan in the order of print. Seven queries, however long the plan is."""

    plan: LocalActionPlan
    matrix: PlanMatrix
    rows: list[PartRow]
    way_on: WayOn | None

    @classmethod
    def from_plan(cls, plan: LocalActionPlan, user: Any) -> "WritingDesk":
        matrix = PlanMatrix.from_plan(plan, with_coverage=False)
        sections = {
            SectionKind(section.kind): section
            for section in plan.sections.select_related("updated_by").order_by("pk")
        }
        issues = issue_rows(matrix)
        newest, mine = _saves(plan, user)
        rows = _rows(plan, matrix, sections, issues, newest)
        way_on = _way_back(plan, _known(matrix, sections, issues), mine) or _way_to_begin(rows)
        return cls(plan, matrix, rows, way_on)

    @property
    def percent(self) -> int:
        return meter(row.progress for row in self.rows)

    @property
    def complete(self) -> int:
        """Parts that the committee writes and that lack nothing."""
        return sum(
            1 for row in self.rows if row.progress.part in WRITTEN and row.progress.fill == Fill.COMPLETE
        )

    @property
    def written(self) -> int:
        return len(WRITTEN)


def _saves(plan: LocalActionPlan, user: Any) -> tuple[dict[str, Revision], list[Revision]]:
    """The newest save of each kind of part, and the newest ones of `user`."""
    every = Revision.objects.filter(plan=plan)
    newest = every.order_by().values("subject").annotate(last=Max("pk")).values("last")
    own = every.filter(by=user, removed=False).order_by("-pk").values("pk")[:LOOKED_BACK]
    found = every.filter(Q(pk__in=newest) | Q(pk__in=own)).select_related("by").defer("values")
    latest: dict[str, Revision] = {}
    mine = []
    for revision in found.order_by("-pk"):
        latest.setdefault(revision.subject, revision)
        if revision.by_id == user.pk and not revision.removed:
            mine.append(revision)
    return latest, mine


def _known(
    matrix: PlanMatrix, sections: dict[SectionKind, PlanSection], issues: list[IssueRow]
) -> dict[tuple[str, str], str]:
    """What is there to go back to: (kind, code) → its name."""
    plan = matrix.plan
    known = {(str(Subject.PLAN), plan.code): subject_name(Subject.PLAN, plan)}
    for section in sections.values():
        known[Subject.SECTION, section.code] = subject_name(Subject.SECTION, section)
    for issue in issues:
        known[Subject.ISSUE, issue.code] = subject_name(Subject.ISSUE, issue.text[:80])
    for row in matrix.objectives:
        known[Subject.OBJECTIVE, row.objective.code] = subject_name(Subject.OBJECTIVE, row.objective)
    for line in matrix.activities:
        known[Subject.ACTIVITY, line.activity.code] = subject_name(Subject.ACTIVITY, line.activity)
        for indicator in line.indicators:
            known[Subject.INDICATOR, indicator.code] = subject_name(Subject.INDICATOR, indicator)
    return known


def _way_back(plan: LocalActionPlan, known: dict[tuple[str, str], str], mine: list[Revision]) -> WayOn | None:
    for revision in mine:
        name = known.get((revision.subject, revision.subject_code))
        if name is not None:
            return WayOn(name, edit_url(plan, revision.subject, revision.subject_code), mine=True)
    return None


def _way_to_begin(rows: list[PartRow]) -> WayOn | None:
    progress = first_incomplete(row.progress for row in rows)
    return next(
        (WayOn(str(row.progress.part.label), row.url) for row in rows if row.progress is progress), None
    )


def _rows(
    plan: LocalActionPlan,
    matrix: PlanMatrix,
    sections: dict[SectionKind, PlanSection],
    issues: list[IssueRow],
    newest: dict[str, Revision],
) -> list[PartRow]:
    made = {
        Part.FRAME: _frame(plan, matrix),
        Part.ISSUES: _issues(plan, matrix, issues),
        Part.OBJECTIVES: _objectives(plan, matrix),
        **_of_activities(plan, matrix),
        Part.ADOPTION: _adoption(plan),
    }
    rows = []
    for part in Part:
        if part in made:
            progress, url = made[part]
            kind = SUBJECT_OF.get(part)
            rows.append(PartRow(progress, url, _last_save(newest.get(kind)) if kind else None))
        elif section := sections.get(SectionKind(part.value)):
            rows.append(_text(plan, part, section))
    return rows


def _last_save(revision: Revision | None) -> Saved | None:
    return Saved(revision.by, revision.at) if revision else None


def _frame(plan: LocalActionPlan, matrix: PlanMatrix) -> tuple[Progress, str]:
    """Title, period and language stand from the beginning; the National Action Plan, or why none."""
    url = reverse("plan_edit", args=[plan.code])
    gaps = [gap for gap in matrix.own_gaps if gap.field != "objectives"]
    lacks = [Lack(gap.text, f"{url}#id_{gap.field}") for gap in gaps]
    return Progress(Part.FRAME, 4 - len(lacks), 4, begun=True, lacks=lacks), url


def _text(plan: LocalActionPlan, part: Part, section: PlanSection) -> PartRow:
    kind = SectionKind(section.kind)
    url = reverse("plan_section_edit", args=[plan.code, section.code])
    gap = text_gap(kind, section.text)
    lacks = [Lack(gap, f"{url}#id_text")] if gap else []
    asked = 2  # a beginning and enough
    done = 2 - (2 if not section.text.strip() else len(lacks))
    if kind == SectionKind.FOREWORD:
        asked += 1
        if plan.foreword_by_id:
            done += 1
        else:
            signs = reverse("plan_edit", args=[plan.code]) + "#id_foreword_title"
            lacks.append(Lack(gettext("the position that signs it"), signs))
    progress = Progress(part, done, asked, begun=bool(section.text.strip()), lacks=lacks)
    written = section.row_version > 1 or section.updated_by_id is not None
    return PartRow(progress, url, Saved(section.updated_by, section.updated_at) if written else None)


def _issues(plan: LocalActionPlan, matrix: PlanMatrix, issues: list[IssueRow]) -> tuple[Progress, str]:
    """Each answered by an activity (F60)."""
    if not issues:
        url = reverse("issue_new", args=[plan.code])
        lacks = [Lack(gettext("an issue that the plan answers"), url)]
        return Progress(Part.ISSUES, 0, 1, begun=False, lacks=lacks, rows=0), url
    lacks = [
        Lack(
            gettext("an activity that answers issue %(number)s") % {"number": issue.number},
            reverse("issue_edit", args=[plan.code, issue.code]) + "#answer",
        )
        for issue in issues
        if not issue.answers
    ]
    done = 2 * len(issues) - len(lacks)
    progress = Progress(Part.ISSUES, done, 2 * len(issues), begun=True, lacks=lacks, rows=len(issues))
    return progress, f"{plan.get_absolute_url()}#issues"


def _objectives(plan: LocalActionPlan, matrix: PlanMatrix) -> tuple[Progress, str]:
    if not matrix.objectives:
        url = reverse("nap_items" if plan.nap_id else "objective_new", args=[plan.code])
        lacks = [Lack(gettext("an objective"), url)]
        return Progress(Part.OBJECTIVES, 0, 1, begun=False, lacks=lacks, rows=0), url
    lacks = [
        Lack(
            gettext("objective %(number)s: %(what)s") % {"number": row.number, "what": gap.text},
            reverse("objective_edit", args=[plan.code, row.objective.code]) + f"#id_{gap.field}",
        )
        for row in matrix.objectives
        for gap in row.gaps
        if gap.field != "activities"
    ]
    count = len(matrix.objectives)
    progress = Progress(Part.OBJECTIVES, 2 * count - len(lacks), 2 * count, True, lacks, count)
    return progress, f"{plan.get_absolute_url()}#matrix-title"


def _of_activities(plan: LocalActionPlan, matrix: PlanMatrix) -> dict[Part, tuple[Progress, str]]:
    """Activities, indicators and budget: the gaps of each activity, told apart by what they ask for."""
    lacks: dict[Part, list[Lack]] = {Part.ACTIVITIES: [], Part.INDICATORS: [], Part.BUDGET: []}
    lacking: dict[Part, set[str]] = {part: set() for part in lacks}
    idle = [row for row in matrix.objectives if not row.activities]
    for objective in idle:
        words = gettext("an activity for objective %(number)s") % {"number": objective.number}
        url = reverse("activity_new", args=[plan.code, objective.objective.code])
        lacks[Part.ACTIVITIES].append(Lack(words, url))
    for row in matrix.activities:
        for gap in row.gaps:
            part = part_of_gap(gap)
            words = gettext("activity %(number)s: %(what)s") % {"number": row.number, "what": gap.text}
            lacks[part].append(Lack(words, activity_gap_url(plan.code, row, gap)))
            lacking[part].add(row.number)
    count = len(matrix.activities)
    page = f"{plan.get_absolute_url()}#matrix-title"
    indicators = sum(len(row.indicators) for row in matrix.activities)
    asked = {Part.ACTIVITIES: 2 * count + len(idle), Part.INDICATORS: count, Part.BUDGET: count}
    counted = {Part.ACTIVITIES: count, Part.INDICATORS: indicators, Part.BUDGET: matrix.costed}
    made = {}
    for part in lacks:
        # An activity that is written counts once for itself, once for all that it should carry.
        done = asked[part] - len(lacking[part]) - (len(idle) if part == Part.ACTIVITIES else 0)
        begun = bool(count) if part == Part.ACTIVITIES else bool(counted[part])
        made[part] = (Progress(part, done, asked[part], begun, lacks[part], counted[part]), page)
    return made


def _adoption(plan: LocalActionPlan) -> tuple[Progress, str]:
    begun = plan.state not in {PlanState.IDEA, PlanState.DRAFTING, PlanState.WITHDRAWN, PlanState.REJECTED}
    return Progress(Part.ADOPTION, int(plan.is_adopted), 1, begun=begun), plan.get_absolute_url()
