"""Rules for every template: used, small, without inline code, in the reader's language."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.apps import apps

from tests.inline_code import inline_code

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "templates"
LONGEST = 200

TEMPLATES = sorted(FOLDER.rglob("*.html"))
EACH = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(FOLDER)))

# Made into PDF, never sent to a browser: the style sheet travels inside the document.
PRINTED = {
    "guidelines/document.html",
    "core/paper/base.html",
}

# Said of whatever was removed while somebody wrote: the one page of no app.
WITHOUT_A_LIST = {"removed.html"}

# Asked for by name: the refusals of Django, and that of allauth's rate limits.
BY_NAME = {"403.html", "403_csrf.html", "404.html", "429.html", "500.html"}

COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|<!--.*?-->", re.S)
TRANSLATED = re.compile(r"{%\s*blocktrans(late)?\b.*?endblocktrans(late)?\s*%}", re.S)
TAG = re.compile(r"{%.*?%}|{{.*?}}", re.S)
ELEMENT = re.compile(r"<[^>]*>", re.S)
CODE = re.compile(r"<(code|script|style)\b.*?</\1>", re.S | re.I)
READ_ALOUD = re.compile(r"\b(?:aria-label|title|alt|placeholder|aria-description)=([\"'])(.*?)\1", re.S)
COLOUR = re.compile(r"#[0-9a-f]{3,8}\b", re.I)
WORD = re.compile(r"[^\W\d_]{3,}")


def name_of(path):
    return str(path.relative_to(FOLDER))


def source_of(path):
    return COMMENT.sub("", path.read_text(encoding="utf-8"))


def overrides_a_package(name):
    """Whether a package brings a template of that name: ours stands before it."""
    folders = [Path(config.path) for config in apps.get_app_configs() if Path(config.path).parent != ROOT]
    return any((folder / "templates" / name).exists() for folder in folders)


def test_no_template_is_unused():
    python = "\n".join(
        path.read_text(encoding="utf-8")
        for config in apps.get_app_configs()
        if Path(config.path).parent == ROOT
        for path in Path(config.path).rglob("*.py")
    )
    html = {path: source_of(path) for path in TEMPLATES}

    def is_used(path):
        name = name_of(path)
        if name in BY_NAME or overrides_a_package(name) or name in python:
            return True
        return any(name in source for other, source in html.items() if other != path)

    unused = [name_of(path) for path in TEMPLATES if not is_used(path)]
    assert not unused


@EACH
def test_template_is_small(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@EACH
def test_template_has_nothing_inline(path):
    """The Content-Security-Policy is default-src 'self': a browser would refuse it."""
    allowed = {"style element"} if name_of(path) in PRINTED else set()
    assert inline_code(TAG.sub("", source_of(path))) <= allowed


@EACH
def test_components_are_included_with_only(path):
    included = re.findall(r"{%\s*include\s+[\"']components/[^%]*%}", source_of(path))
    assert not [tag for tag in included if not re.search(r"\sonly\s*%}", tag)]


@EACH
def test_form_included_with_only_gets_the_token(path):
    """`only` keeps the token out, and the form is refused: the test client does not notice."""
    without = []
    for tag in re.findall(r"{%\s*include\s+[^%]*\sonly\s*%}", source_of(path)):
        name = re.search(r"include\s+[\"']([^\"']+)", tag)
        if name and "csrf_token" in source_of(FOLDER / name[1]) and "csrf_token=csrf_token" not in tag:
            without.append(tag)
    assert not without


@pytest.mark.parametrize("path", sorted((FOLDER / "components").glob("*.html")), ids=lambda path: path.name)
def test_component_says_what_it_takes(path):
    assert path.read_text(encoding="utf-8").startswith("{# inputs:")


@EACH
def test_crumbs_lead_back_and_say_where_one_is(path):
    """One pattern: a named list in order, from a list that belongs to nothing down to the page itself, which
    is marked; each step a link."""
    source = source_of(path)
    lists = re.findall(r"(<nav[^>]*>)?<(\w+) class=\"crumbs\">(.*?)</\2>", source, re.S)
    assert source.count('class="crumbs"') == len(lists)
    for nav, element, steps in lists:
        assert (nav, element) == ("<nav aria-label=\"{% translate 'You are here' %}\">", "ol")
        *back, here = re.findall(r"<li[^>]*>", steps)
        assert here == '<li aria-current="page">'
        assert set(back) == {"<li>"}
        if name_of(path) not in WITHOUT_A_LIST:
            assert re.match(r"(\s|{% if [^%]*%})*<li><a href=\"{% url '\w+' %}\">", steps), "the list first"
    for tag in re.findall(r"{%\s*include\s+[\"'][^\"']*crumbs\.html[^%]*%}", source):
        assert " here=" in tag, "the last step is the page itself"


@EACH
def test_text_is_translatable(path):
    """Words outside of translate and blocktranslate. Names that are the same everywhere stand apart."""
    source = TRANSLATED.sub("", source_of(path))
    attributes = [TAG.sub("", match[1]) for match in READ_ALOUD.findall(source)]
    text = ELEMENT.sub(" ", CODE.sub(" ", TAG.sub(" ", source)))
    words = [word for part in [text, *attributes] for word in WORD.findall(COLOUR.sub("", unescape(part)))]
    assert not words
