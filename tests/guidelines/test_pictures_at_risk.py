"""Pictures of workshops at high risk: refused, drawn in no new document, and said before publishing (F36)."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.stored_files import encrypted
from guidelines import gates
from guidelines.document import document_of
from guidelines.gates import NotReady
from guidelines.models import Guidelines, Picture
from guidelines.papers.screen import edition_on_screen
from guidelines.reports.preview import shown_pictures
from guidelines.services.copying import copy_pictures
from guidelines.services.editions import publish
from guidelines.services.moving import validate_guidelines
from tests.factories.guidelines import (
    EndorsementFactory,
    GuidelinesFactory,
    PictureFactory,
    SectionFactory,
    SignatoryFactory,
)
from tests.factories.workshops import WorkshopFactory
from tests.guidelines.test_pictures import WORDS, sent, url

pytestmark = pytest.mark.usefixtures("media")
TODAY = datetime.date(2026, 9, 1)
WORDS_AT_RISK = "is of a workshop at high risk: it is not published any more"


@pytest.fixture
def picture(guidelines, workshop):
    picture = PictureFactory(guidelines=guidelines, workshop=workshop, file__data=encrypted(b"seen").read())
    SectionFactory(guidelines=guidelines, heading="Lamps", body=f"Look:\n\n![](picture:{picture.code})")
    return picture


@pytest.fixture
def endorsed(guidelines, picture, country, coordinator):
    signatory = SignatoryFactory(country=country, institution="Ministry of Gender")
    validate_guidelines(guidelines, reason="Known text", by=coordinator, today=TODAY)
    EndorsementFactory(
        guidelines=guidelines, signatory=signatory, institution=signatory.institution, on=TODAY
    )
    Guidelines.objects.filter(pk=guidelines.pk).update(state="endorsed")
    guidelines.refresh_from_db()
    return guidelines


def becomes_high(workshop):
    workshop.risk_level = "high"
    workshop.save()


def drawn(guidelines):
    return set(document_of(guidelines, today=TODAY)["pictures"])


@pytest.fixture
def new(guidelines):
    return reverse("picture_new", args=[guidelines.code])


def test_picture_new_offers_workshops_of_the_country_by_place_and_month(
    signed_in, coordinator, workshop, elsewhere, new
):
    far = WorkshopFactory(locality=elsewhere, title="Far away")
    gone = WorkshopFactory(locality=workshop.locality, state="cancelled", title="Never held")
    page = signed_in(coordinator).get(new).content.decode()
    assert f'<option value="{workshop.code}">' in page
    assert "At no workshop of the portal" in page
    for other in (far, gone):
        assert other.code not in page
        assert other.title not in page
    assert signed_in(coordinator).post(new, sent(workshop=far.code)).status_code == 422


def test_picture_new_is_of_no_workshop_unless_one_is_chosen(signed_in, coordinator, workshop, new):
    client = signed_in(coordinator)
    assert client.post(new, sent()).status_code == 302
    assert Picture.objects.get().workshop is None
    assert client.post(new, sent(workshop=workshop.code, alt="Women sign the plan")).status_code == 302
    assert Picture.objects.filter(workshop=workshop).count() == 1


def test_picture_new_of_a_workshop_at_high_risk_is_refused_in_words(signed_in, coordinator, workshop, new):
    becomes_high(workshop)
    answer = signed_in(coordinator).post(new, sent(workshop=workshop.code))
    assert answer.status_code == 422
    assert "no picture of it is kept in guidelines" in str(answer.context["form"].errors["workshop"])
    assert WORDS["alt"] in answer.content.decode()
    assert not Picture.objects.exists()


def test_picture_edit_of_a_workshop_at_high_risk_is_refused_in_words(signed_in, coordinator, picture):
    becomes_high(picture.workshop)
    client = signed_in(coordinator)
    assert "it is drawn in no new document" not in client.get(url(picture, "edit")).content.decode()
    assert "the picture is drawn in no new document" in client.get(url(picture, "edit")).content.decode()
    data = {"alt": "Other words for the lamp", "workshop": picture.workshop.code}
    answer = client.post(url(picture, "edit"), data)
    assert answer.status_code == 422
    assert "workshop" in answer.context["form"].errors
    assert Picture.objects.get().alt == WORDS["alt"]


def test_picture_edit_to_another_workshop_is_on_record(signed_in, coordinator, picture):
    signed_in(coordinator).post(url(picture, "edit"), {"alt": picture.alt, "workshop": ""})
    event = AuditEvent.objects.get(verb="changed picture")
    assert (event.detail["workshop_was"], event.detail["workshop"]) == (picture.workshop.code, None)
    signed_in(coordinator).post(url(picture, "edit"), {"alt": "Other words for the lamp"})
    assert "workshop" not in AuditEvent.objects.filter(verb="changed picture").latest("pk").detail


def test_picture_edit_names_the_workshop_of_its_copies_too(signed_in, coordinator, picture, elsewhere):
    """A translation took the file over before anybody said where it was made."""
    Picture.objects.update(workshop=None)
    copy = PictureFactory(guidelines__country=picture.guidelines.country, digest=picture.digest)
    other = PictureFactory(guidelines__country=picture.guidelines.country)
    abroad = PictureFactory(guidelines__country=elsewhere.country, digest=picture.digest)
    client, data = signed_in(coordinator), {"alt": picture.alt, "workshop": picture.workshop.code}
    client.post(url(picture, "edit"), data)
    for row, version in ((copy, 2), (other, 1), (abroad, 1)):
        row.refresh_from_db()
        assert (row.workshop, row.row_version) == (picture.workshop if version == 2 else None, version)
    assert AuditEvent.objects.get(verb="changed picture").detail["copies"] == [copy.code]
    client.post(url(picture, "edit"), {"alt": picture.alt, "workshop": ""})
    copy.refresh_from_db()
    assert copy.workshop is None


def test_picture_edit_names_no_workshop_that_the_writer_may_not_see(
    signed_in, coordinator, guidelines, elsewhere
):
    """Taken over from another country, its picture keeps where it was made."""
    there = WorkshopFactory(locality=elsewhere, title="Meeting of the mothers")
    picture = PictureFactory(guidelines=guidelines, workshop=there)
    client = signed_in(coordinator)
    page = client.get(url(picture, "edit")).content.decode()
    assert "Meeting of the mothers" not in page
    assert "A workshop that you cannot see" in page
    assert client.post(url(picture, "edit"), {"alt": "Women", "workshop": there.code}).status_code == 422
    data = {"alt": "Women sign the plan", "workshop": there.code}
    assert client.post(url(picture, "edit"), data).status_code == 302
    assert Picture.objects.get().workshop == there


def test_drafts_draw_it_as_long_as_the_risk_is_not_high(guidelines, picture):
    for risk in ("low", "medium"):
        picture.workshop.risk_level = risk
        picture.workshop.save()
        assert drawn(guidelines) == {picture.code}
    becomes_high(picture.workshop)
    assert drawn(guidelines) == set()
    assert picture.code not in shown_pictures(guidelines)


def test_drafts_draw_pictures_of_no_workshop(guidelines, picture):
    Picture.objects.update(workshop=None)
    assert drawn(guidelines) == {picture.code}


def test_missing_for_validation_says_it_and_where_the_picture_stands(guidelines, picture):
    becomes_high(picture.workshop)
    (missing,) = gates.missing_for_validation(guidelines, TODAY)
    assert WORDS_AT_RISK in missing.words
    assert "Editions that are published stay as they are." in missing.words
    assert picture.workshop.title not in missing.words
    assert missing.href.endswith("/edit/")
    assert "/sections/" in missing.href


def test_launch_is_refused_when_the_risk_rises_after_the_validation(endorsed, picture, coordinator):
    assert gates.missing_for_launch(endorsed, TODAY) == []
    becomes_high(picture.workshop)
    assert drawn(endorsed) == set()
    with pytest.raises(NotReady, match=WORDS_AT_RISK):
        publish(endorsed, on=TODAY, by=coordinator, today=TODAY)
    assert not endorsed.editions.exists()


def test_editions_keep_what_was_published(endorsed, picture, coordinator, signed_in, secretary):
    edition = publish(endorsed, on=TODAY, by=coordinator, today=TODAY)
    becomes_high(picture.workshop)
    edition.refresh_from_db()
    assert set(edition.content["pictures"]) == {picture.code}
    assert picture.code in str(edition_on_screen(edition).sections)
    assert signed_in(secretary).get(url(picture, "file")).status_code == 200
    public = f"/published-guidelines/{endorsed.code}/editions/1/pictures/{picture.code}/"
    assert signed_in(secretary).get(public).status_code == 200


def test_copied_pictures_keep_their_workshop_and_stay_in_the_country_at_high_risk(
    guidelines, picture, elsewhere, coordinator
):
    there, here = (GuidelinesFactory(country=each) for each in (elsewhere.country, guidelines.country))
    text = [f"![](picture:{picture.code})"]
    copy_pictures(text, source=guidelines, to=there, by=coordinator)
    assert there.pictures.get().workshop == picture.workshop
    becomes_high(picture.workshop)
    other = GuidelinesFactory(country=elsewhere.country)
    assert copy_pictures(text, source=guidelines, to=other, by=coordinator).codes == {}
    assert not other.pictures.exists()
    copy_pictures(text, source=guidelines, to=here, by=coordinator)
    assert here.pictures.get().is_at_risk


def test_picture_list_says_it(guidelines, picture, coordinator, signed_in):
    address = reverse("picture_list", args=[guidelines.code])
    assert "High risk" not in signed_in(coordinator).get(address).content.decode()
    becomes_high(picture.workshop)
    page = signed_in(coordinator).get(address).content.decode()
    assert "High risk: drawn in no new document" in page
    assert picture.workshop.title not in page


def test_picture_at_risk_is_seen_by_who_writes_alone(guidelines, picture, coordinator, oversight, signed_in):
    """It stands in no draft any more: who only reads the draft does not find it beside the text either."""
    address = reverse("picture_list", args=[guidelines.code])
    for risk, status in (("low", 200), ("high", 403)):
        picture.workshop.risk_level = risk
        picture.workshop.save()
        client = signed_in(oversight)
        assert client.get(url(picture, "file")).status_code == status
        assert (picture.code in client.get(address).content.decode()) == (status == 200)
        assert signed_in(coordinator).get(url(picture, "file")).status_code == 200
