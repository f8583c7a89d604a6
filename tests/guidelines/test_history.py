"""The history of sections: every save, readable, and an old state taken back."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.differences import SAME, Piece, pieces
from guidelines.models import Section, SectionRevision
from guidelines.reports.history import shortened
from guidelines.services.blocks import freeze_block
from guidelines.services.history import restore_section
from guidelines.services.holding import GuidelinesClosed
from guidelines.tracking import keep_baseline, keep_removal, keep_revision, revision_of
from tests.factories.committees import CommitteeAccessFactory
from tests.factories.guidelines import EditionFactory, SectionFactory


def save(section, body, *, by, heading=None):
    """As the page of a section does."""
    keep_baseline(section)
    section.body, section.heading = body, heading or section.heading
    section.row_version += 1
    section.updated_by = by
    section.save()
    keep_revision(section, by=by)


@pytest.fixture
def saved(section, coordinator, administrator):
    """Saved twice after its beginning: by Cora, then by Ada."""
    save(section, "Women decide.", by=coordinator)
    save(section, "Young women decide.", by=administrator, heading="The plan, short")
    return section


@pytest.fixture
def removed(guidelines, section, coordinator):
    """A section with a part that has a part, taken away."""
    part = SectionFactory(guidelines=guidelines, parent=section, heading="Part", body="Of it.", order=1)
    SectionFactory(guidelines=guidelines, parent=part, heading="Deep", body="Within.", order=1)
    keep_removal(section, by=coordinator)
    section.delete()
    return section.code


def history_of(section):
    return reverse("section_history", args=[section.guidelines.code, section.code])


def version_of(guidelines, code, version):
    return reverse("section_version", args=[guidelines.code, code, version])


def lines(response):
    return [(save.revision.heading, save.labels, save.who) for save in response.context["saves"]]


# Remembering


def test_keep_baseline_remembers_what_stood_before_history_began(section, coordinator):
    before = section.body
    save(section, "New.", by=coordinator)
    assert revision_of(section, 1).body == before
    assert revision_of(section, 1).at == section.created_at or revision_of(section, 1).at < section.updated_at
    assert revision_of(section, 2).body == "New."
    assert revision_of(section, 3) is None


def test_keep_baseline_twice_keeps_one(section):
    keep_baseline(section)
    keep_baseline(section)
    assert SectionRevision.objects.count() == 1


def test_keep_removal_remembers_the_parts_with_it(removed):
    gone = SectionRevision.objects.filter(removed=True).order_by("pk")
    assert [(row.heading, row.note) for row in gone] == [
        ("Deep", removed),
        ("Part", removed),
        ("The plan in brief", ""),
    ]


# The pages


def test_guidelines_history_tells_what_changed_and_by_whom(guidelines, saved, coordinator, signed_in):
    response = signed_in(coordinator).get(reverse("guidelines_history", args=[guidelines.code]))
    assert lines(response) == [
        ("The plan, short", ["heading", "text"], "Ada Administrator"),
        ("The plan in brief", ["text"], "Cora Coordinator"),
        ("The plan in brief", [], "not known"),
    ]


def test_guidelines_history_names_nobody_to_readers(guidelines, saved, oversight, signed_in):
    response = signed_in(oversight).get(reverse("guidelines_history", args=[guidelines.code]))
    assert {who for _heading, _labels, who in lines(response)} == {"the writers"}
    page = response.content.decode()
    assert "Cora" not in page
    assert "Ada Administrator" not in page


def test_guidelines_history_is_hidden_from_strangers(guidelines, saved, outsider, signed_in):
    url = reverse("guidelines_history", args=[guidelines.code])
    assert signed_in(outsider).get(url).status_code == 404


def test_guidelines_history_is_no_page_of_who_reads_editions_only(guidelines, saved, committee, signed_in):
    """A committee reads what was launched, not the drafts that led there."""
    EditionFactory(guidelines=guidelines)
    member = signed_in(CommitteeAccessFactory(committee=committee, role="committee_member").user)
    for url in (
        reverse("guidelines_history", args=[guidelines.code]),
        history_of(saved),
        version_of(guidelines, saved.code, 1),
    ):
        response = member.get(url)
        assert response.status_code == 403
        assert b"Women decide" not in response.content


def test_guidelines_history_finds_what_was_removed(guidelines, saved, removed, coordinator, signed_in):
    client = signed_in(coordinator)
    response = client.get(reverse("guidelines_history", args=[guidelines.code]), {"kind": "removed"})
    assert [heading for heading, _labels, _who in lines(response)] == ["The plan, short", "Part", "Deep"]
    assert response.content.count(b"Put it back</a>") == 3


def test_guidelines_history_found_nothing(guidelines, saved, coordinator, signed_in):
    response = signed_in(coordinator).get(
        reverse("guidelines_history", args=[guidelines.code]), {"q": "no such heading"}
    )
    assert "Nothing found" in response.content.decode()


def test_guidelines_history_of_new_guidelines_says_so(guidelines, coordinator, signed_in):
    response = signed_in(coordinator).get(reverse("guidelines_history", args=[guidelines.code]))
    assert "No history yet" in response.content.decode()


@pytest.mark.parametrize("count", [1, 5])
def test_guidelines_history_queries(count, guidelines, coordinator, signed_in, django_assert_num_queries):
    client = signed_in(coordinator)
    for number in range(count):
        save(SectionFactory(guidelines=guidelines), f"Text {number}", by=coordinator)
    with django_assert_num_queries(9):
        client.get(reverse("guidelines_history", args=[guidelines.code]))


@pytest.mark.parametrize("count", [1, 5])
def test_section_history_queries(count, section, coordinator, signed_in, django_assert_num_queries):
    client = signed_in(coordinator)
    for number in range(count):
        save(section, f"Text {number}", by=coordinator)
    with django_assert_num_queries(10):
        client.get(history_of(section))


def test_section_history_shows_words(saved, facilitator, signed_in):
    response = signed_in(facilitator).get(history_of(saved))
    changes = response.context["saves"][0].changes
    assert [change.label for change in changes] == ["Heading", "Text"]
    assert changes[1].pieces == pieces("Women decide.", "Young women decide.")
    assert b"<ins>" in response.content
    assert b"Bring version" not in response.content  # she reads


def test_section_history_of_what_never_was(guidelines, coordinator, signed_in):
    url = reverse("section_history", args=[guidelines.code, "S-NONE22"])
    assert signed_in(coordinator).get(url).status_code == 404


def test_section_history_compares_two_versions_in_either_order(saved, coordinator, signed_in):
    client = signed_in(coordinator)
    there = client.get(history_of(saved), {"from": "1", "to": "3"}).context["comparison"]
    back = client.get(history_of(saved), {"from": "3", "to": "1"}).context["comparison"]
    assert there == back
    assert (there.before.version, there.after.version) == (1, 3)
    assert there.changes[0].pieces == pieces("The plan in brief", "The plan, short")


@pytest.mark.parametrize(("first", "second"), [("1", "1"), ("x", "2"), ("", ""), ("9" * 30, "1"), ("7", "8")])
def test_section_history_compares_nothing_with_itself(first, second, saved, coordinator, signed_in):
    response = signed_in(coordinator).get(history_of(saved), {"from": first, "to": second})
    assert response.status_code == 200
    assert response.context["comparison"] is None
    assert "Choose two different versions" in response.content.decode()


def test_shortened_leaves_the_words_that_changed():
    long = " ".join(f"word{number}" for number in range(900))
    found = shortened(pieces(f"{long} old {long}", f"{long} new {long}"))
    assert [piece.text for piece in found if piece.kind != SAME] == ["old", "new"]
    assert sum(len(piece.text) for piece in found) < 300
    assert found[0].text.startswith(" … ")
    assert found[-1].text.endswith(" … ")


def test_shortened_keeps_a_short_text():
    assert shortened([Piece(SAME, "Short.")]) == [Piece(SAME, "Short.")]


# Taking back


def test_section_version_restores_as_a_new_version(guidelines, saved, coordinator, signed_in):
    client = signed_in(coordinator)
    url = version_of(guidelines, saved.code, 2)
    assert "Bring this state back?" in client.get(url).content.decode()
    response = client.post(url, {"row_version": 3})
    assert response.status_code == 302
    saved.refresh_from_db()
    assert (saved.heading, saved.body, saved.row_version) == ("The plan in brief", "Women decide.", 4)
    assert revision_of(saved, 4).note == "restored 2"
    assert revision_of(saved, 3).body == "Young women decide."
    assert AuditEvent.objects.get(verb="restored section").detail["version"] == 2


def test_section_version_restores_nothing_unseen(guidelines, saved, coordinator, signed_in):
    """Somebody saved since the page was opened."""
    response = signed_in(coordinator).post(version_of(guidelines, saved.code, 1), {"row_version": 2})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Somebody saved or removed this meanwhile" in page
    assert 'name="row_version" value="3"' in page
    saved.refresh_from_db()
    assert saved.body == "Young women decide."


@pytest.mark.parametrize("typed", ["", "x", "-1", "99999999999999"])
def test_section_version_without_a_version_restores_nothing(typed, guidelines, saved, coordinator, signed_in):
    response = signed_in(coordinator).post(version_of(guidelines, saved.code, 1), {"row_version": typed})
    assert response.status_code == 409


def test_section_version_is_refused_when_closed(guidelines, saved, coordinator, signed_in):
    guidelines.state = "validated"
    guidelines.save()
    client = signed_in(coordinator)
    url = version_of(guidelines, saved.code, 1)
    assert "Bring it back" not in client.get(url).content.decode()
    response = client.post(url, {"row_version": 3}, follow=True)
    assert "cannot be changed now" in response.content.decode()
    with pytest.raises(GuidelinesClosed):
        restore_section(revision_of(saved, 1), opened_version=3, by=coordinator)
    saved.refresh_from_db()
    assert saved.body == "Young women decide."


def test_section_version_is_read_but_not_restored_by_readers(guidelines, saved, facilitator, signed_in):
    client = signed_in(facilitator)
    url = version_of(guidelines, saved.code, 2)
    page = client.get(url).content.decode()
    assert "Women decide." in page
    assert 'name="row_version"' not in page
    assert client.post(url, {"row_version": 3}).status_code == 403


def test_section_version_names_blocks_instead_of_drawing_them(guidelines, section, coordinator, signed_in):
    keep_baseline(section)
    page = signed_in(coordinator).get(version_of(guidelines, section.code, 1)).content.decode()
    assert "Data of the country: Items of the National Action Plan, by pillar" in page


def test_section_version_puts_a_removed_section_back_with_its_parts(
    guidelines, second_section, removed, coordinator, signed_in
):
    gone = SectionRevision.objects.get(section_code=removed, removed=True)
    client = signed_in(coordinator)
    url = version_of(guidelines, removed, gone.version)
    page = client.get(url).content.decode()
    assert "Put this section back?" in page
    assert ">Part</li>" in page
    assert client.post(url, {"row_version": 0}).status_code == 302
    back = Section.objects.get(code=removed)
    assert (back.heading, back.row_version) == ("The plan in brief", gone.version + 1)
    assert back.order > second_section.order
    part = back.parts.get()
    assert part.heading == "Part"
    assert part.parts.get().heading == "Deep"


def test_section_version_put_back_twice_is_a_conflict(guidelines, removed, coordinator, signed_in):
    gone = SectionRevision.objects.get(section_code=removed, removed=True)
    client = signed_in(coordinator)
    url = version_of(guidelines, removed, gone.version)
    client.post(url, {"row_version": 0})
    assert client.post(url, {"row_version": 0}).status_code == 409
    assert Section.objects.filter(code=removed).count() == 1


def test_restore_section_of_a_part_whose_section_is_gone(guidelines, removed, coordinator):
    """It stands at the top then; put back later, its old section does not take a second one along."""
    part = SectionRevision.objects.get(heading="Part", removed=True)
    alone = restore_section(part, opened_version=0, by=coordinator)
    assert alone.parent is None
    assert alone.parts.get().heading == "Deep"
    whole = SectionRevision.objects.get(section_code=removed, removed=True)
    assert not restore_section(whole, opened_version=0, by=coordinator).parts.exists()


def test_restore_section_goes_no_deeper_than_three_levels(guidelines, section, coordinator):
    second = SectionFactory(guidelines=guidelines, parent=section)
    third = SectionFactory(guidelines=guidelines, parent=second)
    leaf = SectionFactory(guidelines=guidelines, parent=second)
    keep_removal(leaf, by=coordinator)
    leaf.delete()
    gone = SectionRevision.objects.get(removed=True)
    SectionRevision.objects.filter(pk=gone.pk).update(parent_code=third.code)
    gone.refresh_from_db()
    assert restore_section(gone, opened_version=0, by=coordinator).parent is None


def test_restore_section_with_parts_goes_no_deeper_when_its_place_went_deeper(
    guidelines, section, coordinator
):
    """Its parent became a part of another since: with its own part it would be on the fourth level."""
    parent = SectionFactory(guidelines=guidelines, heading="Parent", order=2)
    gone = SectionFactory(guidelines=guidelines, parent=parent, heading="Gone", order=1)
    part = SectionFactory(guidelines=guidelines, parent=gone, heading="Part", order=1)
    keep_removal(gone, by=coordinator)
    Section.objects.get(pk=gone.pk).delete()
    parent.parent = section
    parent.save()
    revision = SectionRevision.objects.get(section_code=gone.code, removed=True)
    restored = restore_section(revision, opened_version=0, by=coordinator)
    assert restored.parent is None
    assert Section.objects.get(code=part.code).parent == restored


def test_restore_section_drops_frozen_data_whose_mark_goes(section, coordinator):
    save(section, "No data.", by=coordinator)
    save(section, "{{resolutions}}", by=coordinator)
    freeze_block(section, "resolutions", today=datetime.date(2026, 11, 22), by=coordinator)
    restore_section(revision_of(section, 2), opened_version=section.row_version, by=coordinator)
    assert not section.frozen_blocks.exists()
