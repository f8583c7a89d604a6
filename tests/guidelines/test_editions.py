"""Launching freezes an edition for ever; its files are made once; what changed since the one before."""

import datetime
import hashlib

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.exports import ExportState, Failure
from guidelines import rendering
from guidelines.document import digest_of
from guidelines.gates import NotReady
from guidelines.models import Edition, EditionFrozen, Export, Guidelines, GuidelinesMove
from guidelines.reports.edition_changes import changes_since
from guidelines.services.editions import publish
from guidelines.services.moving import MoveRefused
from guidelines.services.papers import request_export
from tests.factories.guidelines import (
    EditionFactory,
    EndorsementFactory,
    ExportFactory,
    PictureFactory,
    SectionFactory,
    SignatoryFactory,
)

D = datetime.date
TODAY = D(2026, 11, 22)


@pytest.fixture
def signatory(country):
    return SignatoryFactory(country=country, institution="Ministry of Gender")


@pytest.fixture
def endorsed(guidelines, section, second_section, signatory):
    return endorse(guidelines, signatory)


def endorse(guidelines, signatory, number=1):
    EndorsementFactory(
        guidelines=guidelines,
        signatory=signatory,
        institution=signatory.institution,
        edition_number=number,
        on=D(2026, 11, 1),
    )
    Guidelines.objects.filter(pk=guidelines.pk).update(state="endorsed")
    return Guidelines.objects.select_related("country", "nap").get(pk=guidelines.pk)


def launch(guidelines, by, **changes):
    return publish(guidelines, **({"on": TODAY, "by": by, "today": TODAY} | changes))


def test_publish_freezes_moves_and_asks_for_the_pdf(endorsed, coordinator):
    edition = launch(endorsed, coordinator)
    endorsed.refresh_from_db()
    assert (edition.number, edition.launched_on, endorsed.state) == (1, TODAY, "launched")
    assert edition.digest == digest_of(edition.content)
    assert edition.content["endorsements"][0]["institution"] == "Ministry of Gender"
    assert GuidelinesMove.objects.get().now == "launched"
    export = Export.objects.get()
    assert (export.edition, export.state, export.format) == (edition, ExportState.QUEUED, "pdf")
    assert AuditEvent.objects.filter(verb="launched guidelines").count() == 1


def test_publish_stays_as_it_was_when_text_and_data_change(endorsed, coordinator, section, nap):
    edition = launch(endorsed, coordinator)
    section.body = "Other words."
    section.save()
    nap.provisions.update(text="Another item")
    again = Edition.objects.get()
    assert again.content == edition.content
    assert digest_of(again.content) == edition.digest
    with pytest.raises(EditionFrozen):
        again.save()


def test_publish_without_a_signature_names_the_institution(guidelines, section, signatory, coordinator):
    guidelines.state = "validated"
    guidelines.save()
    with pytest.raises(NotReady, match="Ministry of Gender"):
        launch(guidelines, coordinator)
    assert not Edition.objects.exists()


def test_publish_twice_makes_one(endorsed, coordinator):
    launch(endorsed, coordinator)
    with pytest.raises(MoveRefused):
        launch(endorsed, coordinator)
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("state", ["drafting", "field_test", "revision", "launched", "rolled_out", "retired"])
def test_publish_from_any_other_state_is_refused(state, endorsed, coordinator):
    endorsed.state = state
    endorsed.save()
    with pytest.raises(MoveRefused):
        launch(endorsed, coordinator)


def test_publish_with_a_picture_of_people_who_did_not_agree_is_refused(endorsed, coordinator, second_section):
    picture = PictureFactory(guidelines=endorsed, shows_people=True, alt="Two councillors")
    second_section.body = f"![](picture:{picture.code})"
    second_section.save()
    with pytest.raises(NotReady, match="Two councillors"):
        launch(endorsed, coordinator)
    picture.consent = "Signed forms, kept by the ministry"
    picture.save()
    assert list(launch(endorsed, coordinator).pictures.all()) == [picture]


def test_publish_of_an_unknown_block_is_refused_with_its_section(endorsed, coordinator, second_section):
    second_section.body = "{{no_such_thing}}"
    second_section.save()
    with pytest.raises(NotReady, match="Roles"):
        launch(endorsed, coordinator)


def test_revision_leaves_the_edition_before_as_it_was(endorsed, coordinator, signatory, section):
    first = launch(endorsed, coordinator)
    section.body = "First words, and more.\n\n{{nap_items_by_pillar}}"
    section.save()
    SectionFactory(guidelines=endorsed, order=9, heading="New one")
    second = launch(endorse(endorsed, signatory, 2), coordinator, reason="The law changed.")
    assert (second.number, second.reason) == (2, "The law changed.")
    assert Edition.objects.get(number=1).digest == first.digest
    changes = changes_since(first, second)
    assert [(each.kind, each.heading) for each in changes] == [
        ("rewritten", "The plan in brief"),
        ("added", "New one"),
    ]
    assert ", and more" in "".join(piece.text for piece in changes[0].pieces if piece.kind == "added")
    assert [each.kind for each in changes_since(second, first)] == ["rewritten", "removed"]


def test_file_of_an_edition_is_found_whatever_the_templates_become(endorsed, coordinator, media, monkeypatch):
    edition = launch(endorsed, coordinator)
    monkeypatch.setattr("guidelines.papers.source.made_by", lambda language: "another library")
    assert request_export(endorsed, edition=edition, by=coordinator) == Export.objects.get()


def test_file_of_an_edition_that_was_lost_is_made_again_and_compared(
    endorsed, coordinator, media, signed_in, monkeypatch
):
    edition = launch(endorsed, coordinator)
    first = Export.objects.get()
    draw(first, monkeypatch)
    first.refresh_from_db()
    assert first.file_digest == hashlib.sha256(b"%PDF made").hexdigest()
    first.file.storage.delete(first.file.name)
    client = signed_in(coordinator)
    response = client.post(reverse("guidelines_export", args=[endorsed.code]), {"edition": 1}, follow=True)
    assert "The stored file was lost. It is made again" in response.content.decode()
    second = Export.objects.exclude(pk=first.pk).get()
    first.refresh_from_db()
    assert (first.error, second.edition) == (Failure.LOST, edition)
    draw(second, monkeypatch)
    assert "is the same, byte for byte" in client.get(second.get_absolute_url()).content.decode()
    Export.objects.filter(pk=second.pk).update(file_digest="1" * 64)
    assert "its checksum is another" in client.get(second.get_absolute_url()).content.decode()


def test_edition_whose_file_was_lost_says_so_and_offers_to_make_it_again(
    endorsed, coordinator, signed_in, media, monkeypatch
):
    edition = launch(endorsed, coordinator)
    export = Export.objects.get()
    draw(export, monkeypatch)
    export.refresh_from_db()
    export.file.storage.delete(export.file.name)
    client = signed_in(coordinator)
    for url in (f"/guidelines/{endorsed.code}/editions/", edition.get_absolute_url()):
        page = client.get(url).content.decode()
        assert "The stored file was lost." in page
        assert "Make it again" in page
        assert 'file/?format=pdf"' not in page
    kept = client.get(f"{edition.get_absolute_url()}file/", follow=True)
    assert kept.redirect_chain[-1][0] == edition.get_absolute_url()
    assert "Ask for it again" in client.get(export.get_absolute_url()).content.decode()


def draw(export, monkeypatch):
    monkeypatch.setattr(
        "core.export_work.render_limited", lambda *args, **kwargs: rendering.Rendered(b"%PDF made", 3)
    )
    rendering.render_export(export.code)


@pytest.mark.parametrize("count", [1, 5])
def test_guidelines_editions_asks_the_same_for_one_and_five(
    count, signed_in, oversight, guidelines, django_assert_num_queries, media
):
    for number in range(1, count + 1):
        edition = EditionFactory(guidelines=guidelines, number=number)
        ExportFactory(guidelines=guidelines, edition=edition, file_digest="f" * 64)
    client = signed_in(oversight)
    with django_assert_num_queries(6):
        page = client.get(f"/guidelines/{guidelines.code}/editions/").content.decode()
    assert f"Edition {count}" in page
    assert "f" * 64 in page


def test_guidelines_editions_before_the_first_says_what_to_do(signed_in, oversight, guidelines):
    page = signed_in(oversight).get(f"/guidelines/{guidelines.code}/editions/").content.decode()
    assert "No edition yet" in page
    assert "See what is missing" in page


def test_guidelines_edition_shows_the_frozen_text_and_what_changed(
    endorsed, coordinator, signatory, section, signed_in, oversight
):
    launch(endorsed, coordinator)
    section.body = "Later words."
    section.save()
    launch(endorse(endorsed, signatory, 2), coordinator, reason="The law changed.")
    client = signed_in(oversight)
    first = client.get(f"/guidelines/{endorsed.code}/editions/1/").content.decode()
    assert "First words." in first
    assert "Later words." not in first
    assert "This is not what holds today" in first
    second = client.get(f"/guidelines/{endorsed.code}/editions/2/").content.decode()
    assert "What changed since edition 1" in second
    assert "The law changed." in second
    assert "Word by word" in second


def test_edition_file_is_served_when_made_and_404_before(endorsed, coordinator, signed_in, oversight, media):
    edition = launch(endorsed, coordinator)
    client, url = signed_in(oversight), f"/guidelines/{endorsed.code}/editions/1/file/"
    assert client.get(url).status_code == 404
    Export.objects.all().delete()
    ExportFactory(guidelines=endorsed, edition=edition)
    response = client.get(url)
    assert b"".join(response.streaming_content) == b"%PDF-test"
    assert f"{endorsed.code}-edition-1.pdf" in response["Content-Disposition"]
    assert client.get(f"{url}?format=docx").status_code == 404


def test_committee_reads_the_edition_and_no_draft(
    endorsed, coordinator, secretary, section, signed_in, media
):
    launch(endorsed, coordinator)
    section.body = "Secret draft."
    section.save()
    Guidelines.objects.update(state="revision")
    draft = ExportFactory(guidelines=endorsed)
    client = signed_in(secretary)
    page = client.get(endorsed.get_absolute_url()).content.decode()
    assert "First words." in page
    assert "Secret draft." not in page
    assert "This is edition 1" in page
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(f"{draft.get_absolute_url()}file/").status_code == 404


def test_guidelines_export_that_would_be_printed_wrong_is_refused_before_anything_is_queued(
    signed_in, coordinator, section
):
    section.body = "{{no_such_thing}}"
    section.save()
    response = signed_in(coordinator).post(f"/guidelines/{section.guidelines.code}/export/")
    assert response.status_code == 409
    assert "Section 1 The plan in brief" in response.content.decode()
    assert not Export.objects.exists()


def test_guidelines_export_of_what_is_out_is_the_edition_never_a_draft(endorsed, coordinator, signed_in):
    edition = launch(endorsed, coordinator)
    response = signed_in(coordinator).post(f"/guidelines/{endorsed.code}/export/", {"format": "docx"})
    export = Export.objects.get(format="docx")
    assert export.edition == edition
    assert response.url == export.get_absolute_url()


def test_export_cancel_stops_it(signed_in, coordinator, oversight, section):
    export = request_export(section.guidelines, by=coordinator)
    url = f"{export.get_absolute_url()}cancel/"
    assert signed_in(oversight).post(url).status_code == 403
    assert "Stop" in signed_in(coordinator).get(export.get_absolute_url()).content.decode()
    signed_in(coordinator).post(url)
    export.refresh_from_db()
    assert (export.state, export.error) == (ExportState.FAILED, Failure.CANCELLED)
    rendering.render_export(export.code)
    export.refresh_from_db()
    assert not export.file


def test_render_export_of_a_word_document(coordinator, section, media):
    export = request_export(section.guidelines, kind="docx", by=coordinator)
    rendering.render_export(export.code)
    export.refresh_from_db()
    assert (export.state, export.pages) == (ExportState.DONE, None)
    with export.file.open() as opened:
        assert opened.read(2) == b"PK"
    assert export.file.name.endswith(".docx")
