"""guidelines.services.sections: writing, adding, moving and removing, with history; two people at once."""

import random

import pytest
from django.db import connection

from benchmarks.guidelines_together import SAVES, Session, at_once, in_turns, lost
from core.conflicts import EditConflict, RowRemoved
from guidelines.models import FrozenBlock, Section, SectionRevision
from guidelines.outline import outline_of
from guidelines.services.holding import GuidelinesClosed
from guidelines.services.sections import (
    SectionStays,
    add_section,
    move_section,
    remove_section,
    save_section,
)
from tests.factories.accounts import UserFactory
from tests.factories.guidelines import GuidelinesFactory, SectionFactory


@pytest.fixture
def by(db):
    return UserFactory()


@pytest.fixture
def tree(guidelines):
    """1 A with 1.1 B with 1.1.1 C; 2 D; 3 E."""

    def section(heading, order, parent=None):
        return SectionFactory(guidelines=guidelines, heading=heading, order=order, parent=parent)

    a = section("A", 1)
    b = section("B", 1, a)
    section("C", 1, b)
    section("D", 2)
    section("E", 3)
    return guidelines


def shown(guidelines):
    return [f"{entry.number} {entry.section.heading}" for entry in outline_of(guidelines.sections.all())]


def named(guidelines, heading):
    return guidelines.sections.get(heading=heading)


@pytest.mark.parametrize(
    ("heading", "to", "moved", "after"),
    [
        ("A", "down", True, ["1 D", "2 A", "2.1 B", "2.1.1 C", "3 E"]),
        ("E", "up", True, ["1 A", "1.1 B", "1.1.1 C", "2 E", "3 D"]),
        ("A", "up", False, None),
        ("E", "down", False, None),
        ("B", "down", False, None),
        ("D", "in", True, ["1 A", "1.1 B", "1.1.1 C", "1.2 D", "2 E"]),
        ("A", "in", False, None),
        ("B", "out", True, ["1 A", "2 B", "2.1 C", "3 D", "4 E"]),
        ("C", "out", True, ["1 A", "1.1 B", "1.2 C", "2 D", "3 E"]),
        ("D", "out", False, None),
    ],
)
def test_move_section(heading, to, moved, after, tree, by):
    before = shown(tree)
    assert move_section(named(tree, heading), to=to, by=by) is moved
    assert shown(tree) == (after or before)


def test_move_section_goes_no_deeper_than_three_levels(tree, by):
    d = named(tree, "D")
    SectionFactory(guidelines=tree, heading="D1", parent=d, order=1)
    SectionFactory(guidelines=tree, heading="D11", parent=named(tree, "D1"), order=1)
    with pytest.raises(SectionStays, match="three levels"):
        move_section(d, to="in", by=by)
    assert "2 D" in shown(tree)


def test_add_section_behind_a_part_and_at_the_end_of_one(tree, by):
    add_section(Section(guidelines=tree, heading="B2"), after=named(tree, "B"), by=by)
    add_section(Section(guidelines=tree, heading="D1"), parent=named(tree, "D"), by=by)
    add_section(Section(guidelines=tree, heading="F"), by=by)
    assert shown(tree) == ["1 A", "1.1 B", "1.1.1 C", "1.2 B2", "2 D", "2.1 D1", "3 E", "4 F"]
    assert SectionRevision.objects.filter(section_code=named(tree, "F").code, version=1).exists()


def test_add_section_refuses_a_fourth_level(tree, by):
    with pytest.raises(SectionStays):
        add_section(Section(guidelines=tree, heading="X"), parent=named(tree, "C"), by=by)


def test_remove_section_takes_its_parts_and_keeps_their_history(tree, by):
    codes = {named(tree, each).code for each in "ABC"}
    remove_section(named(tree, "A"), opened_version=1, by=by)
    assert shown(tree) == ["1 D", "2 E"]
    assert set(SectionRevision.objects.filter(removed=True).values_list("section_code", flat=True)) == codes


def test_remove_section_twice_or_changed(tree, by):
    a = named(tree, "A")
    with pytest.raises(EditConflict):
        remove_section(a, opened_version=2, by=by)
    remove_section(a, opened_version=1, by=by)
    with pytest.raises(RowRemoved):
        remove_section(a, opened_version=1, by=by)
    with pytest.raises(RowRemoved):
        move_section(a, to="up", by=by)
    with pytest.raises(RowRemoved):
        save_section(a, opened_version=1, by=by)


def test_every_write_of_closed_guidelines_is_refused(tree, by):
    tree.state = "validated"
    tree.save()
    d = named(tree, "D")
    for write in (
        lambda: save_section(d, opened_version=1, by=by),
        lambda: move_section(d, to="up", by=by),
        lambda: remove_section(d, opened_version=1, by=by),
        lambda: add_section(Section(guidelines=tree, heading="X"), by=by),
    ):
        with pytest.raises(GuidelinesClosed, match="Validated"):
            write()
    assert len(shown(tree)) == 5


def test_save_section_keeps_a_place_that_changed_meanwhile(tree, by):
    opened = named(tree, "D")
    move_section(named(tree, "D"), to="in", by=by)
    opened.body = "New"
    save_section(opened, opened_version=1, by=by)
    assert "1.2 D" in shown(tree)
    assert named(tree, "D").body == "New"


def test_save_section_forgets_what_was_frozen_for_a_mark_that_went(guidelines, by):
    section = SectionFactory(guidelines=guidelines, body="{{resolutions}}")
    FrozenBlock.objects.create(section=section, kind="resolutions", as_of="2026-01-01", content={})
    section.body = "None"
    save_section(section, opened_version=1, by=by)
    assert not FrozenBlock.objects.exists()


def test_any_series_of_moves_keeps_every_section_once(tree, by):
    chance = random.Random(1325)  # noqa: S311 - a repeatable mixture
    for _turn in range(120):
        section = chance.choice(list(tree.sections.all()))
        try:
            move_section(section, to=chance.choice(["up", "down", "in", "out"]), by=by)
        except SectionStays:
            continue
        entries = outline_of(tree.sections.all())
        assert sorted(entry.section.heading for entry in entries) == list("ABCDE")
        assert max(entry.level for entry in entries) <= 3


# --- Two sessions save the same section a thousand times in random order -------------------------


def check(section, sessions):
    """Every successful save stands in the text and in the history."""
    assert lost(section, sessions) == []
    assert sum(len(session.saved) for session in sessions) == SAVES
    assert sum(session.conflicts for session in sessions) > 0
    assert section.row_version == SAVES + 1
    assert SectionRevision.objects.filter(section_code=section.code).count() == SAVES + 1


def test_two_sessions_lose_nothing_in_turns(by):
    section = SectionFactory(guidelines=GuidelinesFactory(), body="Begun")
    sessions = [Session(section.pk, by, "m"), Session(section.pk, UserFactory(), "s")]
    in_turns(sessions)
    check(section, sessions)


@pytest.mark.django_db(transaction=True)
def test_two_sessions_lose_nothing_at_once(by):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite in memory has one connection: there they take turns")
    section = SectionFactory(guidelines=GuidelinesFactory(), body="Begun")
    sessions = [Session(section.pk, by, "m"), Session(section.pk, UserFactory(), "s")]
    at_once(sessions)
    check(section, sessions)
