"""Files as people hand them in: named wrongly, damaged, hostile, or merely untidy."""

import io
import re
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.printable import printable
from tests.workshops.sheets import HEADINGS, PEOPLE, packed, repacked, xlsx
from workshops.spreadsheets import (
    Kind,
    Reader,
    Sheet,
    Unreadable,
    category_of,
    containers,
    guess_columns,
    guess_sheet,
    open_book,
    write_csv,
    write_xlsx,
)
from workshops.spreadsheets.books import Row
from workshops.spreadsheets.columns import read_head
from workshops.spreadsheets.safe_cells import harmless, plain
from workshops.spreadsheets.vocabulary import age_band_of, yes_or_no

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
    '<table:table table:name="People">'
)
ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    '<manifest:file-entry manifest:full-path="/" '
    f'manifest:media-type="{ODS_TYPE}"/></manifest:manifest>'
)


def ods(rows, *, manifest=MANIFEST):
    return packed(
        {
            "mimetype": ODS_TYPE,
            "content.xml": f"{ODS_HEAD}{rows}{ODS_FOOT}",
            "META-INF/manifest.xml": manifest,
        }
    )


def ods_row(*texts, attributes=""):
    cells = "".join(
        f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'
        for text in texts
    )
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def cells(content, sheet=None):
    book = open_book(content)
    return [row.cells for row in book.rows(guess_sheet(book) if sheet is None else sheet)]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b" \r\n\x00", "The file is empty"),
        (b"%PDF-1.7\n%\xe2\xe3", "This is a PDF file"),
        (b"\x89PNG\r\n\x1a\n", "This is a PNG file"),
        (b"<html><table>", "This is a HTML file"),
        (OLE + b"\x00" * 600, "old office program"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "protected with a password"),
        (packed({"word/document.xml": "<w/>"}), "not a spreadsheet"),
        (b"PK\x03\x04 broken", "damaged"),
        (b"\x00\x01\x02\x03" * 50, "neither a spreadsheet nor a text file"),
        (
            ods("", manifest=MANIFEST.replace("/>", "><manifest:encryption-data/></manifest:file-entry>", 1)),
            "password",
        ),
        (b"Name;Category\nAim\xe9e;Mayor\n\xcf\xf0\xe8\xe2\xe5\xf2;Mayor", "Line 2 holds letters"),
        (b"\xff\xfeN\x00a\x00m", "Line 1 holds letters"),
        (b"\xef\xbb\xbfName\nAna\n\xe9", "Line 3 holds letters"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_open_book_refuses_in_words(content, said):
    with pytest.raises(Unreadable, match=said):
        open_book(content)


def test_open_book_refuses_a_file_over_the_limit(monkeypatch):
    monkeypatch.setattr(containers, "BIGGEST_FILE", 100)
    with pytest.raises(Unreadable, match="larger than 20 MB"):
        open_book(b"Name\n" * 100)


def test_open_book_refuses_a_bomb_by_what_it_declares():
    bomb = repacked(xlsx(), xl__worksheets__sheet2=b"0" * 60_000_000)
    assert len(bomb) < 100_000
    with pytest.raises(Unreadable, match="unpacks to far more"):
        open_book(bomb)


def test_open_book_refuses_a_bomb_that_lies_about_its_size():
    bomb = bytearray(repacked(xlsx(), xl__bomb=b"0" * 60_000_000))
    size = (60_000_000).to_bytes(4, "little")
    while (place := bomb.find(size)) >= 0:  # in the local header and in the directory
        bomb[place : place + 4] = (1000).to_bytes(4, "little")
    with zipfile.ZipFile(io.BytesIO(bytes(bomb))) as archive:
        assert sum(part.file_size for part in archive.infolist()) < 100_000
    with pytest.raises(Unreadable):
        open_book(bytes(bomb))


def test_rows_refuses_a_cell_in_the_last_corner():
    """It would make a reader set memory aside for seventeen thousand million cells."""
    content = xlsx(change=lambda sheet: sheet.cell(1_048_576, 16_384, "x"))
    with pytest.raises(Unreadable, match="reaches to cell XFD1048576"):
        cells(content, "People")


def test_open_book_refuses_a_repeated_row_of_an_ods():
    row = ods_row("x", attributes='table:number-rows-repeated="9000000"')
    with pytest.raises(Unreadable, match="far beyond any list of people"):
        cells(ods(row))


def test_open_book_refuses_xml_with_entities():
    evil = '<!DOCTYPE a [<!ENTITY b "boom">]><worksheet><sheetData/></worksheet>'
    content = repacked(xlsx(), **{"xl__worksheets__sheet1.xml": evil})
    with pytest.raises(Unreadable, match="damaged"):
        cells(content, "People")


def test_rows_of_a_sheet_whose_xml_is_broken():
    content = repacked(xlsx(), **{"xl__worksheets__sheet1.xml": "<worksheet><sheetData><row>"})
    with pytest.raises(Unreadable, match="damaged"):
        cells(content, "People")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_rows_of_csv(separator, encoding):
    lines = [["Nom", "Catégorie"], ["Aimée Kabongo", "Maire"], ["Thérèse Ngalula", "Élue"]]
    text = "\r\n".join(separator.join(line) for line in lines)
    assert cells(text.encode(encoding)) == lines


def test_rows_of_csv_in_cyrillic_says_what_was_guessed():
    content = "Имя;Категория\r\nОксана Шевченко;Mayor\r\n".encode("cp1251")
    book = open_book(content)
    assert book.encoding == "Windows-1251"
    assert [row.cells[0] for row in book.rows()] == ["Имя", "Оксана Шевченко"]


def test_rows_of_csv_with_a_line_that_names_the_separator():
    assert cells(b"sep=;\r\nName;Category\r\nA, B;Mayor\r\n") == [["Name", "Category"], ["A, B", "Mayor"]]


def test_rows_of_csv_with_an_endless_quotation():
    with pytest.raises(Unreadable, match="cannot be taken apart"):
        cells(b'Name,Category\n"Ana,' + b"x" * 200_000)


def test_rows_keep_the_numbers_of_the_spreadsheet():
    def untidy(sheet):
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)
        sheet["B1"] = "List of participants"

    book = open_book(xlsx(change=untidy))
    assert [(row.number, row.cells[1]) for row in book.rows("People")] == [
        (1, "List of participants"),
        (3, "Name"),
        (4, PEOPLE[0][0]),
        (5, PEOPLE[1][0]),
        (6, PEOPLE[2][0]),
    ]


def test_read_head_finds_headings_below_a_title():
    book = open_book(xlsx([["Town of Bo"], [], HEADINGS, *PEOPLE], headings=None))
    head = read_head(book, "People")
    assert (head.header_row, head.second_header) == (3, 0)
    assert guess_columns(head) == dict(
        zip(
            ["full_name", "category", "position", "organization", "sex", "age_band", "phone"],
            range(7),
            strict=True,
        )
    )


def test_read_head_says_that_two_rows_look_like_headings():
    book = open_book(xlsx([["Nom", "Catégorie", "Fonction"], *PEOPLE]))
    head = read_head(book, "People")
    assert (head.header_row, head.second_header) == (1, 2)


def test_guess_sheet_takes_the_one_with_headings():
    def with_cover(sheet):
        sheet.parent.create_sheet("Cover", 0)["A1"] = "Ministry"

    assert guess_sheet(open_book(xlsx(change=with_cover))) == "People"


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Maire", "mayor"),
        ("MAYOR", "mayor"),
        ("alcaldesa", "mayor"),
        ("Conseillère", "councillor"),
        *[("Société civile", "civil_society"), ("chef de cabinet", None), ("", None)],
    ],
)
def test_category_of(text, category):
    assert category_of(text) == category


@pytest.mark.parametrize(
    ("text", "band"),
    [
        *[
            ("17", "under_18"),
            ("18", "18_to_29"),
            ("29 ans", "18_to_29"),
            ("30", "30_to_59"),
            ("60", "60_over"),
        ],
        *[("18-29", "18_to_29"), ("60+", "60_over"), ("45.0", "30_to_59"), ("0", None), ("300", None)],
        ("old", None),
    ],
)
def test_age_band_of(text, band):
    assert age_band_of(text) == band


@pytest.mark.parametrize(
    ("text", "answer"),
    [("Oui", True), ("yes", True), ("1", True), ("✓", True), ("non", False), ("peut-être", None)],
)
def test_yes_or_no(text, answer):
    assert yes_or_no(text) is answer


def test_reader_names_field_and_column():
    reader = Reader({"full_name": 0, "category": 1, "age_band": 27})
    read = reader.read(Row(7, ["123", "Chef", *[""] * 25, "2008-01-02"], frozenset({27})))
    assert read.problems["full_name"].startswith("Name (column A): “123” is not a name")
    assert read.problems["category"].startswith("Category (column B): “Chef” is not a category")
    assert read.problems["age_band"].startswith("Age (column AB): A date stands here (2008-01-02)")


def test_reader_refuses_what_is_too_long():
    read = Reader({"full_name": 0, "category": 1}).read(Row(2, ["a" * 1000, "Mayor"]))
    assert "Longer than 150 letters" in read.problems["full_name"]


def test_reader_knows_a_row_that_repeats_the_headings():
    read = Reader({"full_name": 0, "category": 1}).read(Row(30, ["Name", "Category"]))
    assert read.problems["full_name"] == "This row repeats the headings."


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
AWKWARD = st.one_of(
    TEXTS,
    st.sampled_from(
        [
            "=1+1",
            "'=1+1",
            "''@x",
            "+243 81 234 0001",
            "-",
            "@cmd",
            "\tx",
            'He said "hi", twice',
            "a\nb",
            "مريم 👩🏽",
            "_x000D_",
            "'",
        ]
    ),
    st.builds(lambda sign, text: sign + text, st.sampled_from(["=", "+", "-", "@", "'", "\t", "\r"]), TEXTS),
)


@given(TEXTS)
def test_harmless_is_undone(text):
    assert plain(harmless(text)) == text
    assert not harmless(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.lists(AWKWARD, min_size=2, max_size=4), min_size=1, max_size=5))
def test_what_is_written_is_read_again(rows):
    """Names with quotation marks, line ends, formulas, right-to-left letters and emoji, XLSX and CSV."""
    width = max(len(row) for row in rows)
    filled = [["row", *(printable(text) for text in row), *[""] * (width - len(row)), "end"] for row in rows]
    headings = [f"Column {n}" for n in range(width + 2)]
    note = "Exported by U-TEST"
    book = write_xlsx(
        [Sheet("List", headings, filled), Sheet("About", ["About"], [[note]])], title="t", note=note
    )
    assert cells(book, "List") == [headings, *filled]
    assert cells(write_csv(headings, filled, note=note)) == [headings, *filled]


def test_write_xlsx_leaves_no_formula():
    book = write_xlsx([Sheet("List", ["Name", "Phone"], [["=HYPERLINK(1)", "+243 81"]])], title="t")
    assert b"<f>" not in zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml")
    assert open_book(book).inspect("List").formulas == []


def test_a_hundred_thousand_rows():
    lines = "\n".join(f"Person {n};Mayor" for n in range(100_000))
    book = open_book(f"Name;Category\n{lines}".encode())
    assert book.kind == Kind.CSV
    assert sum(1 for _row in book.rows()) == 100_001


@pytest.mark.parametrize("reference", ["A99999999", "A0999999999", "ZZZZZ1000", "xfd1048576"])
def test_rows_refuses_a_cell_beyond_every_corner(reference):
    """A reader that believes it takes all memory, and the whole process with it."""
    cell = f'<c r="{reference}" t="inlineStr"><is><t>x</t></is></c>'
    first = '<c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1">{first}{cell}</row></sheetData></worksheet>'
    with pytest.raises(Unreadable, match="far beyond any list of people"):
        cells(repacked(xlsx(), **{"xl__worksheets__sheet1.xml": sheet}), "People")


def test_rows_refuses_a_cell_without_a_place():
    row = '<row r="1"><c r="1A"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{row}</sheetData></worksheet>'
    with pytest.raises(Unreadable, match="damaged"):
        cells(repacked(xlsx(), **{"xl__worksheets__sheet1.xml": sheet}), "People")


@pytest.mark.parametrize("repeats", ["9000000", "+9000000", "09000000", "100000000000000"])
@pytest.mark.parametrize("value", ['office:value-type="string"', 'office:value="1"'])
def test_open_book_refuses_a_repeated_cell_of_an_ods(repeats, value):
    cell = f'<table:table-cell {value} table:number-columns-repeated="{repeats}"/>'
    with pytest.raises(Unreadable, match="far beyond any list of people"):
        cells(ods(f"<table:table-row>{cell}</table:table-row>"))


def test_rows_of_a_sheet_are_of_the_part_that_was_looked_at():
    """A part found by no exact name, a name twice or two parts of one name: readers differ in which
    they take."""
    sheet = '<sheet xmlns="{0}" xmlns:r="{1}" name="People" sheetId="{2}" r:id="{3}"/>'
    links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    twice = "".join(sheet.format(MAIN, links, n, "rId1") for n in (1, 2))
    missing = sheet.format(MAIN, links, 1, "rId77")
    for sheets in (twice, missing):
        book = f'<workbook xmlns="{MAIN}"><sheets>{sheets}</sheets></workbook>'
        with pytest.raises(Unreadable):
            cells(repacked(xlsx(), **{"xl__workbook.xml": book}), "People")


def test_open_book_refuses_two_parts_of_one_name():
    stream = io.BytesIO(xlsx())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("xl/worksheets/Sheet1.xml", "<worksheet/>")
    with pytest.raises(Unreadable, match="damaged"):
        open_book(stream.getvalue())


def test_write_csv_begins_no_formula_for_any_separator():
    """A program that takes ; or a tab for the separator begins a cell after it, quoted or not."""
    evil = ["x;=HYPERLINK(1)", "x\t@SUM(1)", "x|+1", "\uff1d1+1", "a;'=b"]
    content = write_csv(["Name"], [[text] for text in evil])
    assert not re.search('(?:^|[;|\t"])[=+@\uff1d]', content.decode("utf-8-sig"), re.MULTILINE)
    assert cells(content) == [["Name"], *([text] for text in evil)]
