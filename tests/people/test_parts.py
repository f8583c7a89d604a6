"""The pages of an office and an organisation with much on them: the first rows, and a page with the whole."""

import datetime

import pytest
from django.urls import reverse

from committees.models import Decision, Seat
from people.memory import PARTS
from people.models import Handover, Position
from people.parts import MOST_SHOWN
from people.reports import ORGANIZATION_PARTS
from plans.models import Activity, Assessment
from tests.factories.committees import CommitteeFactory, MeetingFactory, SeatFactory
from tests.factories.people import (
    HandoverFactory,
    IncumbencyFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    TrainingNeedFactory,
)
from tests.factories.plans import ActivityFactory, AttachmentFactory, LocalActionPlanFactory, ObjectiveFactory
from tests.factories.workshops import ParticipationFactory
from workshops.models import Commitment

KB = 1024
DAY = datetime.date(2026, 3, 20)


def much_of(committee, workshop, *, number):
    """An office with that much of everything that may grow."""
    office = SeatFactory(committee=committee, position__title="Mayor of much").position
    meeting = MeetingFactory(committee=committee, day=DAY, held=True)
    Commitment.objects.bulk_create(
        Commitment(workshop=workshop, owner=office, text=f"Promise {n:03}", due_on=DAY) for n in range(number)
    )
    Decision.objects.bulk_create(
        Decision(meeting=meeting, number=n + 1, text=f"Task {n:03}", owner=office, due_on=DAY)
        for n in range(number)
    )
    plan = LocalActionPlanFactory(committee=committee)
    objective = ObjectiveFactory(plan=plan)
    Activity.objects.bulk_create(
        Activity(objective=objective, text=f"Work {n:03}", responsible=office) for n in range(number)
    )
    other = ActivityFactory(objective=objective)
    Activity.supporting.through.objects.bulk_create(
        Activity.supporting.through(activity=row, position=office)
        for row in Activity.objects.bulk_create(
            Activity(objective=objective, text=f"Help {n:03}", responsible=other.responsible)
            for n in range(number)
        )
    )
    Seat.objects.bulk_create(
        Seat(committee=committee, position=office, side="government", ended_on=DAY) for n in range(number)
    )
    Handover.objects.bulk_create(
        Handover(position=office, cause="left", opened_on=DAY, due_on=DAY, stays_on=DAY, stays_reason="x")
        for n in range(number)
    )
    Assessment.objects.bulk_create(
        Assessment(
            committee=committee,
            position=office,
            label="2025",
            start=DAY - datetime.timedelta(n + 1),
            end=DAY,
            method="x",
        )
        for n in range(number)
    )
    for n in range(number):
        IncumbencyFactory(
            position=office,
            person=None,
            starts_on=DAY,
            ends_on=DAY + datetime.timedelta(n),
            how_ended="transfer",
        )
        TrainingNeedFactory(position=office, topic="other", note=f"Need {n:03}")
        AttachmentFactory(plan=plan, title=f"Paper {n:03}")
    return office


def part_url(row, part):
    name = "position_part" if isinstance(row, Position) else "organization_part"
    return reverse(name, args=[row.code, part])


def test_position_detail_shows_the_first_of_each_part_and_the_way_to_all(
    signed_in, facilitator, committee, workshop, django_assert_num_queries
):
    office = much_of(committee, workshop, number=60)
    client = signed_in(facilitator)
    client.get(office.get_absolute_url())
    with django_assert_num_queries(26):
        response = client.get(office.get_absolute_url())
    sheet = response.context["sheet"]
    for name in PARTS:
        assert len(getattr(sheet, name)) == MOST_SHOWN, name
        assert part_url(office, name) in response.text
    assert sheet.commitments.number == sheet.holders.number == 60
    assert "Show all 60" in response.text
    assert len(response.content) <= 60 * KB


def test_position_detail_with_few_rows_leads_to_no_other_page(signed_in, facilitator, committee, workshop):
    office = much_of(committee, workshop, number=3)
    page = signed_in(facilitator).get(office.get_absolute_url()).text
    assert "Show all" not in page
    assert "/all/" not in page


def test_position_detail_names_who_holds_it_however_many_did_before(signed_in, facilitator, committee):
    """And knows of a hand-over that is open below those that are shown."""
    office = SeatFactory(committee=committee).position
    for n in range(MOST_SHOWN + 2):
        IncumbencyFactory(
            position=office,
            person=None,
            starts_on=DAY + datetime.timedelta(n),
            ends_on=DAY + datetime.timedelta(n + 1),
            how_ended="transfer",
        )
        HandoverFactory(position=office, opened_on=DAY, due_on=DAY, stays_on=DAY, stays_reason="x")
    IncumbencyFactory(position=office, person=None, starts_on=datetime.date(2020, 1, 1))
    HandoverFactory(position=office, opened_on=datetime.date(2020, 1, 1))
    sheet = signed_in(facilitator).get(office.get_absolute_url()).context["sheet"]
    assert [line.incumbency.starts_on for line in sheet.current] == [datetime.date(2020, 1, 1)]
    assert not sheet.is_vacant
    assert not sheet.opens_handover


@pytest.mark.parametrize("part", PARTS)
def test_position_part_shows_all_rows_by_pages(signed_in, facilitator, committee, workshop, part):
    office = much_of(committee, workshop, number=30)
    client = signed_in(facilitator)
    pages = [client.get(part_url(office, part), {"page": n}) for n in (1, 2)]
    numbers = [len(page.context["rows"]) for page in pages]
    total = pages[0].context["page"].paginator.count
    assert (numbers[0], sum(numbers)) == (25, total)
    assert total in {30, 31}  # one more seat is the present one
    assert client.get(part_url(office, part), {"show": "odd", "q": "%25", "page": "odd"}).status_code == 200


@pytest.mark.parametrize(
    ("part", "word", "found"),
    [
        ("commitments", "promise 002", 1),
        ("decisions", "TASK 0", 4),
        ("activities", "work 003", 1),
        ("supported", "help", 4),
        ("needs", "need 001", 1),
        ("seats", "nowhere", 0),
    ],
)
def test_position_part_finds_words(signed_in, facilitator, committee, workshop, part, word, found):
    office = much_of(committee, workshop, number=4)
    page = signed_in(facilitator).get(part_url(office, part), {"q": word})
    assert len(page.context["rows"]) == found
    assert ("Nothing fits" in page.text) == (not found)


def test_position_part_shows_what_is_open_only(signed_in, facilitator, committee, workshop):
    office = much_of(committee, workshop, number=3)
    Decision.objects.filter(text="Task 001").update(state="done", closed_on=DAY)
    client = signed_in(facilitator)
    opened = client.get(part_url(office, "decisions"), {"show": "open"})
    assert [row.text for row in opened.context["rows"]] == ["Task 000", "Task 002"]
    assert len(client.get(part_url(office, "decisions")).context["rows"]) == 3


@pytest.mark.parametrize("part", [part for part in PARTS if part != "holders"])
def test_position_part_shows_others_nothing_of_the_work(signed_in, outsider, committee, workshop, part):
    office = much_of(committee, workshop, number=2)
    page = signed_in(outsider).get(part_url(office, part))
    assert page.context["rows"] == []
    assert "None that you may see" in page.text


def test_position_part_names_nobody_to_others(signed_in, facilitator, coordinator, committee, workshop):
    office = SeatFactory(committee=committee).position
    person = PersonFactory(full_name="Marie Hidden Kabongo", country=workshop.locality.country)
    ParticipationFactory(workshop=workshop, person=person, position=office)
    IncumbencyFactory(position=office, person=person, starts_on=DAY)
    assert "Hidden Kabongo" in signed_in(facilitator).get(part_url(office, "holders")).text
    page = signed_in(coordinator).get(part_url(office, "holders")).text
    assert "a person" in page
    assert "Kabongo" not in page


def test_position_part_unknown_or_hidden_is_not_found(signed_in, facilitator, coordinator, workshop):
    hidden = ParticipationFactory(workshop=workshop, position=PositionFactory()).position
    assert signed_in(coordinator).get(part_url(hidden, "seats")).status_code == 404
    client = signed_in(facilitator)
    assert client.get(part_url(hidden, "seats")).status_code == 200
    assert client.get(part_url(hidden, "salary")).status_code == 404


def busy_organization(committee, *, number):
    organization = OrganizationFactory(country=committee.locality.country)
    offices = Position.objects.bulk_create(
        Position(
            locality=committee.locality,
            organization=organization,
            title=f"Officer {n:03}",
            key=f"officer {n:03}",
        )
        for n in range(number)
    )
    Seat.objects.bulk_create(Seat(committee=committee, position=each, side="government") for each in offices)
    Seat.objects.bulk_create(
        Seat(committee=committee, organization=organization, side="civil_society") for n in range(number)
    )
    for _ in range(MOST_SHOWN + 1):
        CommitteeFactory(locality=committee.locality, kind="monitoring", responsible=organization)
    return organization


def test_organization_detail_shows_the_first_of_each_part_and_the_way_to_all(
    signed_in, facilitator, committee, django_assert_num_queries
):
    organization = busy_organization(committee, number=300)
    client = signed_in(facilitator)
    client.get(organization.get_absolute_url())
    with django_assert_num_queries(13):
        response = client.get(organization.get_absolute_url())
    sheet = response.context["sheet"]
    for name in ORGANIZATION_PARTS:
        assert len(getattr(sheet, name)) == MOST_SHOWN
        assert part_url(organization, name) in response.text
    assert sheet.positions.number == 300
    assert "Show all 300" in response.text
    assert len(response.content) <= 60 * KB


def test_organization_part_pages_and_finds(signed_in, facilitator, outsider, committee):
    organization = busy_organization(committee, number=30)
    client = signed_in(facilitator)
    page = client.get(part_url(organization, "positions"))
    assert (len(page.context["rows"]), page.context["page"].paginator.count) == (25, 30)
    found = client.get(part_url(organization, "positions"), {"q": "officer 029"}).context["rows"]
    assert [row.position.title for row in found] == ["Officer 029"]
    assert len(client.get(part_url(organization, "seats"), {"page": 2}).context["rows"]) == 5
    assert len(client.get(part_url(organization, "boards")).context["rows"]) == MOST_SHOWN + 1
    assert client.get(part_url(organization, "salary")).status_code == 404
    assert signed_in(outsider).get(part_url(organization, "seats")).context["rows"] == []


@pytest.mark.parametrize("number", [1, 5])
def test_organization_part_asks_the_same_number_of_queries(
    signed_in, facilitator, committee, number, django_assert_num_queries
):
    organization = busy_organization(committee, number=number)
    client = signed_in(facilitator)
    client.get(part_url(organization, "positions"))
    with django_assert_num_queries(8):
        client.get(part_url(organization, "positions"))


@pytest.mark.parametrize("number", [1, 5])
def test_position_part_asks_the_same_number_of_queries(
    signed_in, facilitator, committee, workshop, number, django_assert_num_queries
):
    office = much_of(committee, workshop, number=number)
    client = signed_in(facilitator)
    client.get(part_url(office, "decisions"))
    with django_assert_num_queries(6):
        client.get(part_url(office, "decisions"))
