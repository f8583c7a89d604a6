"""The page over two terms, lists and trend; and that they name nobody."""

import json

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from plans.services.assessments import close_assessment
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    AppointmentFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.people import ConsentFactory, IncumbencyFactory, PersonFactory
from tests.factories.plans import ActivityFactory, BudgetLineFactory, LocalActionPlanFactory
from tests.factories.results import CommitmentFactory
from tests.plans.assessments.scene import TODAY, D, give, text

pytestmark = pytest.mark.django_db


# The page over two terms, and names

NAMES = ["Kabedi Hidden", "Mbuyi Hidden", "Safi Secretary", "Nadia Account"]


@pytest.fixture
def two_terms(assessment, mayor, committee, workshop):
    """An office of which the holder changed, with something in each part; names stand in every table."""
    country = committee.locality.country
    first, second = (PersonFactory(country=country, full_name=name) for name in NAMES[:2])
    for each in (first, second):
        ConsentFactory(person=each, purpose="show_to_committee")
    IncumbencyFactory(position=mayor, person=first, starts_on=D(2024, 1, 1), ends_on=D(2026, 4, 10))
    IncumbencyFactory(position=mayor, person=second, starts_on=D(2026, 4, 10))
    seat = SeatFactory(committee=committee, position=mayor)
    AppointmentFactory(seat=seat, person=second, starts_on=D(2026, 4, 10))
    AttendanceFactory(seat=seat, meeting=MeetingFactory(committee=committee, held=True))
    CommitmentFactory(
        workshop=workshop, owner=mayor, due_on=D(2026, 2, 1), state="kept", closed_on=D(2026, 1, 9)
    )
    CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2026, 5, 1))
    DecisionFactory(meeting__committee=committee, owner=mayor, due_on=D(2026, 5, 1))
    adopted = {"adopted_on": D(2025, 12, 1), "adopting_body": "Council", "adopting_act": "12/2025"}
    plan = LocalActionPlanFactory(committee=committee, state="in_implementation", **adopted)
    activity = ActivityFactory(objective__plan=plan, responsible=mayor, ends_on=D(2026, 3, 1))
    BudgetLineFactory(activity=activity, planned=1000, disbursed=500, spent=250)
    account = UserFactory(display_name="Nadia Account")
    view = give(assessment, "government")
    view.entered_by = account
    view.save()
    return assessment


def test_assessment_detail_spans_both_terms(two_terms, secretary, signed_in):
    page = text(signed_in(secretary).get(two_terms.get_absolute_url()))
    assert "The office had 2 terms in this period." in page
    assert "1 January 2024 – 10 April 2026" in page
    assert "1 of 2" in page
    assert "kept: some" in page
    assert "50%" in page  # spent of received
    assert "Method 2026-11" in page


@pytest.mark.parametrize("who", ["secretary", "member", "coordinator", "oversight"])
def test_no_person_is_named_anywhere(who, two_terms, secretary, signed_in, request):
    close_assessment(two_terms, today=TODAY, by=secretary)
    two_terms.refresh_from_db()
    client = signed_in(request.getfixturevalue(who))
    urls = [
        two_terms.get_absolute_url(),
        reverse("committee_assessments", args=[two_terms.committee.code]),
        reverse("assessment_list"),
    ]
    shown = [text(client.get(url)) for url in urls] + [json.dumps(two_terms.facts)]
    for each in shown:
        for name in NAMES:
            if name == "Safi Secretary" and who == "secretary":
                continue
            assert name not in each
            assert name.split()[0] not in each
    assert not AuditEvent.objects.filter(detail__icontains="Kabedi").exists()


# Lists and trend


def test_assessment_list_finds_by_words_country_and_year(assessment, coordinator, signed_in):
    other = AssessmentFactory(
        committee=assessment.committee,
        position__title="Chief of police",
        start=D(2025, 1, 1),
        end=D(2025, 12, 31),
    )
    client = signed_in(coordinator)

    def found(**query):
        return {row.code for row in client.get(reverse("assessment_list"), query).context["page"]}

    assert found() == {assessment.code, other.code}
    assert found(q="police") == {other.code}
    assert found(q="Kasaï") == {assessment.code, other.code}
    assert found(year="2026") == {assessment.code}
    assert found(country="CD") == {assessment.code, other.code}
    assert found(state="closed") == set()
    assert "No assessment fits" in text(client.get(reverse("assessment_list"), {"q": "nothing such"}))


def test_period_that_is_over_is_marked_to_close(assessment, secretary, signed_in):
    url = reverse("committee_assessments", args=[assessment.committee.code])
    client = signed_in(secretary)
    assert "Waits for marks" in text(client.get(url))
    give(assessment, "government")
    assert "To close" in text(client.get(url))


def test_trend_compares_with_the_period_before(assessment, mayor, workshop, secretary, signed_in):
    CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2025, 5, 1))
    before = AssessmentFactory(
        committee=assessment.committee, position=mayor, start=D(2025, 1, 1), end=D(2025, 12, 31)
    )
    close_assessment(before, today=TODAY, by=secretary)
    page = text(signed_in(secretary).get(assessment.get_absolute_url()))
    assert "Over the periods" in page
    assert '<td data-label="2025">0 of 1</td>' in page
    assert f'<a href="{before.get_absolute_url()}">2025</a>' in page


def test_pages_that_nobody_filled_say_what_comes_next(committee, secretary, oversight, signed_in):
    url = reverse("committee_assessments", args=[committee.code])
    assert "Choose the offices and the period." in text(signed_in(secretary).get(url))
    assert "secretary begins an assessment" in text(signed_in(oversight).get(url))
    assert "A committee begins one on its own page" in text(
        signed_in(oversight).get(reverse("assessment_list"))
    )
    assert "No office to assess yet" in text(
        signed_in(secretary).get(reverse("assessment_new", args=[committee.code]))
    )


@pytest.mark.parametrize("rows", [1, 5])
def test_lists_ask_the_same_number_of_queries(
    rows, committee, secretary, signed_in, django_assert_num_queries
):
    for _ in range(rows):
        give(AssessmentFactory(committee=committee), "government")
    client = signed_in(secretary)
    for url in (reverse("committee_assessments", args=[committee.code]), reverse("assessment_list")):
        client.get(url)
    with django_assert_num_queries(8):
        client.get(reverse("committee_assessments", args=[committee.code]))
    with django_assert_num_queries(7):
        client.get(reverse("assessment_list"))


@pytest.mark.parametrize("rows", [1, 5])
def test_assessment_detail_asks_the_same_number_of_queries(
    rows, two_terms, mayor, workshop, committee, secretary, signed_in, django_assert_num_queries
):
    for number in range(rows):
        CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2026, 2, 1))
        AttendanceFactory(
            seat=mayor.seats.get(),
            meeting=MeetingFactory(committee=committee, held=True, day=D(2026, 3, 5 + number)),
        )
        old = AssessmentFactory(
            committee=committee, position=mayor, start=D(2020 + number, 1, 1), end=D(2020 + number, 12, 31)
        )
        close_assessment(old, today=TODAY, by=secretary)
    client = signed_in(secretary)
    with django_assert_num_queries(20):
        client.get(two_terms.get_absolute_url())
