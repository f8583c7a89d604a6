"""core.rich_text: pictures, notes and references of a long document."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prose import to_html
from core.rich_text import Shown, pictures_in, pieces_to_html, problems_in

LAMP = Shown("/files/lamp/", 'A lamp <b> "lit"', "Caption", "A ministry", 40, 30)
PICTURES = {"PIC-ABC234": LAMP}
SECTIONS = {"S-AAA222": "2.1 Roles <script>"}


def html(text, **more):
    return to_html(text, pictures=PICTURES, sections=SECTIONS, **more)


def test_a_picture_alone_on_a_line_is_a_figure_with_its_words():
    written = html("Before\n\n![](picture:PIC-ABC234)\n\nAfter")
    assert '<figure class="picture"><img src="/files/lamp/"' in written
    assert 'alt="A lamp &lt;b&gt; &quot;lit&quot;" width="40" height="30"' in written
    assert '<span class="caption">Caption</span> <span class="credit">A ministry</span>' in written
    assert "<p><figure" not in written


def test_a_picture_among_words_and_with_words_of_its_own():
    written = html("See ![The lamp of ward 3](picture:PIC-ABC234) there")
    assert 'alt="The lamp of ward 3"' in written
    assert "<figure" not in written


@pytest.mark.parametrize("text", ["![](picture:PIC-XXX999)", "a ![](picture:PIC-XXX999) b"])
def test_a_picture_that_is_not_there_is_said(text):
    assert "The picture PIC-XXX999 is not there." in html(text)
    assert "<img" not in html(text)


@pytest.mark.parametrize(
    "url", ["https://evil.example/a.png", "http://x/y", "javascript:x", "data:image/png,x"]
)
def test_a_picture_from_elsewhere_is_never_fetched(url):
    assert "<img" not in html(f"![x]({url})")


def test_a_reference_has_the_number_and_heading_of_its_section():
    written = html("See [](#S-AAA222) and [the roles](#S-AAA222).")
    assert '<a class="crossref" href="#S-AAA222">2.1 Roles &lt;script&gt;</a>' in written
    assert '<a class="crossref" href="#S-AAA222">the roles</a>' in written


def test_a_reference_to_nowhere_is_said():
    written = html("See [](#S-ZZZ999) and [words](#S-ZZZ999).")
    assert "The section S-ZZZ999 is not there." in written
    assert "href" not in written
    assert "words" in written


def test_notes_on_a_screen_stand_after_the_text_with_the_way_back():
    written = html("One[^a] two[^b] three[^a].\n\n[^a]: First *note*\n[^b]: Second", prefix="S-AAA222")
    assert '<a href="#S-AAA222-1" id="S-AAA222-1-from" aria-label="Note 1">1</a>' in written
    assert 'id="S-AAA222-1-from-2"' in written
    assert '<ol class="notes"><li id="S-AAA222-1">First <em>note</em>' in written
    assert 'href="#S-AAA222-2-from"' in written
    assert "[^a]" not in written


def test_notes_on_paper_stand_where_they_are_called():
    written = html("One[^a].\n\n[^a]: First\n\n    and more", notes="print")
    assert 'One<span class="footnote">First and more</span>.' in written
    assert '<ol class="notes"' not in written


def test_notes_belong_to_all_pieces_of_a_section():
    first, last = pieces_to_html(["One[^1]", "Two[^2]\n\n[^1]: A\n\n[^2]: B"])
    assert "notes" not in first.replace("note-call", "")
    assert last.count("<li") == 2
    assert 'href="#note-2"' in last


def test_a_note_without_a_text_stays_as_it_was_typed():
    assert "a[^9] b" in html("a[^9] b")
    assert "[^1]" in html("a[^1]\n\n[^1]: calls [^1] itself")


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "//evil", "#x"]
)
def test_no_link_leads_elsewhere(link):
    assert "href" not in html(f"[click]({link}) <{link}>")


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "<img src=x onerror=y>", "[^1]\n\n[^1]: <b>x"])
def test_html_is_shown_as_text(text):
    written = html(text)
    for tag in ("<script", "<img", "<b>"):
        assert tag not in written


def test_problems_in_says_each_once():
    text = "[](#S-ZZZ999) [](#S-ZZZ999) ![](picture:PIC-XXX999) ![](https://x.org/a.png) a[^1]\n\n[^2]: B"
    assert problems_in([text], pictures=PICTURES, sections=SECTIONS) == [
        "The section S-ZZZ999 is not there.",
        "The picture PIC-XXX999 is not there.",
        "A picture from elsewhere is not shown: add it to the pictures of the document.",
        "The note [^1] is called, but its text is missing.",
        "The note [^2] is called nowhere: it will not be shown.",
    ]
    assert problems_in(["fine"], pictures={}, sections={}) == []


def test_pictures_in():
    assert pictures_in(["![](picture:PIC-ABC234) ![](picture:pic-abc234)", "![](https://x/y.png)"]) == [
        "PIC-ABC234"
    ]


def test_headings_of_all_pieces_are_placed_together():
    assert pieces_to_html(["## a", "### b"], top_heading=3) == ["<h3>a</h3>\n", "<h4>b</h4>\n"]


SIGNS = st.sampled_from(
    ["![", "](picture:PIC-ABC234)", "[^1]", "\n\n[^1]: ", "](#S-AAA222)", "[", "<script>", "|", "a"]
)


@given(st.lists(SIGNS | st.text(max_size=8), max_size=25).map("".join))
def test_never_breaks_and_never_opens_a_script(text):
    for notes in ("web", "print"):
        assert "<script" not in html(text, notes=notes).lower()
    problems_in([text], pictures=PICTURES, sections=SECTIONS)


def test_a_long_note_that_is_called_again_and_again_does_not_fill_the_memory():
    text = "[^1] " * 6000 + "\n\n[^1]: " + "word " * 5900
    written = html(text, notes="print")
    assert len(written) < 300_000
    assert written.count("footnote") == 5  # the first, and those that fit
