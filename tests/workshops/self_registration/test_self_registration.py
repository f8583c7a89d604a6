import datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from people.models import Person
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    InvitationFactory,
    ParticipationFactory,
    SelfRegistrationFactory,
)
from tests.inline_code import inline_code
from tests.workshops.self_registration.conftest import text
from workshops.models import Participation, SelfRegistration
from workshops.states import RiskLevel, WorkshopState
from workshops.throttle import is_too_often
from workshops.views import self_registration as views


def test_self_registration_waits_for_the_facilitator(anybody, door, form, workshop):
    sent = form(phone="+243 81 234 5678", agrees_contact="on", agrees_report="on")
    answer = anybody.post(door, sent, follow=True)
    assert answer.redirect_chain == [(f"{door}thanks/", 302)]
    assert "What you sent has arrived." in text(answer)
    assert "Kabongo" not in text(answer)
    row = SelfRegistration.objects.get()
    assert (row.workshop, row.full_name, row.phone) == (workshop, "Marie-Léonie Kabongo", "+243 81 234 5678")
    assert row.purposes == ["register", "contact", "name_in_report"]
    assert (row.language, row.wording_version) == ("en", "2026-11")
    assert not Participation.objects.exists()
    assert not Person.objects.exists()


def test_self_registration_sent_twice_waits_once(anybody, door, form):
    sent = form()
    for _time in range(2):
        assert anybody.post(door, sent).url == f"{door}thanks/"
    assert SelfRegistration.objects.count() == 1


def test_self_registration_sent_again_after_it_was_confirmed(anybody, client, door, form, url):
    sent = form()
    anybody.post(door, sent)
    client.post(url, {"confirm": SelfRegistration.objects.get().code})
    assert anybody.post(door, sent).url == f"{door}thanks/"
    assert not SelfRegistration.objects.exists()
    assert Participation.objects.count() == 1


def test_self_registration_shows_nobody_and_no_number(anybody, door, workshop):
    workshop.venue = "Hôtel de Ville, room 7"
    workshop.save()
    person = PersonFactory(country=workshop.locality.country, full_name="Hidden Kabedi")
    ParticipationFactory(workshop=workshop, person=person)
    InvitationFactory(workshop=workshop, full_name="Invited Mbuyi", position="Mayor of Muya")
    SelfRegistrationFactory(workshop=workshop, full_name="Waiting Ilunga", organization="Secret office")
    page = text(anybody.get(door))
    for hidden in ("Kabedi", "Mbuyi", "Ilunga", "Muya", "Secret", "Hôtel", workshop.code, person.code):
        assert hidden not in page
    assert "<datalist" not in page
    assert workshop.title in page


def test_self_registration_is_for_no_search_engine_and_keeps_nothing(anybody, door):
    answer = anybody.get(door)
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert '<meta name="robots" content="noindex, nofollow">' in text(answer)
    assert "no-store" in answer["Cache-Control"]
    assert set(answer.cookies) == {"csrftoken"}
    assert not inline_code(text(answer))


def test_self_registration_closed_while_somebody_types_gives_back_what_was_typed(
    anybody, client, door, form, url
):
    client.post(url, {"close": "1"})
    response = anybody.post(door, form(position="Chair of <the> women", phone="+243 81 000 0001"))
    page = response.content.decode()
    assert response.status_code == 404
    for words in ("Marie-Léonie Kabongo", "Chair of &lt;the&gt; women", "+243 81 000 0001"):
        assert words in page
    assert "Show this page at the entrance" in page
    assert not SelfRegistration.objects.exists()
    assert "Show this page at the entrance" not in anybody.get(door).content.decode()


def test_self_registration_sent_again_after_closing_has_arrived(anybody, client, door, form, url):
    sent = form()
    anybody.post(door, sent)
    client.post(url, {"close": "1"})
    response = anybody.post(door, sent)
    assert (response.status_code, response.url) == (302, f"{door}thanks/")
    assert SelfRegistration.objects.count() == 1
    assert anybody.post(door, sent | {"submission": "odd"}).status_code == 404


def test_self_registration_is_light(anybody, door):
    """Its own page is a small part of the 60 KB of a first load; it brings no script."""
    page = text(anybody.get(door))
    assert len(page.encode()) < 20_000
    assert "<script" not in page


def test_self_registration_unknown_and_closed_are_the_same_kind_page(anybody, door, form, workshop):
    unknown = anybody.get(reverse("self_registration", args=["ZZZZZZZZ"]))
    workshop.door_closes_at = timezone.now() - datetime.timedelta(minutes=1)
    workshop.save()
    late = anybody.get(door)
    posted = anybody.post(door, form())
    assert {late.status_code, unknown.status_code, posted.status_code} == {404}
    assert text(late) == text(unknown)
    assert "You are welcome without it, too." in text(late)
    assert not SelfRegistration.objects.exists()


@pytest.mark.parametrize("state", [WorkshopState.CANCELLED, WorkshopState.CLOSED])
def test_self_registration_of_a_workshop_that_takes_nobody(anybody, door, workshop, state):
    workshop.state = state
    workshop.save()
    assert anybody.get(door).status_code == 404


@pytest.mark.parametrize("code", ["%00", "é", "a b", "'--", "x" * 500, "<script>", "0OIL", "..", "%2e%2e"])
def test_self_registration_odd_codes(anybody, code, db):
    for url in (f"/r/{code}/", f"/r/{code}/thanks/"):
        answer = anybody.get(url)
        assert answer.status_code in (200, 301, 302, 404, 400)
        assert "<script>" not in text(answer)


def test_self_registration_code_as_people_type_it(anybody, door, workshop):
    code = workshop.door_code.lower()
    assert anybody.get(f"/r/{code[:4]}-{code[4:]}/").status_code == 200


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "123"}, "full_name"),
        ({"full_name": "x" * 100_000}, "full_name"),
        ({"organization": "x" * 100_000}, "organization"),
        ({"category": "queen"}, "category"),
        ({"sex": ""}, "sex"),
        ({"age_band": "x"}, "age_band"),
        ({"agrees": ""}, "agrees"),
        ({"phone": "+243 81 234 5678"}, "agrees_contact"),
        ({"phone": "abc", "agrees_contact": "on"}, "phone"),
        ({"email": "nobody", "agrees_contact": "on"}, "email"),
        ({"age_band": "under_18"}, "guardian_agrees"),
        ({"submission": "x"}, "submission"),
    ],
)
def test_self_registration_with_bad_input_keeps_what_was_typed(anybody, door, form, changed, field):
    answer = anybody.post(door, form(**changed))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Commune of Kanshi" in text(answer) or field == "organization"
    assert not SelfRegistration.objects.exists()


def test_self_registration_under_18_with_a_guardian(anybody, door, form):
    anybody.post(door, form(age_band="under_18", guardian_agrees="on"))
    assert SelfRegistration.objects.get().purposes == ["register", "guardian"]


def test_self_registration_at_high_risk_asks_for_no_photo_and_says_neither_day_nor_place(
    anybody, door, form, workshop
):
    assert "agrees_photo" in text(anybody.get(door))
    workshop.risk_level, workshop.title = RiskLevel.HIGH, "Workshop in Kasaï-Oriental"
    workshop.save()
    page = text(anybody.get(door))
    assert "agrees_photo" not in page
    assert "2026" not in page
    assert "Kasaï-Oriental" not in page
    anybody.post(door, form(agrees_photo="on"))
    assert SelfRegistration.objects.get().purposes == ["register"]


def test_self_registration_of_a_queue_behind_one_router_passes(door, form):
    """Forty people, each with one mistake first, from one address."""
    for number in range(40):
        one = Client(REMOTE_ADDR="192.0.2.1")
        assert one.post(door, form(agrees="")).status_code == 422
        assert one.post(door, form(full_name=f"Person Number{number} Kabongo")).status_code == 302
    assert SelfRegistration.objects.count() == 40


def test_self_registration_too_often_is_told_and_loses_nothing(door, form, monkeypatch):
    monkeypatch.setattr(views, "MOST_FROM_ONE_ADDRESS", 2)
    client = Client(REMOTE_ADDR="192.0.2.1")
    for _time in range(2):
        assert client.post(door, form()).status_code == 302
    answer = client.post(door, form(full_name="Third Kabedi"))
    assert answer.status_code == 429
    assert answer["Retry-After"]
    assert "Please try again in a few minutes." in text(answer)
    assert 'value="Third Kabedi"' in text(answer)
    assert Client(REMOTE_ADDR="192.0.2.2").post(door, form()).status_code == 302
    assert SelfRegistration.objects.count() == 3


def test_self_registration_too_often_at_one_door(door, form, monkeypatch):
    monkeypatch.setattr(views, "MOST_AT_ONE_DOOR", 2)
    codes = [Client(REMOTE_ADDR=f"192.0.2.{n}").post(door, form()).status_code for n in range(3)]
    assert codes == [302, 302, 429]


def test_self_registration_no_more_than_can_be_expected(anybody, door, form, workshop):
    workshop.expected = 1
    workshop.save()
    for _time in range(3):
        assert anybody.post(door, form()).status_code == 302
    answer = anybody.post(door, form())
    assert answer.status_code == 409
    assert "The list is full for now" in text(answer)
    assert 'value="Marie-Léonie Kabongo"' in text(answer)


def test_is_too_often_keeps_no_address():
    assert not is_too_often("knock:192.0.2.77", limit=1, seconds=60)
    assert is_too_often("knock:192.0.2.77", limit=1, seconds=60)
    assert not is_too_often("knock:192.0.2.78", limit=1, seconds=60)
