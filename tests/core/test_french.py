"""French signs keep to the word before them when a text is drawn; what is stored stays as typed."""

import pytest
from django.template import Context, Template
from django.utils import translation

from core.french import typeset, typeset_html

N = "\u00a0"


@pytest.mark.parametrize(
    ("typed", "drawn"),
    [
        ("Eau : où ? Ici ; là !", f"Eau{N}: où{N}? Ici{N}; là{N}!"),
        ("le « Plan » adopté", f"le «{N}Plan{N}» adopté"),
        ("50 % des voix", f"50{N}% des voix"),
        ("Eau: où? «Ici»", "Eau: où? «Ici»"),
        ("à 10:30, voir https://example.org/?a=1", "à 10:30, voir https://example.org/?a=1"),
        ("ligne\n : suite", "ligne\n : suite"),
        (f"déjà{N}: fait", f"déjà{N}: fait"),
        ("le 1 août 2026, du 1 mars 2026", "le 1er août 2026, du 1er mars 2026"),
        ("1–3 mars 2026, 11 mars 2026, 2.1 mars 2026", "1–3 mars 2026, 11 mars 2026, 2.1 mars 2026"),
        ("phase 1 mars", "phase 1 mars"),
        ("", ""),
    ],
)
def test_typeset(typed, drawn):
    assert typeset(typed) == drawn
    assert typeset(drawn) == drawn


@pytest.mark.parametrize(
    ("html", "drawn"),
    [
        ("<p>Eau : <b>où</b> ?</p>", f"<p>Eau{N}: <b>où</b>{N}?</p>"),
        ("<code>a ? b : c</code> : voir", f"<code>a ? b : c</code>{N}: voir"),
        ('<a href="/?q=a : b">a : b</a> : voir', f'<a href="/?q=a : b">a : b</a>{N}: voir'),
        ("<pre>a\n<code>b : c</code> : d</pre>", "<pre>a\n<code>b : c</code> : d</pre>"),
        ("&lt;eau&gt; : où &amp; quand ?", f"&lt;eau&gt;{N}: où &amp; quand{N}?"),
    ],
)
def test_typeset_html(html, drawn):
    assert typeset_html(html) == drawn


@pytest.mark.parametrize(("language", "space"), [("fr", N), ("en", " "), ("ar", " ")])
def test_a_paper_is_typeset_where_its_words_are_french(language, space):
    page = Template("{% load joints %}{% filter typeset %}<p>{{ typed }}</p>{% endfilter %}")
    with translation.override(language):
        said = page.render(Context({"typed": "<Eau> : où"}))
    assert said == f"<p>&lt;Eau&gt;{space}: où</p>"


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_paper_is_typeset(language):
    page = Template('{% extends "core/paper/base.html" %}{% block body %}<p>Où ?</p>{% endblock %}')
    with translation.override(language):
        said = page.render(Context({"head": {"language": language, "direction": "ltr"}}))
    assert (f"<p>Où{N}?</p>" if language == "fr" else "<p>Où ?</p>") in said
