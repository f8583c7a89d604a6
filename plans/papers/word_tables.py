"""The tables of the plan as a Word document: the same columns as on the printed pages."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.joints import labelled, listed
from core.word import Run, Table
from plans.papers.matrix import ActivityRow, IndicatorRow
from plans.papers.paper import Paper
from plans.papers.tables import AlignmentRow, BudgetTable, Served


def issue_table(paper: Paper) -> Table:
    return Table(
        [_("No."), _("Issue"), _("Who is affected"), _("Activities")],
        [2, 14, 10, 5],
        [
            [
                str(issue.number),
                _lines(issue.text, issue.themes),
                issue.affected or _("Not stated"),
                Run(issue.answer, bold=not issue.activities),
            ]
            for issue in paper.issues
        ],
    )


def activity_table(activities: Sequence[ActivityRow]) -> Table:
    return Table(
        [
            _("No."),
            _("Activity"),
            _("Expected output"),
            _("Who leads, who supports"),
            _("When"),
            _("Indicator: from baseline to target"),
            _("Cost and source"),
        ],
        [3, 14, 11, 12, 6, 13, 10],
        [
            [
                each.number,
                each.text,
                each.output,
                _lines(labelled(_("Leads"), each.lead), labelled(_("Supports"), each.supporting)),
                each.when,
                _indicators(each.indicators),
                _lines(each.cost, *each.sources),
            ]
            for each in activities
        ],
    )


def _indicators(indicators: list[IndicatorRow]) -> list[Run]:
    if not indicators:
        return [Run(_("Not stated"))]
    return [run for each in indicators for run in _lines(each.text, each.measure)]


def _lines(first: str, *others: str) -> list[Run]:
    """One line in full, those after it small."""
    return [Run(first), *(Run(other, quiet=True) for other in others if other)]


def lens_table(activities: Sequence[ActivityRow]) -> Table:
    men_boys = _("Engages men and boys")
    return Table(
        [
            _("No."),
            _("For whom, where"),
            _("Gender lens"),
            _("Peace and conflict lens"),
            _("Do no harm"),
            _("Risks and assumptions"),
        ],
        [3, 11, 13, 13, 13, 11],
        [
            [
                each.number,
                _lines(
                    each.target_groups, each.location, each.themes, men_boys if each.engages_men_boys else ""
                ),
                each.gender_lens,
                each.conflict_lens,
                each.do_no_harm,
                each.risks,
            ]
            for each in activities
        ],
    )


def budget_tables(budget: BudgetTable) -> list[tuple[str, Table]]:
    """With their captions."""
    brief = Table(
        [_("What"), _("How much")],
        [2, 3],
        [
            [_("Cost of all activities"), f"{budget.cost} {budget.currency}"],
            [_("Planned from all sources"), f"{budget.total} {budget.currency}"],
            [_("Activities with a cost, or openly without one"), budget.costed],
        ],
    )
    tables = [(_("The budget in brief"), brief)]
    if budget.rows:
        caption = _("Planned money by source and year, in %(currency)s") % {"currency": budget.currency}
        rows = [[source, *dict(amounts).values(), total] for source, amounts, total in budget.rows]
        rows.append([_("In all"), *dict(budget.totals).values(), budget.total])
        headings = [_("Source"), *budget.years, _("In all")]
        widths = [4, *[2] * len(budget.years), 2]
        numbers = frozenset(range(1, budget.span))
        tables.append((caption, Table(headings, widths, rows, numbers)))
    return tables


def alignment_table(rows: Sequence[AlignmentRow]) -> Table:
    return Table(
        [_("No."), _("Here"), _("National Action Plan"), _("Resolutions and other instruments")],
        [2, 14, 14, 14],
        [[row.number, row.text, _nap(row), _others(row)] for row in rows],
    )


def _served(each: Served) -> str:
    name = each.provision if each.is_nap else listed([each.framework, each.provision])
    return f"{name} {each.text} ({each.strength})"


def _nap(row: AlignmentRow) -> list[Run]:
    if row.local_reason:
        return [Run(labelled(_("Local priority"), row.local_reason))]
    return [Run(_served(each)) for each in row.nap] or [Run(_("Not stated"))]


def _others(row: AlignmentRow) -> list[Run]:
    through = _("through the National Action Plan")
    found = [Run(_served(each)) for each in row.others]
    found += [Run(f"{each} ({through})") for each in row.upward]
    return found or [Run(_("Not stated"))]


def indicator_table(indicators: Sequence[IndicatorRow]) -> Table:
    return Table(
        [
            _("No."),
            _("Indicator"),
            _("Baseline"),
            _("Target"),
            _("Told apart by"),
            _("Means of verification"),
            _("How often"),
            _("Who collects it"),
        ],
        [3, 14, 9, 9, 8, 10, 7, 11],
        [
            [
                each.activity,
                _lines(each.text, labelled(_("Unit"), each.unit)),
                each.baseline,
                _lines(each.target, each.yearly),
                each.split,
                each.means,
                each.frequency,
                each.responsible,
            ]
            for each in indicators
        ],
    )


def adoption_table(paper: Paper) -> Table:
    return Table([_("What"), _("How")], [2, 3], [[what, how] for what, how in paper.adoption])


def signature_table(paper: Paper) -> Table:
    adoption = paper.mark.adoption
    body = adoption["body"] if adoption else _("Body that adopts the plan")
    room = [Run(""), Run("")]
    return Table(
        [_("Who"), _("Office"), _("Signature and seal"), _("Date")],
        [5, 4, 5, 2],
        [[[Run(name, bold=True), *room], "", "", ""] for name in (paper.committee, body)],
    )
