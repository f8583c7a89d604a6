"""Numbers hold together, and on a page that is read from the right nothing in them is turned round."""

import time

import pymupdf
import pytest

from core import numbers
from core.numbers import in_html, together, turning
from core.papers import isolated, speaking, written, written_prose
from core.pdf import render_pdf
from core.prose import to_html
from core.rich_text import pieces_to_html

WORD = "ألف"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("1 250", "1_250"),
        ("12 500 000 women", "12_500_000 women"),
        ("(1 250,50)", "(1_250,50)"),
        ("50 %", "50_%"),
        ("1 250 %", "1_250_%"),
        ("in 2026 100 women", "in 2026 100 women"),
        ("resolution 1325 250", "resolution 1325 250"),
        ("77 123 45", "77 123 45"),
        ("+964 770 123 4567", "+964 770 123 4567"),
        ("P-7 250", "P-7 250"),
        ("12/2026 100", "12/2026 100"),
        ("1 2 3", "1 2 3"),
    ],
)
def test_together_joins_the_groups_of_one_number(typed, drawn):
    assert together(typed) == drawn.replace("_", numbers.NO_BREAK)


@pytest.mark.parametrize(
    "text",
    ["09:00–12:30", "2025-2029", "2025 – 2029", "50%", "10-15\u00a0%", "2026-11-22", "+964 770 123 4567"],
)
def test_turning_finds_what_would_be_turned_round(text):
    assert list(turning(f"{WORD} {text}.")) == [(f"{WORD} ", False), (text, True), (".", False)]


@pytest.mark.parametrize("text", ["G-7K3FQ2", "S/RES/1325-1", "12/2026", "2 May 2026 – 6 June 2026", "v1-2"])
def test_turning_leaves_codes_and_days_alone(text):
    assert list(turning(text)) == [(text, False)]


def test_in_html_changes_neither_links_nor_code_nor_tags():
    kept = '<a href="x" title="1 250">1 250</a> <code>1 250</code><pre>2025-2029 <b>1 250</b></pre>'
    assert in_html(kept, from_right=True) == kept
    assert in_html('<p title="1 250">1 250</p>', from_right=False) == '<p title="1 250">1\u00a0250</p>'
    once = in_html("<p>2025-2029</p>", from_right=True)
    assert once == '<p><bdi dir="ltr">2025-2029</bdi></p>'
    assert in_html(once, from_right=True) == once


@pytest.mark.parametrize("text", ["<" * 200_000, "1 234 " * 50_000, "1-" * 100_000, "+1 1" * 50_000])
def test_in_html_of_odd_texts_takes_no_time(text):
    began = time.perf_counter()
    in_html(text, from_right=True)
    assert time.perf_counter() - began < 3


def test_light_markup_is_drawn_with_numbers_that_hold():
    text = "Cost 1 250, `1 250`, [1 250](https://a.example/1%20250).\n\n| a |\n|---|\n| 1 250 |"
    for html in (to_html(text), *pieces_to_html([text])):
        assert "Cost 1\u00a0250" in html
        assert "<code>1 250</code>" in html
        assert '<a href="https://a.example/1%20250">1 250</a>' in html
        assert "<td>1\u00a0250</td>" in html.replace(' data-label="a"', "")
        assert "<bdi" not in html
    assert '<bdi dir="ltr">2025-2029</bdi>' in to_html(f"{WORD} 2025-2029")


def test_papers_hold_numbers_in_every_language_and_ranges_from_the_right():
    with speaking("fr", texts=["fr"]):
        assert written("1 250, 2025-2029") == isolated("1 250, 2025-2029") == "1\u00a0250, 2025-2029"
        assert written_prose("<p>1 250</p>") == "<p>1\u00a0250</p>"
    with speaking("ar", texts=["ar"]):
        assert written("2025-2029") == '<bdi dir="ltr">2025-2029</bdi>'
        assert isolated(f"{WORD} 2025-2029") == f"{WORD} \u20662025-2029\u2069"
    assert written("1 250") == isolated("1 250") == "1 250"


def lines_of(html):
    """The letters of each line by their places, from left to right."""
    style = '<style>body { font-family: "Noto Sans", "Noto Sans Arabic" }</style>'
    page = f'<!doctype html><html lang="ar" dir="rtl"><head><title>{WORD}</title>{style}</head>'
    rendered = render_pdf(f"{page}<body>{html}</body></html>")
    rows = {}
    with pymupdf.open(stream=rendered.content) as document:
        for block in document[0].get_text("rawdict")["blocks"]:
            for letter in (
                each for line in block["lines"] for span in line["spans"] for each in span["chars"]
            ):
                rows.setdefault(round(letter["origin"][1]), []).append((letter["origin"][0], letter["c"]))
    return ["".join(letter for _place, letter in sorted(rows[row])) for row in sorted(rows)]


def test_a_no_break_space_keeps_the_order_of_a_number_and_a_plain_one_does_not():
    assert "250 1" in lines_of(f"<p>{WORD} 1 250 {WORD}</p>")[0]
    [drawn] = lines_of(to_html(f"{WORD} 1 250 {WORD}"))
    assert "1\u00a0250" in drawn


@pytest.mark.parametrize(
    "text", ["09:00–12:30", "2025-2029", "2025–2029", "50 %", "12 500 000", "2026-11-22"]
)
def test_what_is_drawn_from_the_right_reads_as_it_was_typed(text):
    among, alone = lines_of(to_html(f"{WORD} {text} {WORD}\n\n{WORD}: **{text}**"))
    for drawn in (among, alone):
        assert together(text) in drawn
