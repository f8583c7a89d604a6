"""Coverage and local priorities as spreadsheets, for the national level."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet
from django.utils.translation import get_language, gettext

from frameworks.pillars import Pillar
from localities.models import Country
from plans.models import Alignment, LocalActionPlan, Objective
from plans.reports.coverage import CoverageMatrix
from workshops.spreadsheets import Sheet, write_xlsx


def written_coverage(matrix: CoverageMatrix, plans: QuerySet[LocalActionPlan]) -> bytes:
    """The matrix, each statement behind it, and the gaps in words."""
    sheets = [_matrix(matrix), _statements(matrix, plans), _gaps(matrix)]
    return write_xlsx(sheets, title=f"{matrix.nap.code} {gettext('coverage')}", note=matrix.nap.code)


def _matrix(matrix: CoverageMatrix) -> Sheet:
    head = [
        gettext("Axis"),
        gettext("Item"),
        gettext("Text"),
        gettext("Plans that serve it"),
        gettext("Share %"),
    ]
    rows: list[list[str | int]] = [
        [
            row.group,
            row.item.code,
            row.text,
            len(row.served_by),
            row.share,
            *(f"{cell.label} {cell.number}" if cell else "" for cell in row.cells),
        ]
        for row in matrix.rows
    ]
    if matrix.columns:
        served: list[str | int] = ["", "", gettext("Items served"), "", ""]
        shares: list[str | int] = ["", "", gettext("Share %"), "", ""]
        rows.append(served + [column.served for column in matrix.columns])
        rows.append(shares + [column.share for column in matrix.columns])
    headings = [*head, *(column.name for column in matrix.columns)]
    return Sheet(gettext("Coverage"), headings, rows, widths={0: 30, 1: 8, 2: 60, 3: 12, 4: 10})


def _statements(matrix: CoverageMatrix, plans: QuerySet[LocalActionPlan]) -> Sheet:
    names = {column.plan.pk: column.name for column in matrix.columns}
    stated = (
        Alignment.objects.filter(provision__framework=matrix.nap)
        .filter(Q(objective__plan__in=names) | Q(activity__objective__plan__in=names))
        .select_related("provision", "objective", "activity__objective")
        .order_by("provision__order", "pk")
    )
    rows = [
        [
            each.provision.code,
            names[plan_of(each)],
            gettext("Objective") if each.objective else gettext("Activity"),
            each.item.code,
            each.item.text,
            str(each.get_strength_display()),
            str(each.get_state_display()),
            each.justification,
        ]
        for each in stated
    ]
    headings = [
        gettext("Item"),
        gettext("Place"),
        gettext("Part of the plan"),
        gettext("Code"),
        gettext("Text"),
        gettext("Strength"),
        gettext("Review"),
        gettext("Why"),
    ]
    return Sheet(gettext("Statements"), headings, rows, widths={0: 8, 4: 60, 7: 50})


def plan_of(alignment: Alignment) -> int:
    """The key of the plan that states it."""
    return alignment.objective.plan_id if alignment.objective else alignment.activity.objective.plan_id  # type: ignore[union-attr]


def _gaps(matrix: CoverageMatrix) -> Sheet:
    items = [[gettext("No plan serves this item"), row.item.code, row.text] for row in matrix.not_served]
    plans = [
        [gettext("This plan serves no item"), column.plan.code, column.name] for column in matrix.serving_none
    ]
    headings = [gettext("Gap"), gettext("Code"), gettext("Name")]
    return Sheet(gettext("Gaps"), headings, [*items, *plans], widths={0: 30, 2: 80})


def written_priorities(country: Country, objectives: Iterable[Objective]) -> bytes:
    """Local priorities that the National Action Plan does not name, for its next round (F40)."""
    headings = [
        gettext("Place"),
        gettext("Plan"),
        gettext("State"),
        gettext("Code"),
        gettext("Objective"),
        gettext("Pillar"),
        gettext("Why it matters here"),
        gettext("Themes"),
    ]
    rows = [
        [
            str(objective.plan.locality),
            objective.plan.code,
            str(objective.plan.get_state_display()),
            objective.code,
            objective.text,
            str(Pillar(objective.pillar).label),
            objective.local_reason,
            ", ".join(themes_of(objective)),
        ]
        for objective in objectives
    ]
    title = gettext("Local priorities")
    sheet = Sheet(title, headings, rows, widths={4: 60, 6: 60})
    return write_xlsx([sheet], title=f"{country.code} {title}", note=get_language() or "")


def themes_of(objective: Objective) -> list[str]:
    """What its activities are about, each once. Wants `activities__themes` fetched before."""
    return sorted({str(theme) for activity in objective.activities.all() for theme in activity.themes.all()})
