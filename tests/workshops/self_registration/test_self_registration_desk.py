"""The desk of self-registration: the door, those who wait, the poster."""

import datetime
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from people.models import Consent
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    InvitationFactory,
    ParticipationFactory,
    SelfRegistrationFactory,
    WorkshopFactory,
)
from tests.inline_code import inline_code
from tests.workshops.self_registration.conftest import text
from workshops.forms.self_registration import usual_closing
from workshops.models import Participation, SelfRegistration
from workshops.states import RiskLevel, WorkshopState


def test_self_registration_desk_opens_and_closes(client, url, workshop, anybody):
    assert "Nobody is waiting" in text(client.get(url))
    until = timezone.localtime() + datetime.timedelta(hours=3)
    client.post(url, {"open": "1", "closes_at": f"{until:%Y-%m-%dT%H:%M}"})
    workshop.refresh_from_db()
    first = workshop.door_code
    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{8}", first)
    page = text(client.get(url))
    assert f"http://testserver/r/{first}/" in page
    client.post(url, {"close": "1"})
    assert anybody.get(f"/r/{first}/").status_code == 404
    client.post(url, {"open": "1", "closes_at": f"{until:%Y-%m-%dT%H:%M}"})
    workshop.refresh_from_db()
    assert workshop.door_code != first
    assert anybody.get(f"/r/{first}/").status_code == 404
    verbs = set(AuditEvent.objects.values_list("verb", flat=True))
    assert {"opened self-registration", "closed self-registration"} <= verbs
    assert not any(first in str(event.detail) for event in AuditEvent.objects.all())


@pytest.mark.parametrize("closes_at", ["", "garbage", "2020-01-01T10:00", "2099-01-01T10:00", "9" * 5000])
def test_self_registration_desk_with_a_bad_time(client, url, workshop, closes_at):
    answer = client.post(url, {"open": "1", "closes_at": closes_at})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["closes_at"]
    workshop.refresh_from_db()
    assert workshop.door_code is None


def test_self_registration_desk_at_high_risk_warns(client, url, workshop):
    workshop.risk_level = RiskLevel.HIGH
    workshop.save()
    until = f"{timezone.localtime() + datetime.timedelta(hours=3):%Y-%m-%dT%H:%M}"
    assert "This workshop is at high risk." in text(client.get(url))
    answer = client.post(url, {"open": "1", "closes_at": until})
    assert list(answer.context["form"].errors) == ["knows_risk"]
    client.post(url, {"open": "1", "closes_at": until, "knows_risk": "on"})
    workshop.refresh_from_db()
    assert workshop.door_code


def test_self_registration_desk_of_a_cancelled_workshop(client, url, workshop):
    workshop.state = WorkshopState.CANCELLED
    workshop.save()
    until = f"{timezone.localtime() + datetime.timedelta(hours=3):%Y-%m-%dT%H:%M}"
    assert "This workshop is cancelled" in text(
        client.post(url, {"open": "1", "closes_at": until}, follow=True)
    )


def test_usual_closing(workshop):
    workshop.starts_on = datetime.date(2026, 3, 2)
    before = datetime.datetime(2026, 3, 1, 9, 30, tzinfo=datetime.UTC)
    assert usual_closing(workshop, before) == datetime.datetime(2026, 3, 2, 18, tzinfo=datetime.UTC)
    after = datetime.datetime(2026, 3, 3, 9, 30, tzinfo=datetime.UTC)
    assert usual_closing(workshop, after) == datetime.datetime(2026, 3, 3, 13, tzinfo=datetime.UTC)


def test_self_registration_desk_confirms(client, url, workshop, facilitator):
    entry = SelfRegistrationFactory(
        workshop=workshop,
        full_name="Marie Kabongo",
        phone="081",
        purposes=["register", "contact"],
        language="fr",
        wording_version="2026-11",
    )
    invitation = InvitationFactory(workshop=workshop, full_name="Kabongo Marie")
    assert "Marie Kabongo" in text(client.get(url))
    answer = client.post(url, {"confirm": entry.code}, follow=True)
    row = Participation.objects.get()
    assert f"Registered, as {row.person.code}." in text(answer)
    assert (row.entry, row.submission, row.recorded_by) == ("self", entry.submission, facilitator)
    assert (row.person.full_name, row.person.phone) == ("Marie Kabongo", "081")
    consents = Consent.objects.values_list("purpose", "how", "language", "wording_version")
    assert set(consents) == {
        ("register", "ticked", "fr", "2026-11"),
        ("contact", "ticked", "fr", "2026-11"),
    }
    invitation.refresh_from_db()
    assert invitation.participation == row
    assert not SelfRegistration.objects.exists()


def test_self_registration_desk_asks_whether_it_is_the_same_person(client, url, workshop, facilitator):
    earlier = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    known = PersonFactory(country=workshop.locality.country, full_name="Marie Kabongo")
    ParticipationFactory(workshop=earlier, person=known)
    entry = SelfRegistrationFactory(workshop=workshop, full_name="KABONGO Marie")
    page = text(client.get(url))
    assert "Is this the same person?" in page
    assert known.code in page
    client.post(url, {"confirm": entry.code, "same_as": known.code})
    assert Participation.objects.get(workshop=workshop).person == known


def test_self_registration_desk_shows_nobody_that_the_user_may_not_see(client, url, workshop):
    """The same name in a workshop of somebody else: she must not appear, nor be chosen."""
    hidden = PersonFactory(country=workshop.locality.country, full_name="Marie Kabongo")
    ParticipationFactory(workshop=WorkshopFactory(locality=workshop.locality), person=hidden)
    entry = SelfRegistrationFactory(workshop=workshop, full_name="Marie Kabongo")
    assert hidden.code not in text(client.get(url))
    client.post(url, {"confirm": entry.code, "same_as": hidden.code})
    assert not Participation.objects.filter(workshop=workshop).exists()
    assert SelfRegistration.objects.count() == 1


def test_self_registration_desk_of_somebody_on_the_list_already(client, url, workshop):
    known = PersonFactory(country=workshop.locality.country, full_name="Marie Kabongo")
    ParticipationFactory(workshop=workshop, person=known)
    entry = SelfRegistrationFactory(workshop=workshop, full_name="Marie Kabongo")
    assert "on the list of this workshop already" in text(client.get(url))
    answer = client.post(url, {"confirm": entry.code, "same_as": known.code}, follow=True)
    assert "is on the list of this workshop already: decline this entry" in text(answer)
    assert SelfRegistration.objects.count() == 1


def test_self_registration_desk_confirms_all_who_resemble_nobody(client, url, workshop):
    known = PersonFactory(country=workshop.locality.country, full_name="Marie Kabongo")
    ParticipationFactory(workshop=workshop, person=known)
    for name in ("Marie Kabongo", "Twice Mbuyi", "Mbuyi Twice", "Odette Tshimanga", "Germain Ilunga"):
        SelfRegistrationFactory(workshop=workshop, full_name=name)
    answer = client.post(url, {"confirm_all": "1"}, follow=True)
    assert "2 people registered." in text(answer)
    left = sorted(row.full_name for row in SelfRegistration.objects.all())
    assert left == ["Marie Kabongo", "Mbuyi Twice", "Twice Mbuyi"]


def test_self_registration_desk_somebody_of_the_name_was_registered_meanwhile(client, url, workshop):
    """The page was opened before the desk registered her: confirming her as new would make her twice."""
    entry = SelfRegistrationFactory(workshop=workshop, full_name="Marie Kabongo")
    known = PersonFactory(country=workshop.locality.country, full_name="Marie Kabongo")
    ParticipationFactory(workshop=workshop, person=known)
    answer = client.post(url, {"confirm": entry.code, "seen": ""}, follow=True)
    assert "Somebody of this name was registered meanwhile." in text(answer)
    assert Participation.objects.count() == 1
    client.post(url, {"confirm": entry.code, "seen": known.code})
    assert Participation.objects.count() == 2


def test_self_registration_desk_two_facilitators_confirm_once(client, url, workshop):
    entry = SelfRegistrationFactory(workshop=workshop)
    client.post(url, {"confirm": entry.code})
    answer = client.post(url, {"confirm": entry.code}, follow=True)
    assert "somebody else has dealt with it" in text(answer)
    assert Participation.objects.count() == 1


def test_self_registration_desk_of_another_workshop_confirms_nothing(client, url):
    foreign = SelfRegistrationFactory()
    client.post(url, {"confirm": foreign.code})
    assert SelfRegistration.objects.count() == 1
    assert not Participation.objects.exists()


@pytest.mark.parametrize("size", [1, 5])
def test_self_registration_desk_number_of_queries(client, url, workshop, size, django_assert_num_queries):
    for number in range(size):
        name = f"Marie Kabongo{'abcde'[number]}"
        ParticipationFactory(
            workshop=workshop, person=PersonFactory(country=workshop.locality.country, full_name=name)
        )
        SelfRegistrationFactory(workshop=workshop, full_name=name)
    client.get(url)
    with django_assert_num_queries(QUERIES):
        assert len(client.get(url).context["rows"]) == size


QUERIES = 12


def test_self_registration_decline_asks_first_and_deletes(client, url, workshop):
    entry = SelfRegistrationFactory(workshop=workshop, full_name="Marie Kabongo")
    decline = reverse("self_registration_decline", args=[workshop.code, entry.code])
    assert "Decline this entry?" in text(client.get(decline))
    assert SelfRegistration.objects.exists()
    assert client.post(decline).url == url
    assert not SelfRegistration.objects.exists()
    assert client.get(decline).status_code == 404
    assert not any("Kabongo" in str(event.detail) for event in AuditEvent.objects.all())


def test_self_registration_poster(client, workshop, door):
    workshop.venue = "Hôtel de Ville"
    workshop.save()
    page = text(client.get(reverse("self_registration_poster", args=[workshop.code])))
    assert f"http://testserver/<wbr>{door[1:]}" in page
    assert '<svg viewBox="0 0' in page
    assert "Hôtel" not in page
    assert not inline_code(page)


def test_self_registration_poster_of_a_closed_door(client, workshop, url):
    assert client.get(reverse("self_registration_poster", args=[workshop.code])).url == url


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_self_registration_desk_closed_to_others(role, status, request, signed_in, workshop, url, door):
    entry = SelfRegistrationFactory(workshop=workshop)
    other = signed_in(request.getfixturevalue(role))
    decline = reverse("self_registration_decline", args=[workshop.code, entry.code])
    poster = reverse("self_registration_poster", args=[workshop.code])
    for each in (url, decline, poster):
        assert other.get(each).status_code == status
    for data in ({"confirm": entry.code}, {"confirm_all": "1"}, {"close": "1"}, {"open": "1"}):
        assert other.post(url, data).status_code == status
    assert other.post(decline).status_code == status
    workshop.refresh_from_db()
    assert workshop.door_code
    assert SelfRegistration.objects.get() == entry


def test_self_registration_desk_says_which_contact_is_replaced_and_keeps_the_name(
    client, url, workshop, facilitator
):
    """Whoever has the link can have typed it: a known person is not renamed by it, nor silently reached
    under another number."""
    known = PersonFactory(
        country=workshop.locality.country, full_name="Marie Kabongo", phone="+243 812345678"
    )
    earlier = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    ParticipationFactory(workshop=earlier, person=known)
    entry = SelfRegistrationFactory(workshop=workshop, full_name="kabongo MARIE", phone="0998877665")
    assert "which ends in 678" in text(client.get(url))
    SelfRegistration.objects.filter(pk=entry.pk).update(phone="0812345678")
    entry.refresh_from_db()
    assert "which ends in" not in text(client.get(url))
    client.post(url, {"confirm": entry.code, "same_as": known.code})
    known.refresh_from_db()
    assert known.full_name == "Marie Kabongo"
    assert Participation.objects.filter(workshop=workshop, person=known).exists()
