"""The Word document, read back with python-docx."""

import io

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from core.word import Paragraph, Run, Table
from plans.papers.printed import source_of
from plans.papers.word import plan_docx
from plans.papers.word_prose import Prose


def read(plan, edition=None):
    return Document(io.BytesIO(plan_docx(*source_of(plan, edition))))


def cells(table):
    return [[cell.text for cell in row.cells] for row in table.rows]


def headed(word, heading):
    """The table whose heads begin with these words."""
    return next(table for table in word.tables if heading in [cell.text for cell in table.rows[0].cells])


def test_plan_docx_has_real_headings_lists_and_language(full):
    word = read(full)
    by_style = {}
    for paragraph in word.paragraphs:
        by_style.setdefault(paragraph.style.name, []).append(paragraph.text)
    assert by_style["Title"] == ["Plan of Kasaï-Oriental"]
    assert by_style["Heading 1"][0] == "1 Avant-propos"
    assert "What we saw" in by_style["Heading 2"]
    assert by_style["List Bullet"] == ["no light", "one post"]
    assert by_style["List Number"] == ["listen", "act"]
    assert "See us (https://example.org)." in by_style["Normal"]
    assert word.core_properties.language == "fr"
    assert word.core_properties.author == full.committee.name
    language = word.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "fr"


def test_plan_docx_turns_the_page_for_the_matrix_and_repeats_its_head(full):
    word = read(full)
    turned = [section.orientation for section in word.sections]
    assert turned[:3] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    matrix = headed(word, "Coût et source")
    assert matrix.rows[0]._tr.find(f".//{qn('w:tblHeader')}") is not None
    rows = cells(matrix)
    assert len(rows) == 3
    assert rows[1][1] == "=cmd|' /C calc'!A0"
    assert rows[1][2] == "Two seats <b>taken</b>"
    assert all(all(row) for row in rows)


def test_plan_docx_counts_its_pages_and_says_what_it_is(full, edition):
    draft, frozen = read(full), read(full, edition)
    foot = frozen.sections[0].footer._element.xml
    assert 'w:instr="PAGE"' in foot
    assert edition.digest[:4] in foot
    assert "PROJET" in [paragraph.text for paragraph in draft.paragraphs]
    assert "Projet du" in draft.sections[0].header.paragraphs[0].text
    assert "Édition 1" in frozen.sections[0].header.paragraphs[0].text


def test_plan_docx_in_arabic_reads_from_right_to_left(full):
    full.language = "ar"
    full.save()
    word = read(full)
    assert word.paragraphs[0]._p.find(f".//{qn('w:bidi')}") is not None
    assert word.paragraphs[0]._p.find(f".//{qn('w:rtl')}") is not None
    assert all(table._tbl.tblPr.find(qn("w:bidiVisual")) is not None for table in word.tables)


def test_plan_docx_contents_lead_to_the_chapters(full):
    word = read(full)
    links = word.element.body.findall(f".//{qn('w:hyperlink')}")
    places = [link.get(qn("w:anchor")) for link in links if link.get(qn("w:anchor"))]
    marks = [each.get(qn("w:name")) for each in word.element.body.iter(qn("w:bookmarkStart"))]
    assert "chapter_foreword" in places
    assert places == marks
    listed = [each.text.strip() for each in word.paragraphs if each.style.name == "toc 1"]
    assert listed == [each.text for each in word.paragraphs if each.style.name == "Heading 1"]


def prose(text):
    numbers = iter(range(7, 20))
    return Prose(lambda start: next(numbers)).parts(text)


def test_prose_turns_markup_into_runs():
    [paragraph] = prose("plain **bold *both*** [here](https://a.example) <b>no</b>")
    assert [(run.text, run.bold, run.italic) for run in paragraph.runs] == [
        ("plain ", False, False),
        ("bold ", True, False),
        ("both", True, True),
        (" ", False, False),
        ("here", False, False),
        (" (https://a.example)", False, False),
        (" <b>no</b>", False, False),
    ]


def starts(word):
    """With which number the lists of the text begin."""
    numbered = dict.fromkeys(each.val for each in word.element.body.iter(qn("w:numId")))
    numbering = word.part.numbering_part.element
    lists = [numbering.num_having_numId(number) for number in numbered]
    return [int(each.find(f".//{qn('w:startOverride')}").get(qn("w:val"))) for each in lists]


def test_plan_docx_begins_a_list_where_the_text_says(full):
    texts = "4. d\n5. e\n\ntext\n\n1. a\n\ntext\n\n0. none\n\ntext\n\n999999999. many"
    full.sections.filter(kind="foreword").update(text=texts)
    assert starts(read(full)) == [4, 1, 0, 32_767]


def test_plan_docx_sets_french_as_the_paper_does(full):
    """Not in code; and not in another language."""
    full.sections.filter(kind="foreword").update(text="Où ? « Ici », le 1 août 2026 ; `a ? b : c`")
    assert "Où\u00a0? «\u00a0Ici\u00a0», le 1er août 2026\u00a0; a ? b : c" in texts_of(read(full))
    full.language = "en"
    full.save()
    assert "Où ? « Ici », le 1 août 2026 ; a ? b : c" in texts_of(read(full))


def test_plan_docx_joins_place_and_country_as_its_language_does(full):
    place = f"{full.locality}، {full.locality.country}"
    full.language = "ar"
    full.save()
    assert place in [text.replace("\u200e", "") for text in texts_of(read(full))]


def texts_of(word):
    return [paragraph.text for paragraph in word.paragraphs]


def test_prose_begins_each_numbered_list_with_one():
    parts = prose("1. a\n2. b\n\ntext\n\n1. c\n   - deep\n")
    assert [(part.style, part.number, part.level) for part in parts] == [
        ("ListNumber", 7, 0),
        ("ListNumber", 7, 0),
        ("", None, 0),
        ("ListNumber", 8, 0),
        ("ListBullet", None, 1),
    ]


def test_prose_keeps_tables_quotes_and_headings():
    heading, quote, table = prose("# Big\n\n> said\n\n| a | b |\n|---|---|\n| 1 | **2** |\n")
    assert heading == Paragraph([Run("Big")], "Heading2")
    assert quote.style == "Quote"
    assert isinstance(table, Table)
    assert (list(table.headings), list(table.rows)) == (["a", "b"], [[[Run("1")], [Run("2")]]])


@pytest.mark.parametrize("text", ["", "---", "```\nx & y\n```", "a\x00b\x0bc", "***", "|a|\n|---|", "1)\n2)"])
def test_plan_docx_of_any_text_can_be_opened(full, text):
    full.sections.filter(kind="vision").update(text=text.replace("\x00", ""))
    read(full)


def test_plan_docx_of_texts_pasted_with_control_characters(full):
    """A word processor's soft line break and what else comes along with a pasted text."""
    full.sections.filter(kind="foreword").update(text="One\x0bTwo \x01three\x02")
    full.title = "Road\x07 map \u202efdp.exe"
    full.save()
    word = read(full)
    text = "\n".join(paragraph.text for paragraph in word.paragraphs)
    assert "Road map fdp.exe" in text
    assert "OneTwo" not in text
    assert "three" in text
