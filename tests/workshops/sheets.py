"""Spreadsheets for the tests, made on the spot; every person in them is invented."""

import io
import zipfile

from openpyxl import Workbook

HEADINGS = ["Name", "Category", "Position", "Organisation", "Sex", "Age", "Phone"]
PEOPLE = [
    [
        "Marie-Léonie Kabongo",
        "Mayor",
        "Mayor of the commune",
        "Commune of Kanshi",
        "Woman",
        "45",
        "+243 81 234 0001",
    ],
    ["Albert Tshibanda", "Maire adjoint", "Deputy mayor", "Commune of Kanshi", "M", "30 to 59", ""],
    ["Jeanne Mbuyi", "civil society organisation", "", "Network of women", "F", "", ""],
]


def xlsx(rows=PEOPLE, *, headings=HEADINGS, title="People", change=None):
    """A workbook; `change` may do to the sheet what a test is about."""
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for row in [headings, *rows] if headings else rows:
        sheet.append(row)
    if change:
        change(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def packed(parts):
    """An archive with these parts."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def repacked(content, **changed):
    """The archive with some parts replaced; `xl__workbook` stands for xl/workbook.xml."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return packed(parts | {name.replace("__", "/"): value for name, value in changed.items()})
