"""A document is found by its content and by the programs that draw it."""

import pytest

from core.pdf import programs
from core.pdf.programs import LIBRARIES, digest_of_programs, drawn_by


@pytest.fixture
def root(tmp_path, monkeypatch):
    """A portal of two programs."""
    monkeypatch.setattr(programs, "ROOT", tmp_path)
    (tmp_path / "core").mkdir()
    for name in ("draw", "tag"):
        (tmp_path / f"core/{name}.py").write_text(f"# how to {name}")
    return tmp_path


def digest():
    return digest_of_programs("core/*.py", "words/*.mo", libraries=("weasyprint",))


def test_digest_of_programs_is_that_of_what_stands_in_them(root):
    before = digest()
    assert digest() == before
    (root / "core/draw.py").touch()  # a day says nothing: a fresh copy of the same program is the same
    assert digest() == before


@pytest.mark.parametrize("path", ["core/draw.py", "core/new.py", "words/fr.mo"])
def test_digest_of_programs_is_another_after_an_upgrade(root, path):
    before = digest()
    (root / "words").mkdir()
    (root / path).write_text("# another way")
    assert digest() != before


def test_digest_of_programs_tells_where_one_ends_and_the_next_begins(root):
    before = digest()
    (root / "core/draw.py").rename(root / "core/drawn.py")
    assert digest() != before


def test_digest_of_programs_is_another_with_other_libraries(root, monkeypatch):
    before = digest()
    monkeypatch.setattr(programs, "version", lambda library: "999")
    assert digest() != before


def test_drawn_by_reads_all_of_the_engine_once():
    assert drawn_by() == digest_of_programs("core/pdf/*.py", libraries=LIBRARIES)
    assert drawn_by() is drawn_by()
    assert digest_of_programs("core/pdf/*.py") != digest_of_programs()
