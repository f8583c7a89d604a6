import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.prose import to_html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<style>body{display:none}</style>",
        "a <b onclick='x()'>bold</b>",
        "<!-- hidden --> <iframe src='//evil'></iframe>",
    ],
)
def test_to_html_shows_html_as_text(text):
    html = to_html(text)
    for tag in ("<script", "<img", "<style", "<b ", "<iframe", "<!--"):
        assert tag not in html


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil", "/accounts/"],
)
def test_to_html_links_only_to_web_and_mail(link):
    assert "href" not in to_html(f"[click]({link}) <{link}>")


def test_to_html_keeps_honest_links():
    assert '<a href="https://example.org/">' in to_html("[UN](https://example.org/)")


def test_to_html_draws_no_image():
    assert "<img" not in to_html("![x](https://example.org/a.png)")


def test_to_html_writes_no_inline_style_and_heads_what_heads():
    html = to_html("| a | b |\n|---|--:|\n| 1 | 2 |")
    assert "style=" not in html
    assert '<th scope="col"' in html
    assert 'class="text-end"' in html
    assert '<td data-label="b" class="text-end">2' in html


def test_to_html_writes_a_heading_into_a_cell_as_text():
    html = to_html('| a | **b** "<i>" |\n|---|---|\n| 1 | 2 |')
    assert 'data-label="b &quot;&lt;i&gt;&quot;"' in html


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# a\n\n## b", ["<h3>a", "<h4>b"]),
        ("### a\n\n### b", ["<h3>a", "<h3>b"]),
        ("## a\n\n##### b", ["<h3>a", "<h4>b"]),
        ("#### a\n\n# b", ["<h3>a", "<h3>b"]),
    ],
)
def test_to_html_skips_no_level_of_heading(text, tags):
    html = to_html(text)
    assert all(tag in html for tag in tags)


@given(st.text(max_size=300))
def test_to_html_never_breaks_and_never_opens_a_script(text):
    assert "<script" not in to_html(text).lower()
