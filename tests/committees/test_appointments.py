import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from committees.models import Appointment
from committees.services import appointments as services
from people.consent import Purpose
from tests.factories.committees import AppointmentFactory, SeatFactory
from tests.factories.people import ConsentFactory, IncumbencyFactory, PersonFactory
from tests.factories.workshops import ParticipationFactory

NAME = "Béatrice Kapinga Mbuyi"
TODAY = datetime.date(2026, 10, 1)


@pytest.fixture(autouse=True)
def _today(monkeypatch):
    noon = datetime.datetime.combine(TODAY, datetime.time(12), datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: noon)


@pytest.fixture
def seat(committee):
    return SeatFactory(committee=committee)


@pytest.fixture
def person(workshop, seat):
    """Registered with the position, in the workshop that the facilitator runs."""
    row = PersonFactory(country=workshop.locality.country, full_name=NAME, age_band="18_to_29")
    ParticipationFactory(workshop=workshop, person=row, position=seat.position)
    return row


def new_url(seat):
    return reverse("appointment_new", args=[seat.committee.code, seat.code])


def url_of(name, row):
    return reverse(name, args=[row.seat.committee.code, row.code])


def test_appointment_new_by_the_secretary(seat, secretary, signed_in):
    client = signed_in(secretary)
    values = {"starts_on": "2026-05-01", "term_ends_on": "2028-05-01", "sex": "woman"}
    response = client.post(new_url(seat), values)
    assert response.url == reverse("seat_detail", args=[seat.committee.code, seat.code])
    row = Appointment.objects.get()
    assert (row.sex, row.person, row.recorded_by) == ("woman", None, secretary)
    page = client.get(response.url).content.decode()
    assert "since 1 May 2026" in page
    assert "term ends on 1 May 2028" in page
    event = AuditEvent.objects.get(verb="appointed")
    assert event.detail == {"seat": seat.code, "appointment": row.code}


def test_appointment_new_sent_twice_makes_one(seat, secretary, signed_in):
    client = signed_in(secretary)
    values = {"starts_on": "2026-05-01", "sent_form": "7c0b3d52-6f3c-4a51-9d3e-0d9b7a1f5a11"}
    first, second = (client.post(new_url(seat), values).url for _ in range(2))
    assert first == second
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"starts_on": "2026-04-01"}, "starts_on", "3 March 2026 to 1 May 2026: the days overlap"),
        ({"starts_on": "2026-03-02"}, "starts_on", "nobody sat on it before"),
        ({"starts_on": "2028-01-01"}, "starts_on", "more than a year ahead"),
        ({"starts_on": "2026-06-01", "term_ends_on": "2026-05-31"}, "term_ends_on", "before it begins"),
        ({"starts_on": "2026-06-01", "term_ends_on": "2226-05-31"}, "term_ends_on", "fifteen years"),
        ({"starts_on": "2026-06-01", "ends_on": "2026-05-31"}, "ends_on", "before the first"),
        ({"starts_on": "2026-06-01", "how_ended": "resigned"}, "ends_on", "on which day it ended"),
        ({"starts_on": "soon"}, "starts_on", "valid date"),
        ({"starts_on": ""}, "starts_on", "required"),
        ({"starts_on": "2026-06-01", "sex": "other"}, "sex", "not one of the available choices"),
        ({"starts_on": "2026-06-01", "who": "office"}, "who", "not one of the available choices"),
        ({"starts_on": "2026-06-01", "who": "person"}, "person", "Choose who it is"),
        ({"starts_on": "1206-06-01"}, "starts_on", "Look at the year again"),
    ],
)
def test_appointment_new_says_what_cannot_be_at_the_field(
    values, field, words, seat, secretary, person, facilitator, signed_in
):
    AppointmentFactory(seat=seat, ends_on=datetime.date(2026, 5, 1), how_ended="term")
    response = signed_in(facilitator).post(new_url(seat), values)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors[field])
    assert Appointment.objects.count() == 1
    if values["starts_on"]:
        assert f'value="{values["starts_on"]}"' in response.content.decode()


def test_appointment_new_may_begin_on_the_day_on_which_the_last_ended(seat, secretary, signed_in):
    AppointmentFactory(seat=seat, ends_on=datetime.date(2026, 5, 1), how_ended="term")
    assert signed_in(secretary).post(new_url(seat), {"starts_on": "2026-05-01"}).status_code == 302


def test_appointment_new_replaces_who_sits_there(seat, secretary, signed_in):
    old = AppointmentFactory(seat=seat)
    client = signed_in(secretary)
    refused = client.post(new_url(seat), {"starts_on": "2026-06-01"})
    assert "since 3 March 2026: the days overlap" in refused.content.decode()
    client.post(new_url(seat), {"starts_on": "2026-06-01", "replaces": "resigned"})
    old.refresh_from_db()
    assert (old.ends_on, old.how_ended) == (datetime.date(2026, 6, 1), "resigned")
    assert Appointment.objects.count() == 2


def test_appointment_new_by_office_takes_what_is_known(seat, secretary, person, signed_in):
    holder = IncumbencyFactory(position=seat.position, person=person, starts_on=datetime.date(2026, 4, 1))
    client = signed_in(secretary)
    early = client.post(new_url(seat), {"starts_on": "2026-03-20", "who": "office"})
    assert "held since 1 April 2026" in str(early.context["form"].errors["starts_on"])
    client.post(new_url(seat), {"starts_on": "2026-04-01", "who": "office"})
    row = Appointment.objects.get()
    assert (row.incumbency, row.person, row.sex, row.age_band) == (holder, person, "woman", "18_to_29")


def test_appointment_new_with_a_person_that_the_choice_denies_asks(seat, person, facilitator, signed_in):
    values = {"starts_on": "2026-05-01", "who": "", "person": person.code}
    response = signed_in(facilitator).post(new_url(seat), values)
    assert "You chose a person below" in str(response.context["form"].errors["who"])


def test_appointment_new_counts_nobody_as_anything_by_default(seat, secretary, signed_in):
    form = signed_in(secretary).get(new_url(seat)).context["form"]
    assert [form[name].value() for name in ("sex", "age_band", "disability")] == ["unstated"] * 3


def test_appointment_new_offers_names_only_to_who_runs_the_workshop(
    seat, person, secretary, coordinator, facilitator, signed_in
):
    for user in (secretary, coordinator):
        page = signed_in(user).get(new_url(seat)).content.decode()
        assert NAME not in page
        response = signed_in(user).post(
            new_url(seat), {"starts_on": "2026-05-01", "who": "person", "person": person.code}
        )
        assert response.status_code == 302 or response.status_code == 422
        assert not Appointment.objects.filter(person__isnull=False).exists()
        Appointment.objects.all().delete()
    client = signed_in(facilitator)
    assert NAME in client.get(new_url(seat)).content.decode()
    assert AuditEvent.objects.filter(verb="read names", by=facilitator, subject=seat.committee.code).exists()
    client.post(new_url(seat), {"starts_on": "2026-05-01", "who": "person", "person": person.code})
    row = Appointment.objects.get()
    assert (row.person, row.sex) == (person, "woman")
    assert NAME not in str(list(AuditEvent.objects.values()))


def test_seat_detail_shows_the_name_only_by_consent(
    seat, person, facilitator, coordinator, secretary, member, oversight, signed_in
):
    AppointmentFactory(seat=seat, person=person)
    url = reverse("seat_detail", args=[seat.committee.code, seat.code])

    def readers():
        cast = {"f": facilitator, "c": coordinator, "s": secretary, "m": member, "o": oversight}
        return {key for key, user in cast.items() if NAME in signed_in(user).get(url).content.decode()}

    assert readers() == {"f"}
    consent = ConsentFactory(person=person, purpose=Purpose.SHOW_TO_COMMITTEE)
    assert readers() == {"f", "s", "m"}
    assert AuditEvent.objects.filter(verb="read names", by=member, subject=seat.committee.code).count() == 1
    consent.withdrawn_at = datetime.datetime(2026, 9, 1, tzinfo=datetime.UTC)
    consent.save()
    assert readers() == {"f"}


@pytest.mark.parametrize("rows", [1, 5])
def test_seat_detail_queries(rows, seat, person, facilitator, signed_in, django_assert_num_queries):
    for year in range(rows):
        first = datetime.date(2020 + year, 1, 1)
        AppointmentFactory(
            seat=seat, person=person, starts_on=first, ends_on=first.replace(month=12), how_ended="term"
        )
    client = signed_in(facilitator)
    client.get(reverse("seat_detail", args=[seat.committee.code, seat.code]))
    with django_assert_num_queries(8):
        client.get(reverse("seat_detail", args=[seat.committee.code, seat.code]))


def test_appointment_edit_corrects_and_keeps_a_hidden_person(seat, person, secretary, signed_in):
    row = AppointmentFactory(seat=seat, person=person)
    client, url = signed_in(secretary), url_of("appointment_edit", row)
    page = client.get(url).content.decode()
    assert NAME not in page
    assert 'value="2026-03-03"' in page
    response = client.post(url, {"starts_on": "2026-04-03", "sex": "man"})
    assert response.status_code == 302
    row.refresh_from_db()
    assert (row.starts_on, row.sex, row.person) == (datetime.date(2026, 4, 3), "man", person)


def test_appointment_end_leaves_the_seat_vacant(seat, secretary, signed_in):
    row = AppointmentFactory(seat=seat)
    client, url = signed_in(secretary), url_of("appointment_end", row)
    for day, words in (("2026-03-01", "before the first"), ("2031-01-01", "more than a year ahead")):
        refused = client.post(url, {"ends_on": day, "how_ended": "resigned"})
        assert refused.status_code == 422
        assert words in refused.content.decode()
    assert client.post(url, {"ends_on": "2026-09-30", "how_ended": "resigned"}).status_code == 302
    page = client.get(seat.committee.get_absolute_url()).content.decode()
    assert "Vacant" in page
    assert "since 30 September 2026" in page
    assert client.get(url).url == url_of("appointment_edit", row)  # it ended already


def test_appointment_remove_asks_first(seat, secretary, signed_in):
    row = AppointmentFactory(seat=seat)
    client, url = signed_in(secretary), url_of("appointment_remove", row)
    assert client.get(url).status_code == 200
    assert Appointment.objects.exists()
    client.post(url)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("who", ["member", "oversight", "administrator"])
def test_appointments_are_written_by_who_keeps_the_committee(who, seat, request, signed_in):
    row = AppointmentFactory(seat=seat)
    client = signed_in(request.getfixturevalue(who))
    for url in (new_url(seat), *(url_of(f"appointment_{verb}", row) for verb in ("edit", "end", "remove"))):
        assert client.post(url, {"starts_on": "2026-05-01"}).status_code == 403
    assert Appointment.objects.get().ends_on is None


def test_appointment_of_another_committee_is_404(seat, committee, facilitator, signed_in):
    row = AppointmentFactory(seat__committee__locality=committee.locality)
    url = reverse("appointment_edit", args=[committee.code, row.code])
    assert signed_in(facilitator).get(url).status_code == 404


def test_appointment_that_was_taken_back_meanwhile_does_not_come_back(seat, secretary):
    row = AppointmentFactory(seat=seat)
    stale = Appointment.objects.get(pk=row.pk)
    services.take_back(row, by=secretary)
    values = services.AppointmentValues(starts_on=TODAY)
    with pytest.raises(services.AppointmentRefused, match="took this back"):
        services.change_appointment(stale, values, by=secretary, today=TODAY)
    with pytest.raises(services.AppointmentRefused, match="took this back"):
        services.end_appointment(stale, ends_on=TODAY, how_ended="term", by=secretary, today=TODAY)
    assert not seat.appointments.exists()
