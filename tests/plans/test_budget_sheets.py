"""plans.views.budget_sheets, plans.budget_sheet, plans.reports.budget_import, plans.services.budget_import"""

import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from plans.budget_sheet import NAMES, read_budget_rows, written_budget
from plans.models import Activity, BudgetLine, BudgetSource, LocalActionPlan, Objective, Revision
from plans.reports.budget import Budget
from plans.reports.budget_import import Proposal
from plans.services.budget_import import ImportRefused, apply_proposal
from tests.factories.plans import ActivityFactory, BudgetLineFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.plans.test_budget import adopt

FORMULA = '=HYPERLINK("https://example.org")'


@pytest.fixture
def line(activity):
    return BudgetLineFactory(
        activity=activity, source_name=FORMULA, planned=1000, allocated=400, is_core=True, note="+ first"
    )


@pytest.fixture
def bare(objective, activity):
    """An activity without a line."""
    return ActivityFactory(objective=objective, text="Train the scribes", order=2)


@pytest.fixture
def export_url(plan):
    return reverse("budget_export", args=[plan.code])


@pytest.fixture
def import_url(plan):
    return reverse("budget_import", args=[plan.code])


class Filled:
    """The exported workbook, filled in by name of the column."""

    def __init__(self, content):
        self.book = load_workbook(io.BytesIO(content))
        self.sheet = self.book.worksheets[0]

    def set(self, row, **values):
        for name, value in values.items():
            self.sheet.cell(row, NAMES.index(name) + 1).value = value
        return self

    def get(self, row):
        return {name: self.sheet.cell(row, place).value for place, name in enumerate(NAMES, start=1)}

    def row(self, **values):
        return self.set(self.sheet.max_row + 1, **values)

    @property
    def upload(self):
        stream = io.BytesIO()
        self.book.save(stream)
        return SimpleUploadedFile("budget.xlsx", stream.getvalue())

    @property
    def rows(self):
        return read_budget_rows(self.upload.read())


@pytest.fixture
def filled(plan, line, bare):
    return Filled(written_budget(Budget.from_plan(plan)))


def refusals(proposal):
    return [(each.number, each.cell, each.text) for each in proposal.refused]


def test_budget_export_has_a_row_for_each_line_and_each_bare_activity(
    line, bare, export_url, member, signed_in
):
    response = signed_in(member).get(export_url)
    sheet = Filled(response.content)
    first, second = sheet.get(2), sheet.get(3)
    assert (first["line"], first["planned"], first["currency"]) == (line.code, 1000, "CDF")
    assert (first["is_core"], first["is_long_term"]) == ("x", None)
    assert (second["activity"], second["line"], second["planned"]) == (bare.code, None, None)
    assert sheet.sheet.column_dimensions["Q"].hidden
    assert line.plan.code in response["Content-Disposition"]


def test_budget_export_holds_no_formula(filled):
    cell = filled.sheet.cell(2, NAMES.index("source_name") + 1)
    assert (cell.data_type, cell.value) == ("s", f"'{FORMULA}")


def test_budget_export_is_refused_to_the_outsider(line, export_url, outsider, signed_in):
    assert signed_in(outsider).get(export_url).status_code == 404


def test_budget_export_is_taken_by_who_reads(line, export_url, oversight, signed_in):
    assert signed_in(oversight).get(export_url).status_code == 200


def test_budget_import_shows_first_and_saves_then(
    plan, line, bare, filled, import_url, secretary, member, signed_in
):
    filled.set(2, allocated=900, note="second")
    filled.set(3, source="Local government", fiscal_year="2027", planned="1 500,50")
    client = signed_in(member)
    looked = client.post(import_url, {"file": filled.upload})
    assert looked.status_code == 200
    page = looked.content.decode()
    assert "<del>400</del> → <ins>900</ins>" in page
    assert "Train the scribes" in page
    assert page.count("csrfmiddlewaretoken") == 2  # signing out, and saving
    line.refresh_from_db()
    assert line.allocated == 400
    assert client.post(import_url, {"rows": looked.context["rows"]}).status_code == 302
    line.refresh_from_db()
    assert (line.allocated, line.note, line.source_name, line.row_version) == (900, "second", FORMULA, 2)
    new = BudgetLine.objects.exclude(pk=line.pk).get()
    assert (new.activity, new.source, new.planned) == (bare, "local", Decimal("1500.50"))
    assert Revision.objects.filter(subject_code=line.code).count() == 2


def test_budget_import_of_what_was_exported_changes_nothing(filled, import_url, member, signed_in):
    response = signed_in(member).post(import_url, {"file": filled.upload})
    proposal = response.context["proposal"]
    assert (proposal.unchanged, proposal.to_save, proposal.refused) == (1, [], [])
    assert response.context["rows"] == ""


def test_budget_import_refuses_all_when_one_row_is_wrong(line, filled, import_url, member, signed_in):
    filled.set(2, allocated=900)
    filled.set(3, source="Local government", fiscal_year="2040", planned=5)
    response = signed_in(member).post(import_url, {"file": filled.upload})
    assert response.status_code == 422
    assert refusals(response.context["proposal"]) == [
        (3, "G3", "The plan runs from 2026 to 2029: this year lies outside.")
    ]
    assert response.context["rows"] == ""


@pytest.mark.parametrize(
    ("change", "cell", "words"),
    [
        ({"activity": "A-999999"}, "A2", "no activity with this code"),
        ({"activity": None}, "A2", "no activity code"),
        ({"line": "BL-999999"}, "D2", "no budget line with this code"),
        ({"source": "Magic"}, "E2", "Choose one of these sources"),
        ({"fiscal_year": "soon"}, "G2", "2026/27"),
        ({"planned": "USD 500"}, "H2", "This plan is in CDF"),
        ({"currency": "USD"}, "P2", "This plan is in CDF, not in USD"),
        ({"allocated": -5}, "I2", "cannot be negative"),
        ({"spent": "a lot"}, "K2", "number in digits"),
        ({"spent": "1.500"}, "K2", "two ways"),
        ({"spent": "=A1"}, "K2", "formula has no result"),
        ({"is_core": "perhaps"}, "L2", "Write x for yes"),
        ({"note": "x" * 301}, "O2", "at most 300"),
        ({"version": "7", "planned": 5}, "D2", "after the spreadsheet was made"),
        ({"version": None, "planned": 5}, "D2", "hidden column"),
    ],
)
def test_proposal_refuses_with_row_cell_and_reason(change, cell, words, plan, filled):
    proposal = Proposal.from_plan(plan, filled.set(2, **change).rows)
    [(number, found, text)] = refusals(proposal)
    assert (number, found) == (2, cell)
    assert words in text
    assert not proposal.is_savable


def test_proposal_refuses_the_codes_of_another_plan(plan, filled, committee):
    other = ActivityFactory(objective=ObjectiveFactory(plan=LocalActionPlanFactory(committee=committee)))
    foreign = BudgetLineFactory(activity=other)
    filled.row(activity=other.code, line=foreign.code, fiscal_year="2026", planned=1)
    assert "no activity with this code" in refusals(Proposal.from_plan(plan, filled.rows))[0][2]


def test_proposal_refuses_a_line_under_another_activity(plan, bare, filled):
    [refusal] = refusals(Proposal.from_plan(plan, filled.set(2, activity=bare.code).rows))
    assert "belongs to another activity" in refusal[2]


def test_proposal_refuses_twins(plan, line, bare, activity, filled):
    same = {"activity": bare.code, "source": "Private", "fiscal_year": "2027", "planned": 5}
    filled.set(3, **same).row(**same)
    taken = {"source": "Donor or UN", "source_name": f"'{FORMULA}", "fiscal_year": "2026"}
    filled.row(activity=activity.code, planned=5, **taken)
    filled.row(activity=activity.code, line=line.code, fiscal_year="2026", planned=7, version="1")
    found = [(number, text) for number, _cell, text in refusals(Proposal.from_plan(plan, filled.rows))]
    assert found == [
        (4, "Row 3 has the same activity, source and year."),
        (5, "This activity has a line of that source for that year already."),
        (6, "This line stands in row 2 already."),
    ]


def test_proposal_leaves_rows_alone_that_were_deleted(plan, line, filled):
    filled.sheet.delete_rows(2)
    proposal = Proposal.from_plan(plan, filled.rows)
    assert (proposal.unchanged, proposal.to_save, proposal.refused) == (0, [], [])


def test_proposal_for_an_adopted_plan_takes_what_came_only(plan, filled):
    adopt(plan)
    filled.set(2, spent=10)
    assert Proposal.from_plan(plan, filled.rows).is_savable
    filled.set(2, planned=5).set(3, fiscal_year="2027", planned=9)
    assert [text for _number, _cell, text in refusals(Proposal.from_plan(plan, filled.rows))] == [
        "The plan is adopted: this is changed by an amendment only.",
        "The plan is adopted: new lines need an amendment.",
    ]


def test_apply_proposal_saves_nothing_when_something_came_between(plan, line, bare, filled, member):
    filled.set(2, allocated=900).set(3, source="Private", fiscal_year="2027", planned=9)
    BudgetLine.objects.filter(pk=line.pk).update(row_version=2, updated_by=member)
    with pytest.raises(ImportRefused) as refused:
        apply_proposal(plan, filled.rows, by=member)
    assert "Mado Member changed this line" in refused.value.proposal.refused[0].text
    assert BudgetLine.objects.count() == 1


def test_budget_import_says_when_something_came_between(plan, line, filled, import_url, member, signed_in):
    client = signed_in(member)
    rows = client.post(import_url, {"file": filled.set(2, allocated=900).upload}).context["rows"]
    BudgetLine.objects.filter(pk=line.pk).update(row_version=2)
    response = client.post(import_url, {"rows": rows})
    assert response.status_code == 409
    assert "changed while you were looking" in response.content.decode()


def test_budget_import_takes_only_rows_that_were_looked_at_here(
    plan, filled, import_url, secretary, member, signed_in
):
    client = signed_in(member)
    rows = client.post(import_url, {"file": filled.set(2, allocated=900).upload}).context["rows"]
    for other, sent in ((client, rows + "x"), (signed_in(secretary), rows), (client, "")):
        response = other.post(import_url, {"rows": sent})
        assert response.status_code == 422
        assert "Choose the file again" in response.content.decode()
    assert not BudgetLine.objects.filter(allocated=900).exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"%PDF-1.4 not a budget", "not a spreadsheet"),
        (b"", "empty"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"Name,Sex\nX,f\n", "No row of headings"),
        (b"Activity code,Line code,Planned\nA,B,5\n", "Columns are missing"),
    ],
)
def test_budget_import_refuses_other_files_at_the_field(content, words, import_url, member, signed_in):
    response = signed_in(member).post(import_url, {"file": SimpleUploadedFile("budget.xlsx", content)})
    assert response.status_code == 422
    assert words in response.context["form"].errors["file"][0]


def test_budget_import_reads_csv_with_amounts_as_typed(plan, line):
    text = ";".join(
        str(column)
        for column in Filled(written_budget(Budget.from_plan(plan)))
        .sheet.iter_rows(max_row=1, values_only=True)
        .__next__()
    )
    row = [
        line.activity.code,
        "",
        "",
        line.code,
        "donor",
        "New name",
        "2026",
        "1.500",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "",
        "1",
    ]
    rows = read_budget_rows(f"{text}\n{';'.join(row)}\n".encode())
    [change] = Proposal.from_plan(plan, rows).changed
    assert (change.line.planned, change.line.source_name) == (1500, "New name")


@pytest.mark.parametrize(("who", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_budget_import_is_refused_to_who_does_not_write(who, status, request, filled, import_url, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(import_url, {"file": filled.upload}).status_code == status
    assert client.get(import_url).status_code == status


def test_budget_import_into_a_plan_on_its_way_is_closed(plan, filled, import_url, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state="validation")
    response = signed_in(member).post(import_url, {"file": filled.upload})
    assert response.status_code == 409
    assert "closed for changes" in response.content.decode()


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=40) | st.sampled_from(
    [FORMULA, "'=1", "@sum", "+243 1", "_x0041_", "a\r\nb", "# lapportal", "-", "''+", "1.500", "2026-01-01"]
)
amounts = st.decimals(0, 999_999_999_999, places=2)


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(BudgetSource.values),
            texts,
            texts,
            st.lists(amounts, min_size=4, max_size=4),
            st.booleans(),
        ),
        max_size=6,
    ),
    texts,
)
def test_export_and_import_change_nothing(lines, text):
    plan = LocalActionPlanFactory.build(committee=None, locality=None)
    objective = Objective(pk=1, plan=plan)
    activity = Activity(pk=1, code="A-222222", objective=objective, text=text)
    rows = [
        BudgetLine(
            pk=number,
            code=f"BL-{number:06}",
            activity=activity,
            source=source,
            source_name=name,
            fiscal_year="2026/27" if flag else "2026",
            note=note,
            planned=four[0],
            allocated=four[1],
            disbursed=four[2],
            spent=four[3],
            is_core=flag,
            row_version=number,
        )
        for number, (source, name, note, four, flag) in enumerate(lines, start=1)
    ]
    budget = Budget.build(plan, [objective], {1: [activity]}, {1: rows})
    proposal = Proposal.compare(plan, [activity], rows, read_budget_rows(written_budget(budget)))
    assert (proposal.added, proposal.changed, proposal.refused) == ([], [], [])
    assert proposal.unchanged == len(rows)
