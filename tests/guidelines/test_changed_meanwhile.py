"""Two have the form of one row open: the second is told, and nothing of the first is lost."""

import datetime
import threading

import pytest
from django.db import connections
from django.urls import reverse

from core.conflicts import EditConflict
from guidelines.models import FieldTest, Picture, Signatory
from guidelines.services.field_tests import change_field_test, end_field_test
from guidelines.services.pictures import save_picture, withdraw_consent
from guidelines.services.signatories import change_signatory, end_signatory
from guidelines.signatories import ensure
from tests.factories.guidelines import FieldTestFactory, PictureFactory, SignatoryFactory
from tests.two_writers import needs_two_writers

pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def signatory(country):
    return SignatoryFactory(country=country, institution="Ministry of Gender")


@pytest.fixture
def test_here(guidelines, locality):
    return FieldTestFactory(guidelines=guidelines, locality=locality)


@pytest.fixture
def picture(guidelines):
    return PictureFactory(guidelines=guidelines, shows_people=True, consent="Signed sheets")


def edit_of(row):
    if isinstance(row, Signatory):
        return reverse("signatory_edit", args=[row.country.code, row.code])
    name = "field_test_edit" if isinstance(row, FieldTest) else "picture_edit"
    return reverse(name, args=[row.guidelines.code, row.code])


FORMS = {
    "signatory": {"institution": "Ministry of Gender and Family", "role": "other"},
    "test_here": {"starts_on": "2026-03-09", "asked": "The calendar"},
    "picture": {"alt": "Two lamps at the market", "shows_people": "on", "consent": "Signed sheets"},
}
CHANGED = {"signatory": "institution", "test_here": "asked", "picture": "alt"}


@pytest.mark.parametrize("kind", FORMS)
def test_edit_after_somebody_elses_is_told_and_may_be_sent_again(kind, request, coordinator, signed_in):
    row, client = request.getfixturevalue(kind), signed_in(coordinator)
    opened = client.get(edit_of(row)).context["form"]["row_version"].value()
    mine = FORMS[kind] | {CHANGED[kind]: "Words of mine", "row_version": opened}
    assert client.post(edit_of(row), FORMS[kind] | {"row_version": opened}).status_code == 302
    answer = client.post(edit_of(row), mine)
    assert answer.status_code == 409
    assert FORMS[kind][CHANGED[kind]] in answer.text
    assert "Words of mine" in answer.text
    row.refresh_from_db()
    assert getattr(row, CHANGED[kind]) == FORMS[kind][CHANGED[kind]]
    again = mine | {"row_version": answer.context["form"]["row_version"].value()}
    assert client.post(edit_of(row), again).status_code == 302
    row.refresh_from_db()
    assert (getattr(row, CHANGED[kind]), row.updated_by) == ("Words of mine", coordinator)


@pytest.mark.parametrize("kind", FORMS)
def test_edit_from_a_page_that_carries_no_version_saves(kind, request, coordinator, signed_in):
    row = request.getfixturevalue(kind)
    assert signed_in(coordinator).post(edit_of(row), FORMS[kind]).status_code == 302


def test_change_signatory_that_was_ended_meanwhile_does_not_bring_it_back(signatory, coordinator):
    stale = Signatory.objects.get(pk=signatory.pk)
    day = datetime.date(2026, 1, 1)
    end_signatory(signatory, on=day, reason="Merged", today=day, by=coordinator)
    stale.institution = "Another name"
    with pytest.raises(EditConflict):
        change_signatory(stale, opened_version=stale.row_version, by=coordinator)
    signatory.refresh_from_db()
    assert (signatory.institution, signatory.ended_on is None) == ("Ministry of Gender", False)


def test_change_signatory_that_got_its_name_meanwhile(country, coordinator):
    ensure(country)
    stale = country.signatories.get(role="nap")
    country.ministries = {"nap": "Ministry of Gender"}
    country.save()
    ensure(country)
    stale.role = "other"
    with pytest.raises(EditConflict):
        change_signatory(stale, opened_version=stale.row_version, by=coordinator)
    assert Signatory.objects.get(pk=stale.pk).institution == "Ministry of Gender"


def test_change_field_test_that_was_ended_meanwhile_keeps_what_was_found(test_here, coordinator):
    stale = FieldTest.objects.get(pk=test_here.pk)
    day = test_here.starts_on
    end_field_test(test_here, ends_on=day, findings="Nobody understood it.", today=day, by=coordinator)
    stale.asked = "The calendar"
    with pytest.raises(EditConflict):
        change_field_test(stale, opened_version=stale.row_version, by=coordinator)
    test_here.refresh_from_db()
    assert (test_here.ends_on, test_here.findings) == (day, "Nobody understood it.")


def test_save_picture_does_not_bring_consent_back_that_was_withdrawn_meanwhile(picture, coordinator):
    stale = Picture.objects.get(pk=picture.pk)
    withdraw_consent(picture, by=coordinator)
    stale.caption = "At the market"
    with pytest.raises(EditConflict):
        save_picture(stale, opened_version=stale.row_version, by=coordinator)
    picture.refresh_from_db()
    assert (picture.consent, picture.caption) == ("", "")


def test_withdraw_consent_keeps_words_that_were_saved_meanwhile(picture, coordinator):
    stale = Picture.objects.get(pk=picture.pk)
    picture.caption = "At the market"
    save_picture(picture, opened_version=1, by=coordinator)
    withdraw_consent(stale, by=coordinator)
    picture.refresh_from_db()
    assert (picture.consent, picture.caption, picture.row_version) == ("", "At the market", 3)


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_save_picture_by_two_at_once_keeps_one_and_tells_the_other(picture, coordinator):
    start, answers = threading.Barrier(2), []

    def save(caption):
        row = Picture.objects.get(pk=picture.pk)
        row.caption = caption
        start.wait()
        try:
            save_picture(row, opened_version=row.row_version, by=coordinator)
            answers.append(caption)
        except EditConflict:
            answers.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=save, args=[caption]) for caption in ("first", "second")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    picture.refresh_from_db()
    assert sorted(answers) == sorted(["told", picture.caption])
