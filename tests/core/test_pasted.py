"""core.pasted: a text with tags becomes light markup, and none of its words is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.pasted import without_tags
from plans.forms.fields import HTML_TAG

WORD = """<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style>p.MsoNormal {margin:0}</style>
<p class=MsoNormal style='x'><b>The council</b> decides<o:p></o:p></p>
<ul><li>Women</li><li>Men<ol><li>old</li></ol></li></ul>
<table><tr><td><p>Who</p></td><td>What</td></tr><tr><td>Mayor</td><td>signs | seals</td></tr></table>"""


def test_a_word_processors_text():
    assert without_tags(WORD) == (
        "**The council** decides\n\n- Women\n- Men\n    1. old\n\n"
        "| Who | What |\n|---|---|\n| Mayor | signs \\| seals |"
    )


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("**kept** and\n\n- a\n- b\n\n{{adopted_plans}}", "**kept** and\n\n- a\n- b\n\n{{adopted_plans}}"),
        ("5 < 6 & 7 > 2", "5 < 6 & 7 > 2"),
        ("<h2>Roles</h2>Text", "### Roles\n\nText"),
        ("<i>so</i> <em>it</em> is", "*so* *it* is"),
        ("a<br>b", "a\nb"),
        ('<a href="https://un.org">UN</a> <a href="javascript:x">J</a>', "[UN](https://un.org) J"),
        (
            "<https://un.org/a> <me@un.org>",
            "[https://un.org/a](https://un.org/a) [me@un.org](mailto:me@un.org)",
        ),
        ("a<script>alert(1)</script>b", "ab"),
        ("<st1:place>Kenema</st1:place><![endif]>", "Kenema"),
        ("&lt;b&gt; stays words", "< b> stays words"),
        ("before <!-- never closed", "before <!-- never closed"),
        ("<style>never closed", "never closed"),
    ],
)
def test_without_tags(text, clean):
    assert without_tags(text).strip() == clean


LETTERS = st.text(alphabet="abc अक ", max_size=12)
TAGS = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "<li>",
        "<ul>",
        "</ul>",
        "<o:p>",
        "<span style='x'>",
    ]
)


@given(st.lists(LETTERS | TAGS, max_size=30))
def test_no_word_is_lost_and_no_tag_stays(pieces):
    text = " ".join(pieces)
    clean = without_tags(text)
    assert not HTML_TAG.search(clean)
    assert re.findall(r"[abcअक]+", clean) == [
        word for piece in pieces if "<" not in piece for word in re.findall(r"[abcअक]+", piece)
    ]


def test_a_text_far_too_long_is_left_alone():
    text = "<b>" * 200_000
    assert without_tags(text) == text
