"""Where things stand on a page: running heads, breaks, the word across a draft, columns of numbers."""

from types import SimpleNamespace

import pymupdf
import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from core.pdf import render_pdf
from localities.languages import direction

MM = 72 / 25.4


def paper(body, *, language="en", styles=("core/paper/base.css", "core/paper/book.css"), **inputs):
    """`body` on the paper of the portal."""
    head = SimpleNamespace(direction=direction(language), language=language)
    with override(language):
        style = "".join(render_to_string(name, {"head": head, **inputs}) for name in styles)
    return pymupdf.open(
        stream=render_pdf(
            f'<!doctype html><html lang="{language}" dir="{head.direction}"><head><title>Paper</title>'
            f"<style>{style}</style></head><body>{body}</body></html>"
        ).content
    )


def chapter(title, body):
    return f'<section class="chapter"><h2>{title}</h2>{body}</section>'


def rows(*names):
    cells = "".join(f"<tr><th scope='row'>{name}</th><td>1</td></tr>" for name in names)
    return (
        f"<table><thead><tr><th scope='col'>What</th><th scope='col'>Number</th></tr></thead>{cells}</table>"
    )


def gap(height):
    return f'<p style="height: {height}mm">Before</p>'


def test_running_head_names_the_chapter_in_which_the_page_begins():
    document = paper(chapter("First", gap(200) + "<p>The end</p>" * 12) + chapter("Second", gap(5)))
    heads = ["".join(document[number].get_text(clip=(300, 0, 600, 27 * MM))) for number in range(2)]
    assert "Second" in document[1].get_text()
    assert "First" in heads[0]
    assert "First" in heads[1]
    assert "Second" not in heads[1]


@pytest.mark.parametrize("height", range(185, 235, 5))
def test_no_row_of_a_table_stands_alone_on_a_page(height):
    document = paper(chapter("First", gap(height) + rows("Alpha", "Beta", "Gamma", "Delta")))
    for page in document:
        assert sum(name in page.get_text() for name in ("Alpha", "Beta", "Gamma", "Delta")) != 1


def test_a_table_of_one_row_does_not_hold_what_follows():
    """Seven chapters of one row each fill the page on which they begin."""
    document = paper(
        "".join(chapter(f"Chapter {n}", gap(110 * (not n)) + rows(f"Row {n}")) for n in range(7))
    )
    assert "Row 2" in document[0].get_text()
    assert len(document) == 2


@pytest.mark.parametrize("language", ["en", "fr", "ar", "hy", "ka", "ne", "sw"])
@pytest.mark.parametrize(("margin", "wide", "styles"), [
    (22, 15, ("core/paper/base.css", "core/paper/book.css", "core/paper/draft.css")),
    (18, None, ("core/paper/base.css", "core/paper/draft.css")),
])  # fmt: skip
def test_draft_is_written_across_the_middle_of_every_page(language, margin, wide, styles):
    body = "<p>One</p>"
    if wide:
        body = f'<section class="cover">One</section>{chapter("Two", "")}'
        body += '<section class="chapter wide"><h2>Three</h2></section>'
    document = paper(body, language=language, styles=styles, margin=margin, wide=wide)
    assert len(document) == (3 if wide else 1)
    for page in document:
        word = pymupdf.Rect()
        for span in page.get_texttrace():
            if span["size"] > 70:
                word |= pymupdf.Rect(span["bbox"])
        assert not word.is_empty
        assert page.rect.contains(word)
        middle, of_page = (word.tl + word.br) / 2, (page.rect.tl + page.rect.br) / 2
        assert abs(middle - of_page) < 12 * MM


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_numbers_stand_with_units_under_units(language):
    cells = "".join(f'<tr><td class="number">{number}</td><td>x</td></tr>' for number in ("7", "12345"))
    document = paper(f"<table><tbody>{cells}</tbody></table>", language=language)
    ends = {
        word[4]: word[2]
        for word in document[0].get_text("words")
        if word[4] in {"7", "12345"} and word[1] < 400
    }
    assert ends["7"] == pytest.approx(ends["12345"], abs=0.2)


def test_words_stand_off_the_lines_around_a_cell_to_sign_in():
    """The first column stands on the ends of the rule only where no line runs down beside it."""
    styles = ("core/paper/base.css", "guidelines/print.css")
    table = "<table class='signing'><tbody><tr><td class='who'>Ministry</td><td></td></tr></tbody></table>"
    page = paper(f"<main>{table}</main>", styles=styles, start="left", end="right")[0]
    lines = min(line["rect"].x0 for line in page.get_drawings())
    assert page.search_for("Ministry")[0].x0 - lines > 2 * MM


def test_drawing_stands_under_its_heading():
    """The drawing of the good cycle is not parted from the heading that says what it is."""
    report = SimpleNamespace(narrative="<p>Said</p>" * 28, good_cycle="<p>It turns.</p>" * 3)
    body = render_to_string("workshops/paper/report_narrative.html", {"report": report})
    styles = ("core/paper/base.css", "core/paper/book.css", "workshops/paper/good_cycle.css")
    for page in paper(body, styles=styles):
        words = page.get_text()
        assert ("The good cycle\n" in words) == ("Good governance" in words)
