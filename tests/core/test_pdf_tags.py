"""The tags of a PDF, read back with another library, and what an independent checker says of them."""

import base64
import io
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from pypdf.generic import IndirectObject

from core.pdf import render_pdf
from tests.pdf_checks import assert_accessible, findings

PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
STYLE = """
@page { size: A4; @top-left { content: "The running head" }
  @bottom-center { content: counter(page) } }
body { font-family: "Noto Sans" } .footnote { float: footnote } @page wide { size: A4 landscape }
.wide { page: wide }"""


def drawn(body, *, lang="en", files=None, archival=False):
    html = (
        f'<!doctype html><html lang="{lang}"><head><title>A title</title><style>{STYLE}</style></head>'
        f"<body><h1>First</h1>{body}</body></html>"
    )
    return render_pdf(html, files=files, archival=archival).content


def tags(pdf: bytes, kind: str) -> list[dict]:
    reader = PdfReader(io.BytesIO(pdf))
    return [each for each in walk(reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0]) if each["/S"] == kind]


def walk(element) -> Iterator[dict]:
    element = element.get_object() if isinstance(element, IndirectObject) else element
    if isinstance(element, dict) and "/S" in element:
        yield element
        for kid in element.get("/K", []):
            yield from walk(kid)


def said(pdf: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_header_cells_say_their_scope():
    pdf = drawn(
        "<table><caption>C</caption><thead><tr><td></td><th>A</th><th scope='col'>B</th></tr></thead><tbody>"
        "<tr><th colspan='3' scope='rowgroup'>Group</th></tr>"
        "<tr><th scope='row'>One</th><td>1</td><td>2</td></tr>"
        "<tr><th>Two</th><td>3</td><td>4</td></tr></tbody></table>"
    )
    assert [each["/A"]["/Scope"] for each in tags(pdf, "/TH")] == [
        "/Column",
        "/Column",
        "/Row",
        "/Row",
        "/Row",
    ]
    names = {each["/ID"]: number for number, each in enumerate(tags(pdf, "/TH"))}
    headers = [[names[key] for key in each["/A"].get("/Headers", [])] for each in tags(pdf, "/TD")]
    assert headers == [[], [0, 2, 3], [1, 2, 3], [0, 2, 4], [1, 2, 4]]
    assert_accessible(pdf)


def test_header_over_several_rows_belongs_to_each():
    pdf = drawn(
        "<table><thead><tr><th>Pillar</th><th>What</th></tr></thead><tbody>"
        "<tr><th scope='row' rowspan='2'>P</th><td>a</td></tr><tr><td>b</td></tr>"
        "<tr><th scope='row'>Q</th><td>c</td></tr></tbody></table>"
    )
    names = {each["/ID"]: number for number, each in enumerate(tags(pdf, "/TH"))}
    assert [[names[key] for key in each["/A"]["/Headers"]] for each in tags(pdf, "/TD")] == [
        [1, 2],
        [1, 2],
        [1, 3],
    ]
    assert_accessible(pdf)


def test_table_over_several_pages_is_one_table_whose_head_is_said_once():
    rows = "".join(f"<tr><th scope='row'>Row {n}</th><td>{n}</td></tr>" for n in range(150))
    pdf = drawn(f"<table><thead><tr><th>A</th><th>B</th></tr></thead><tbody>{rows}</tbody></table>")
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 2
    [table] = tags(pdf, "/Table")
    assert [kid.get_object()["/S"] for kid in table["/K"]] == ["/THead", "/TBody"]
    assert len(tags(pdf, "/TR")) == 151
    assert_accessible(pdf)


def test_paragraph_and_list_over_a_page_end_stay_one():
    pdf = drawn(f"<p>{'Long words. ' * 900}</p><ul><li>one</li><li>{'More words. ' * 900}</li></ul>")
    assert len(PdfReader(io.BytesIO(pdf)).pages) > 3
    assert len(tags(pdf, "/P")) == len(tags(pdf, "/L")) == 1
    assert len(tags(pdf, "/LI")) == 2
    assert_accessible(pdf)


def test_figures_have_their_words_and_decoration_is_passed_over():
    pdf = drawn(
        '<figure><img src="handed:1" alt="A market"><figcaption>Makeni</figcaption></figure>'
        '<img src="handed:1" alt="">'
        '<svg role="img" aria-label="Three of five" width="9" height="9"><rect width="5" height="5"/></svg>'
        '<svg aria-hidden="true" width="9" height="9"><rect width="5" height="5"/></svg>',
        files={"handed:1": PIXEL},
    )
    assert [each["/Alt"] for each in tags(pdf, "/Figure")] == ["A market", "Three of five"]
    assert_accessible(pdf)


def test_figure_without_words_is_found_by_the_checker():
    pdf = drawn('<img src="handed:1">', files={"handed:1": PIXEL})
    assert "FIG-001" in {rule for rule, _line in findings(pdf)}


def test_running_heads_and_page_numbers_are_put_aside():
    pdf = drawn("".join(f"<h2>Part {n}</h2><p style='break-after: page'>Text {n}.</p>" for n in range(4)))
    assert said(pdf).count("The running head") >= 4
    for page in PdfReader(io.BytesIO(pdf)).pages:
        content = page.get_contents().get_data()
        assert content.count(b"/Artifact <</Type /Pagination/Subtype /Header>> BDC") or content.count(
            b"/Pagination"
        )
    assert_accessible(pdf)


def test_links_are_announced_by_their_words_and_are_printed():
    pdf = drawn(
        '<p><a href="#x">To the plan</a> <a href="https://example.org/">A site</a></p><h2 id="x">X</h2>'
    )
    annotations = [each.get_object() for each in PdfReader(io.BytesIO(pdf)).pages[0]["/Annots"]]
    assert [each["/Contents"] for each in annotations] == ["To the plan", "A site"]
    assert all(each["/F"] & 4 for each in annotations)
    assert_accessible(pdf)


def test_other_languages_are_said():
    pdf = drawn('<p lang="fr">Bonjour <span lang="ar" dir="rtl">مرحبا</span></p><p lang="en">Hello</p>')
    assert [each["/Lang"] for each in walk_all(pdf) if "/Lang" in each] == ["fr", "ar", "en"]


def test_a_text_in_the_documents_own_language_within_another_says_so():
    pdf = drawn('<div lang="en"><p>In English.</p><p lang="ne">यो नेपालीमा छ।</p></div>', lang="ne")
    assert [each["/Lang"] for each in walk_all(pdf) if "/Lang" in each] == ["en", "ne"]
    assert_accessible(pdf)


def walk_all(pdf):
    return walk(PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/StructTreeRoot"]["/K"][0])


def test_lists_say_how_they_are_numbered_and_items_have_a_body():
    pdf = drawn(
        "<ol><li><p>a</p><p>b</p></li></ol><ul><li>c<ul><li>d</li></ul></li></ul>"
        "<ul style='list-style: none'><li>e</li></ul><dl><dt>f</dt><dd>g</dd></dl>"
    )
    numbered = [each["/A"]["/ListNumbering"] for each in tags(pdf, "/L") if "/A" in each]
    assert numbered == ["/Decimal", "/Disc", "/Disc", "/None"]
    assert len(tags(pdf, "/LBody")) == len(tags(pdf, "/LI"))
    assert_accessible(pdf)


def test_footnotes_are_notes_with_a_reference():
    pdf = drawn(
        '<p>Said<span class="footnote">By the council</span>, again<span class="footnote">Later</span>.</p>'
    )
    assert len(tags(pdf, "/Note")) == len(tags(pdf, "/Reference")) == 2
    assert len({each["/ID"] for each in tags(pdf, "/Note")}) == 2
    assert_accessible(pdf)


@pytest.mark.parametrize("archival", [False, True])
def test_whole_document_has_title_language_and_bookmarks(archival):
    pdf = drawn("<h2>One</h2><p>a</p><h3>Two</h3><p class='wide'>b</p>", lang="fr", archival=archival)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]
    assert root["/Lang"] == "fr"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert [each["/Title"] for each in PdfReader(io.BytesIO(pdf)).outline if isinstance(each, dict)] == [
        "First"
    ]
    assert_accessible(pdf)
