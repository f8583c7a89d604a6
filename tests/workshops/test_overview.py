"""The first page of a workshop: the one thing to do next, and what to look at."""

import datetime

import pytest
from django.urls import reverse

from tests.factories.committees import CommitteeFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import PersonFactory
from tests.factories.workshops import (
    AttendanceFactory,
    InvitationFactory,
    ParticipationFactory,
    ProgrammeItemFactory,
    ReferralContactFactory,
    SelfRegistrationFactory,
    TallyFactory,
    WorkshopFactory,
)
from workshops.models import Champion, ConflictIssue, ReferralContact, Workshop
from workshops.reports.overview import Overview, with_work
from workshops.reports.training import ChampionsInvited

TODAY = datetime.date(2026, 3, 1)


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


def overview_of(workshop, *, today=TODAY, runs=True, last_workshop=None):
    row = with_work(Workshop.objects.with_turnout().for_list()).get(pk=workshop.pk)
    committees = list(row.committees.all())
    return Overview.from_workshop(
        row, committees=committees, last_workshop=last_workshop, today=today, runs=runs
    )


def next_page(workshop, today=TODAY):
    step = overview_of(workshop, today=today).next_step
    return step and (step.url_name, step.query)


def test_next_step_through_the_whole_life(workshop):
    """One thing at a time, from the empty workshop to the closed one."""
    assert next_page(workshop) == ("programme_start", "")
    ProgrammeItemFactory(workshop=workshop)
    assert next_page(workshop) == ("invitation_list", "")
    InvitationFactory(workshop=workshop)
    assert next_page(workshop) == ("workshop_move", "to=confirmed")
    Workshop.objects.update(state="confirmed")
    assert next_page(workshop) == ("papers", "")
    SelfRegistrationFactory(workshop=workshop)
    assert next_page(workshop) == ("self_registration_desk", "")
    first, after = workshop.starts_on, workshop.ends_on + datetime.timedelta(1)
    assert next_page(workshop, first) == ("registration", "")
    assert next_page(workshop, after) == ("registration", "")
    person = ParticipationFactory(workshop=workshop)
    assert next_page(workshop, first) == ("registration", "")
    assert next_page(workshop, after) == ("attendance", "")
    AttendanceFactory(participation=person)
    assert next_page(workshop, after) == ("workshop_hold", "")
    Workshop.objects.update(state="held")
    assert next_page(workshop, after) == ("results", "")
    ConflictIssue.objects.create(workshop=workshop, description="Land")
    assert next_page(workshop, after) == ("committee_new", "")
    CommitteeFactory(locality=workshop.locality, established_at=workshop)
    assert next_page(workshop, after) == ("narrative_edit", "")
    Workshop.objects.update(narrative="They met.")
    assert next_page(workshop, after) == ("workshop_move", "to=reported")
    Workshop.objects.update(state="reported")
    assert next_page(workshop, after) == ("workshop_move", "to=closed")
    Workshop.objects.update(state="closed")
    assert next_page(workshop, after) is None


def test_next_step_of_head_counts_alone_needs_no_attendance(workshop):
    TallyFactory(workshop=workshop)
    assert next_page(workshop, workshop.ends_on + datetime.timedelta(1)) == ("workshop_hold", "")


def test_next_step_of_a_postponed_one_asks_for_new_days(workshop):
    Workshop.objects.update(state="postponed")
    assert next_page(workshop) == ("workshop_move", "to=planned")


def test_next_step_is_for_who_runs_it(workshop):
    assert overview_of(workshop, runs=False).next_step is None


def test_next_step_for_the_coordinator_is_the_committee_alone(signed_in, coordinator, workshop):
    client, address = signed_in(coordinator), reverse("workshop_detail", args=[workshop.code])
    assert "Set up the steering committee" in client.get(address).text
    CommitteeFactory(locality=workshop.locality, established_at=workshop)
    assert "Next step" not in client.get(address).text


def test_every_next_step_leads_somewhere(client, workshop):
    page = client.get(workshop.get_absolute_url()).content.decode()
    assert "Next step" in page
    for name in (
        "programme_start",
        "invitation_list",
        "self_registration_desk",
        "papers",
        "attendance",
        "results",
    ):
        assert client.get(reverse(name, args=[workshop.code])).status_code == 200


# --- Warnings ------------------------------------------------------------------------------------


def test_warns_of_a_writeshop_of_another_length(locality):
    workshop = WorkshopFactory(locality=locality, kind="writeshop", length_reason="Two languages")
    assert overview_of(workshop).warnings == []
    Workshop.objects.update(ends_on=datetime.date(2026, 3, 4))
    assert overview_of(workshop).warnings == ["A writeshop has two days, this one has 3 days: Two languages"]


@pytest.mark.parametrize(("days", "warned"), [(90, False), (91, True)])
def test_warns_when_no_committee_came_of_it(days, warned, workshop):
    """BR13. Day 90 not yet, day 91."""
    Workshop.objects.update(state="held", narrative="x")
    today = workshop.ends_on + datetime.timedelta(days)
    assert (
        any("No Local" in each or "no Local" in each for each in overview_of(workshop, today=today).warnings)
        == warned
    )
    CommitteeFactory(locality=workshop.locality, established_at=workshop)
    assert overview_of(workshop, today=today).warnings == []


@pytest.mark.parametrize(
    ("first", "warned"), [("2026-07-15", False), ("2026-05-14", True), ("2026-10-16", True)]
)
def test_warns_of_a_training_outside_its_window(first, warned, locality):
    last = WorkshopFactory(
        locality=locality,
        state="held",
        starts_on=datetime.date(2026, 1, 14),
        ends_on=datetime.date(2026, 1, 15),
    )
    day = datetime.date.fromisoformat(first)
    training = WorkshopFactory(locality=locality, kind="tot", starts_on=day, ends_on=day)
    warnings = overview_of(training, last_workshop=last).warnings
    assert [each for each in warnings if "15 July 2026" in each] == (warnings if warned else [])
    assert bool(warnings) == warned


def test_training_warns_on_its_page_and_tells_readers_nothing(
    client, signed_in, oversight, locality, facilitator
):
    training = WorkshopFactory(locality=locality, kind="tot", facilitators=[facilitator])
    ParticipationFactory(workshop=training)
    assert "no champion of an earlier workshop" in client.get(training.get_absolute_url()).content.decode()
    page = signed_in(oversight).get(training.get_absolute_url()).content.decode()
    assert "no champion" not in page


def champion(workshop, area, **person):
    country = workshop.locality.country
    return Champion.objects.create(
        person=PersonFactory(country=country, **person), workshop=workshop, locality=area
    )


def test_champions_invited_counts_champions_and_their_areas(workshop, locality):
    training = WorkshopFactory(locality=locality, kind="tot")
    below = LocalityFactory(code="CD-KE-1", parent=locality)
    other = LocalityFactory(code="CD-KC")
    first = champion(workshop, locality)
    champion(workshop, below, full_name="Awa Ilunga")
    champion(workshop, other)  # not invited
    ParticipationFactory(workshop=training, person=first.person)
    InvitationFactory(workshop=training, full_name="ILUNGA Awa")
    InvitationFactory(workshop=training, full_name="", key="", position="Whoever is mayor")
    found = ChampionsInvited.from_workshop(training)
    assert (found.people, found.champions, found.areas) == (2, 2, 1)
    assert len(found.warnings) == 1
    assert "one area" in found.warnings[0]
    third = champion(workshop, other)
    InvitationFactory(workshop=training, person=third.person)
    assert ChampionsInvited.from_workshop(training).warnings == []
    ParticipationFactory(workshop=training)
    assert (
        "1 of those invited or registered is no champion"
        in ChampionsInvited.from_workshop(training).warnings[0]
    )


def test_champions_invited_of_nobody_warns_of_nothing(workshop):
    assert ChampionsInvited.from_workshop(workshop).warnings == []


@pytest.mark.parametrize("people", [1, 40])
def test_training_page_queries(people, client, locality, facilitator, django_assert_num_queries):
    training = WorkshopFactory(locality=locality, kind="tot", facilitators=[facilitator])
    ParticipationFactory.create_batch(people, workshop=training)
    with django_assert_num_queries(12):
        client.get(training.get_absolute_url())


# --- Institutions to turn to ---------------------------------------------------------------------


def test_referral_new_edit_remove(client, workshop):
    typed = {"institution": "Hospital of Dibindi", "service": "Medical care", "phone": "+243 81", "hours": ""}
    assert client.post(reverse("referral_new", args=[workshop.code]), typed).status_code == 302
    contact = ReferralContact.objects.get()
    assert "Hospital of Dibindi" in client.get(workshop.get_absolute_url()).content.decode()
    url = reverse("referral_edit", args=[workshop.code, contact.code])
    assert client.post(url, typed | {"service": ""}).status_code == 422
    assert client.post(url, typed | {"institution": "h" * 100_000}).status_code == 422
    client.post(url, typed | {"hours": "Day and night"})
    contact.refresh_from_db()
    assert contact.hours == "Day and night"
    url = reverse("referral_remove", args=[workshop.code, contact.code])
    assert "Remove this institution?" in client.get(url).content.decode()
    client.post(url)
    assert not ReferralContact.objects.exists()


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_referrals_are_for_who_runs_it(role, status, request, signed_in, workshop):
    contact = ReferralContactFactory(workshop=workshop, institution="House of refuge")
    client = signed_in(request.getfixturevalue(role))
    for name in ("referral_edit", "referral_remove"):
        assert client.post(reverse(name, args=[workshop.code, contact.code])).status_code == status
    assert client.post(reverse("referral_new", args=[workshop.code])).status_code == status
    if status == 403:
        assert "House of refuge" not in client.get(workshop.get_absolute_url()).content.decode()
    assert ReferralContact.objects.count() == 1


def test_overview_shows_the_life_in_words(client, workshop):
    """The steps from planned to closed, by word, the present one marked for screen readers, too."""
    Workshop.objects.update(state="held")
    page = client.get(workshop.get_absolute_url()).content.decode()
    life = page.split('class="life"')[1].split("</ol>")[0]
    assert life.count('class="reached"') == 3
    assert life.count('aria-current="step"') == 1
    assert life.index("Confirmed") < life.index('aria-current="step"') < life.index("Reported")
