"""Every kind of paper in every script of the countries: an independent checker has nothing to say, no
letter is a box, and what was written can be read back."""

import ast
import re

import pymupdf
import pytest
from django.utils import timezone

from tests.papers.kinds import CALLERS, KINDS, TODAY
from tests.papers.scene import scene_of
from tests.papers.words import SCRIPTS
from tests.pdf_checks import assert_accessible
from tests.workshops.paper_words import ROOT

TOLERATED = {
    "TAG-002": "heads and feet that run through all pages are put aside: a voice does not say them on each",
    "TXT-004": "a font draws one Devanagari sign in several widths: all of them are that sign",
    "TBL-012": "cells are empty where somebody writes by hand",
}
# Once for each script: Serbian has the letters of Ukrainian.
MATRIX = [script for script in SCRIPTS if script != "cyrillic_serbian"]
# Signs that steer and are not drawn.
UNSEEN = re.compile("[\u200b-\u200f\u2060\u2066-\u2069\u00ad]")


@pytest.fixture
def scene(request, db, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: TODAY)
    return scene_of(SCRIPTS[request.param])


@pytest.mark.parametrize("scene", MATRIX, indirect=True)
def test_every_paper_is_accessible_and_shows_every_letter(scene):
    for kind, draw in KINDS.items():
        rendered = draw(scene)
        try:
            assert_accessible(rendered.content, tolerate=TOLERATED)
            assert_drawn_with_our_fonts(rendered.content)
        except AssertionError as wrong:
            raise AssertionError(f"{kind}: {wrong}") from wrong


def assert_drawn_with_our_fonts(content):
    """Embedded and subset, of the families that were designed together, and no letter without its drawing."""
    with pymupdf.open(stream=content) as document:
        boxes = [
            chr(letter[0])
            for page in document
            for span in page.get_texttrace()
            for letter in span["chars"]
            if letter[1] == 0
        ]
        assert not boxes, f"no drawing for {sorted(set(boxes))}"
        fonts = {font[3] for page in document for font in page.get_fonts()}
    assert fonts
    assert all(re.fullmatch(r"[A-Z]{6}\+Noto-Sans.*", font) for font in fonts), fonts


@pytest.mark.parametrize("scene", SCRIPTS, indirect=True)
def test_papers_say_in_which_language_each_text_is(scene):
    """Nepali texts among English words: each with its voice."""
    rendered = KINDS["agenda"](scene)
    with pymupdf.open(stream=rendered.content) as document:
        said = "".join(page.get_text() for page in document)
        objects = "".join(document.xref_object(number) for number in range(1, document.xref_length()))
    words = scene.words
    if scene.paper_language == words.language:
        assert f"/Lang ({words.language})" in objects
    else:
        assert "/Lang (en)" in objects
        assert f"/Lang ({words.language})" in objects
    if words.language not in {"ar", "ne"}:  # their letters stand in another order on paper than in the text
        assert UNSEEN.sub("", words.committee) in re.sub(r"\s+", " ", UNSEEN.sub("", said))


def callers_of(name):
    """The functions of the portal in which a PDF is drawn."""
    for path in sorted(ROOT.glob("*/**/*.py")):
        app = path.relative_to(ROOT).parts[0]
        if app in {"tests", "benchmarks", "core", ".venv"} or name not in path.read_text(encoding="utf-8"):
            continue
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and any(
                isinstance(node, ast.Call) and getattr(node.func, "id", "") == name
                for node in ast.walk(function)
            ):
                yield f"{path.relative_to(ROOT)}:{function.name}"


def test_every_paper_stands_in_the_matrix():
    """Whoever draws a new PDF names it in CALLERS, and draws it in KINDS."""
    assert {*callers_of("render_now"), *callers_of("make_document")} == set(CALLERS)
    assert {kind for kinds in CALLERS.values() for kind in kinds} == set(KINDS)


def test_every_paper_is_drawn_within_limits():
    """While somebody waits by core.pdf.now, in the background by core.export_work: both have limits."""
    assert not [*callers_of("render_pdf"), *callers_of("render_limited")]
