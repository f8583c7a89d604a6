"""The workbook, read back with openpyxl."""

import datetime
import io

from openpyxl import load_workbook

from plans.papers.printed import source_of
from plans.papers.workbook import plan_xlsx


def read(plan, edition=None):
    return load_workbook(io.BytesIO(plan_xlsx(*source_of(plan, edition))))


def rows(sheet):
    """Each row as heading → value."""
    heads, *others = [[cell.value for cell in row] for row in sheet]
    return [dict(zip(heads, row, strict=True)) for row in others]


def test_plan_xlsx_has_a_sheet_for_each_kind_of_row(full):
    full.language = "en"
    full.save()
    book = read(full)
    assert book.sheetnames == ["Plan", "Activities", "Indicators", "Budget", "Alignment"]
    for sheet in book:
        assert sheet.freeze_panes == "A2"
        assert sheet.auto_filter.ref.startswith("A1:")
    said, bare = rows(book["Activities"])
    assert said["No."] == "1.1"
    assert said["Cost"] == 12500.5
    assert said["Start"].date() == datetime.date(2026, 3, 1)
    assert (bare["Cost"], bare["Start"], bare["Leads"]) == (None, None, None)
    assert [(row["Target"], row["Activity"]) for row in rows(book["Indicators"])] == [(50, said["Activity"])]
    assert [(row["Fiscal year"], row["Planned"]) for row in rows(book["Budget"])] == [
        ("2026", 10000),
        ("2027", 2500.5),
    ]
    assert [row["Provision"] for row in rows(book["Alignment"])] == ["1.1"]


def test_plan_xlsx_works_no_text_out(full):
    sheet = read(full).worksheets[1]
    cell = sheet["E2"]
    assert (cell.data_type, cell.value, cell.quotePrefix) == ("s", "'=cmd|' /C calc'!A0", True)
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_plan_xlsx_says_draft_or_edition_in_the_plans_language(full, edition):
    draft, frozen = read(full), read(full, edition)
    assert draft.sheetnames[1:3] == ["Activités", "Indicateurs"]
    assert draft.worksheets[0]["B5"].value.startswith("Projet du")
    assert frozen.worksheets[0]["B5"].value == "Édition 1"


def test_plan_xlsx_in_arabic_stands_from_right_to_left(full):
    full.language = "ar"
    full.save()
    assert all(sheet.sheet_view.rightToLeft for sheet in read(full))
