"""The printed document: in seven scripts through the checkers, the same bytes twice, read back with pypdf."""

import datetime
import io
import re

import pytest
from pypdf import PdfReader

from core.pdf import render_pdf
from guidelines.blocks.values import Bar, BlockValue, ChartValue, Column, RowGroup, TableValue
from guidelines.papers.mark import Mark
from guidelines.papers.paper import Paper
from guidelines.papers.printed import document_html
from guidelines.papers.problems import paper_problems
from plans.papers.languages import in_language_of
from tests.guidelines.papers.pictures import PICTURE
from tests.papers.words import SCRIPTS
from tests.pdf_checks import assert_accessible

DAY = datetime.date(2026, 11, 22)
ADDRESS = "https://portal.example.org/published-guidelines/G-7K3FQ2/editions/2/"


def blocks_of(words):
    chart = ChartValue(
        words.sentence, tuple(Bar(f"{words.office} {n}", n, f"{n} ({n * 10} %)") for n in (7, 2, 1)), 10
    )
    columns = (Column("No.", 1), Column(words.office, 4), Column(words.place, 4), Column("#", 1, True))
    rows = tuple((f"1.{n}", words.sentence, words.body, str(n)) for n in range(1, 25))
    wide = TableValue(words.title, columns, (RowGroup(words.session, rows),), is_wide=True)
    return [
        {"block": BlockValue("coverage_chart", words.title, DAY, words.body, (chart,)).to_json()},
        {"block": BlockValue("nap_items_by_pillar", words.title, DAY, words.body, (wide,)).to_json()},
    ]


def section(code, number, heading, parts):
    level = number.count(".") + 1
    place = {"code": code, "number": number, "level": level}
    return place | {"heading": heading, "origin": "", "parts": parts}


def document(words, direction="ltr"):
    """A document with all that papers know, in one script."""
    text = (
        f"{words.sentence} {words.sentence}[^1]\n\n{words.markdown}\n\n[](#S-BBBBBB)\n\n"
        f"![](picture:PIC-AAAAAA)\n\n[^1]: {words.body}, *{words.title}*."
    )
    chart, wide = blocks_of(words)
    return {
        "form": 1,
        "title": words.title,
        "language": words.language,
        "direction": direction,
        "country": words.country,
        "country_code": "XX",
        "code": "G-7K3FQ2",
        "version": 1,
        "nap": words.title,
        "as_of": DAY.isoformat(),
        "signatories": [{"institution": words.body, "role": "nap"}],
        "endorsements": [{"institution": words.body, "position": words.office, "on": "2026-11-02"}],
        "field_tests": [{"locality": words.place, "starts_on": "2026-03-02", "ends_on": "2026-04-06"}],
        "sections": [
            section("S-AAAAAA", "1", words.session, [{"text": text}]),
            section("S-BBBBBB", "1.1", words.office, [{"text": words.sentence}, chart]),
            section("S-CCCCCC", "1.1.1", words.place, [{"text": words.sentence}]),
            section(
                "S-DDDDDD", "2", words.committee, [{"text": words.sentence}, wide, {"text": words.sentence}]
            ),
        ],
        "pictures": {
            "PIC-AAAAAA": {
                "alt": words.sentence,
                "caption": words.session,
                "credit": words.body,
                "content_type": "image/png",
                "width": 40,
                "height": 30,
                "digest": "0" * 64,
            }
        },
    }


# The running head of a chapter of one page stands once, and so is prose to the checker.
TOLERATED = {
    "TAG-002": "running heads are put aside",
    "TXT-004": "parts of a Devanagari cluster carry no letter of their own",
    "FIG-012": "a chart says its numbers, which do not read as language",
}
EDITION = Mark(DAY, 2, "ab12" * 16, ADDRESS, "")
DRAFT = Mark(DAY)


def drawn(value, mark):
    return render_pdf(document_html(value, mark), files={"picture:PIC-AAAAAA": PICTURE})


def read(rendered):
    return PdfReader(io.BytesIO(rendered.content))


def text_of(reader):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader.pages))


@pytest.fixture(scope="module")
def english():
    return document(SCRIPTS["latin"])


def test_english_is_among_the_scripts():
    assert SCRIPTS["latin"].language == "en"


@pytest.mark.parametrize("script", SCRIPTS)
def test_document_html_as_pdf_passes_the_checkers_in_every_script(script):
    words = SCRIPTS[script]
    value = document(words, "rtl" if words.language == "ar" else "ltr")
    assert paper_problems(value) == []
    assert_accessible(drawn(value, EDITION).content, tolerate=TOLERATED)


def test_document_html_of_a_draft_passes_the_checkers_and_has_no_number(english):
    rendered = drawn(english, DRAFT)
    assert_accessible(rendered.content, tolerate=TOLERATED)
    said = text_of(read(rendered))
    assert "Draft of 22 November 2026" in said
    assert "Not launched: it may still change" in said
    assert "Edition" not in re.sub("makes an edition", "", said)


def test_document_html_gives_the_same_bytes_twice(english):
    assert drawn(english, EDITION).content == drawn(english, EDITION).content


def test_document_html_of_an_edition_says_number_day_checksum_and_address(english):
    reader = read(drawn(english, EDITION))
    last = re.sub(r"\s+", "", reader.pages[-1].extract_text())
    assert "ab12" * 16 in last
    assert ADDRESS in last
    said = text_of(reader)
    assert "Edition 2 of 22 November 2026" in said
    assert "DRAFT" not in said
    assert "<svg" in document_html(english, EDITION)
    assert "<svg" not in document_html(english, DRAFT).split('id="about"')[1]


def test_document_html_contents_and_references_tell_the_real_pages(english):
    reader = read(drawn(english, EDITION))
    pages = [re.sub(r"\s+", " ", page.extract_text()) for page in reader.pages]
    office = SCRIPTS["latin"].office
    page = next(
        reader.get_destination_page_number(part[0]) + 1 for part in reader.outline if isinstance(part, list)
    )
    assert re.search(rf"1\.1 ?{re.escape(office)}[ .]+{page}\b", pages[2])
    assert f"1.1 {office} (page {page})" in " ".join(pages)
    assert f"1.1 {office}" in pages[page - 1]


def test_document_html_turns_the_page_for_a_wide_block_and_back(english):
    boxes = [page.mediabox for page in read(drawn(english, EDITION)).pages]
    across = [box.width > box.height for box in boxes]
    assert True in across
    assert across[0] is across[-1] is False


def test_document_html_bookmarks_nest_as_the_sections_do(english):
    outline = read(drawn(english, EDITION)).outline
    first = next(
        n for n, each in enumerate(outline) if not isinstance(each, list) and each.title.startswith("1 ")
    )
    assert outline[first + 1][0].title.startswith("1.1 ")


def test_document_html_of_a_text_that_is_a_script_shows_it(english):
    bad = english | {
        "sections": [section("S-A", "1", "<script>x</script>", [{"text": "<script>y</script>"}])]
    }
    assert "<script" not in document_html(bad, DRAFT)


def test_notes_on_a_screen_stand_below_the_data_that_ends_a_section(english):
    chart = blocks_of(SCRIPTS["latin"])[0]
    text = {"text": "Said.[^1]\n\n[^1]: Where it was said."}
    one = english | {"sections": [section("S-AAAAAA", "1", "First", [text, chart])]}
    for notes, pieces in (("web", 3), ("print", 2)):
        (found,) = Paper.of(one, addresses={}, notes=notes).sections
        assert len(found.parts) == pieces
        assert "Where it was said." in found.parts[-1].html or notes == "print"


def test_document_html_without_a_picture_says_so(english):
    assert "The picture PIC-AAAAAA is not there." in document_html(english, DRAFT, pictures=set())


def test_document_html_of_a_block_that_nobody_can_read_says_so(english):
    broken = section("S-A", "1", "A", [{"block": {"kind": "x", "title": "Old", "problem": ""}}])
    said = document_html(english | {"sections": [broken]}, DRAFT)
    assert "a form that the portal no longer reads" in said


def test_paper_problems_name_the_section_of_a_block_and_of_letters(english):
    block = BlockValue("x", "Adopted plans", DAY, "", problem="It cannot be read.").to_json()
    sections = [
        section("S-A", "1", "First", [{"block": block}]),
        section("S-B", "2", "Second", [{"text": "Letters: \U000e4567 \uf8ff"}]),
    ]
    found = paper_problems(english | {"sections": sections})
    assert [each.section_code for each in found] == ["S-A", "S-B"]
    assert "Section 1 First: the block “Adopted plans” cannot be shown. It cannot be read." in found[0].words
    assert "Section 2 Second" in found[1].words


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ({"nap": "Plan \u0378"}, "The National Action Plan"),
        ({"signatories": [{"institution": "Ministry \u0378", "role": "nap"}]}, "The endorsements"),
        (
            {"endorsements": [{"institution": "UN", "position": "\u0378", "on": "2026-01-01"}]},
            "The endorsements",
        ),
        (
            {"pictures": {"PIC-AAAAAA": {"alt": "A lamp", "caption": "\u0378", "credit": ""}}},
            "The picture “A lamp”",
        ),
    ],
)
def test_paper_problems_name_letters_outside_the_text(place, said, english):
    (found,) = paper_problems(english | place)
    assert found.words.startswith(said)
    assert "no installed font has these letters" in found.words


def test_mark_says_draft_or_edition_in_the_language_that_is_on():
    with in_language_of("fr"):
        assert DRAFT.made == "Projet du 22 novembre 2026"
        assert EDITION.made == "Édition 2 du 22 novembre 2026"


def test_document_html_sets_the_foot_of_each_page_in_french_as_the_page(english):
    html = document_html(english | {"language": "fr"}, Mark(datetime.date(2026, 3, 1)))
    assert '"Projet du 1er mars 2026 · ' in html


def test_document_html_tells_of_field_tests_that_ended_only(english):
    told = english | {}
    told["field_tests"] = [
        {"locality": "Ended Town", "starts_on": "2026-03-02", "ends_on": "2026-04-06"},
        {"locality": "Running Town", "starts_on": "2026-03-02", "ends_on": None},
    ]
    html = document_html(told, Mark(DAY))
    assert "Ended Town" in html
    assert "Running Town" not in html
