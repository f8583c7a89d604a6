"""Texts on a paper say their language and direction where these are not the paper's."""

from django.utils.safestring import mark_safe

from core.papers import Fixed, isolated, speaking, written, written_prose
from core.prose import to_html

ARABIC = "المجلس المحلي"


def test_written_outside_of_a_paper_changes_nothing():
    assert written("<b>Council</b>") == "&lt;b&gt;Council&lt;/b&gt;"
    assert written_prose("<p>Council</p>") == "<p>Council</p>"
    assert isolated(ARABIC) == ARABIC


def test_written_says_what_differs():
    with speaking("ar", texts=["ar", "en"]):
        assert written(ARABIC) == ARABIC
        assert written("Council (town).") == '<span lang="en" dir="ltr">Council (town).</span>'
        assert written("12/2026") == "12/2026"
    with speaking("en", texts=["ne"]):
        assert written("कार्यपालिका") == '<span lang="ne">कार्यपालिका</span>'
        assert written("Council") == "Council"
        assert written(ARABIC) == f'<span lang="und-Arab" dir="rtl">{ARABIC}</span>'
    with speaking("en", texts=["sw"]):
        assert written("Baraza") == '<span lang="sw">Baraza</span>'
        assert written("Not stated", maybe_fixed=True) == written(Fixed("Not stated")) == "Not stated"


def test_written_escapes_once_and_keeps_what_is_safe():
    with speaking("fr", texts=["en"]):
        assert written("<script>") == '<span lang="en">&lt;script&gt;</span>'
        assert written(mark_safe("a<br>b")) == '<span lang="en">a<br>b</span>'
        assert written("&") == "&amp;"


def test_speaking_takes_no_language_that_is_none():
    with speaking("ar", texts=['en" onclick="', ""]):
        assert 'lang="und-Latn"' in written("Council")


def test_written_prose_says_it_of_each_block():
    html = to_html(
        f"{ARABIC}\n\nCouncil (town).\n\n- one\n- {ARABIC}\n\n| Office | {ARABIC} |\n|---|---|\n| 1 250 | 2 |"
    )
    with speaking("ar", texts=["ar", "en"]):
        said = written_prose(html)
    assert f"<p>{ARABIC}</p>" in said
    assert '<p lang="en" dir="ltr">Council (town).</p>' in said
    assert '<li><span lang="en" dir="ltr">one</span></li>' in said
    assert f"<li>{ARABIC}</li>" in said
    assert '<th lang="en" dir="ltr"' in said
    assert "1\u00a0250" in said


def test_isolated_sets_french_as_the_paper_does():
    """The line at the head of each page is no text of the page, which is typeset as a whole."""
    with speaking("fr", texts=["fr"]):
        assert isolated("Plan : 1 mars 2026") == "Plan\u00a0: 1er mars 2026"
    with speaking("en", texts=["fr"]):
        assert isolated("Plan : 1 mars 2026") == "Plan : 1 mars 2026"


def test_isolated_turns_back_at_its_end():
    with speaking("ar", texts=["en"]):
        assert isolated("Council (town).") == "\u2066Council (town).\u2069"
        assert isolated(ARABIC) == ARABIC
    with speaking("en", texts=["en"], direction="rtl"):
        assert isolated("Council") == "\u2066Council\u2069"
