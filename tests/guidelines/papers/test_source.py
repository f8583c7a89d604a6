"""What a file is found by: a draft by its text and by all that draws it, an edition by its number alone."""

import ast
import re
from fnmatch import fnmatch
from pathlib import Path

import pytest
from django.template.loader import get_template

from core.exports import ExportState
from core.pdf.programs import ROOT
from guidelines.models import Export
from guidelines.papers import source
from guidelines.papers.source import LIBRARIES, PROGRAMS, TEMPLATES, made_by
from guidelines.services.papers import request_export
from tests.factories.guidelines import EditionFactory
from tests.test_architecture import ORDER

# What a paper is made of, and not how: other content of theirs is another value.
CONTENT = {"guidelines/document.py", "guidelines/models/__init__.py"}


@pytest.fixture
def upgrade(monkeypatch):
    """The portal gets another version of the engine, of a template's words, or of its programs."""

    def happens(name, value):
        monkeypatch.setattr(source, name, value)
        made_by.cache_clear()

    made_by.cache_clear()
    yield happens
    made_by.cache_clear()


UPGRADES = [
    ("drawn_by", lambda: "another engine"),
    ("PROGRAMS", (*PROGRAMS, "guidelines/apps.py")),
    ("TEMPLATES", TEMPLATES[1:]),
]


def done(export):
    Export.objects.filter(pk=export.pk).update(state=ExportState.DONE, file="guidelines/F-X.pdf", pages=1)
    return Export.objects.get(pk=export.pk)


@pytest.fixture
def stored(media):
    (media / "guidelines").mkdir()
    return (media / "guidelines/F-X.pdf").write_bytes(b"%PDF")


@pytest.mark.parametrize(("name", "value"), UPGRADES)
@pytest.mark.usefixtures("stored")
def test_draft_is_made_anew_after_an_upgrade(name, value, section, coordinator, upgrade):
    first = done(request_export(section.guidelines, by=coordinator))
    assert request_export(section.guidelines, by=coordinator) == first
    upgrade(name, value)
    assert request_export(section.guidelines, by=coordinator) != first


@pytest.mark.parametrize(("name", "value"), UPGRADES)
@pytest.mark.usefixtures("stored")
def test_edition_keeps_its_file_after_an_upgrade(name, value, guidelines, coordinator, upgrade):
    edition = EditionFactory(guidelines=guidelines)
    first = done(request_export(guidelines, edition=edition, by=coordinator))
    upgrade(name, value)
    assert request_export(guidelines, edition=edition, by=coordinator) == first


def test_made_by_is_another_for_other_words():
    assert made_by("fr") != made_by("ne")


def test_made_by_reads_the_compiled_words_of_its_language(upgrade, monkeypatch):
    asked = []
    upgrade("digest_of_programs", lambda *patterns, libraries: asked.extend(patterns) or "x")
    made_by("fr")
    assert (ROOT / asked[-1]).read_bytes()
    assert "/fr/" in asked[-1]


def test_programs_are_there():
    assert all(list(ROOT.glob(pattern)) for pattern in PROGRAMS)
    assert {"python-docx", "markdown-it-py"} <= set(LIBRARIES)


def test_programs_are_all_that_the_papers_use():
    """Whoever gives the papers another module to draw with names it in PROGRAMS."""
    papers = sorted((ROOT / "guidelines/papers").glob("*.py"))
    assert papers
    unnamed = {path for paper in papers for path in imported(paper)} - CONTENT
    unnamed -= {path for path in unnamed if path.startswith("core/pdf/")}  # drawn_by
    assert not [path for path in unnamed if not any(fnmatch(path, pattern) for pattern in PROGRAMS)]


def imported(path):
    """The modules of ours that are named at the top or in the functions of `path`."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] in ORDER:
            place = Path(*node.module.split("."))
            yield f"{place}.py" if (ROOT / f"{place}.py").exists() else f"{place}/__init__.py"


def test_templates_are_all_that_the_document_includes():
    included = {
        name
        for template in TEMPLATES
        for name in re.findall(r"""{% include ["']([^"']+)["']""", get_template(template).template.source)
    }
    assert included <= set(TEMPLATES)
