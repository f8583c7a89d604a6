import datetime

import pytest
from django.utils import timezone

from committees.models import MinutesState
from people.memory import PositionSheet
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    CommitteeFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.people import (
    HandoverFactory,
    IncumbencyFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
    TrainingNeedFactory,
)
from tests.factories.plans import (
    ActivityFactory,
    AttachmentFactory,
    LocalActionPlanFactory,
    LocalLawFactory,
    ObjectiveFactory,
)
from tests.factories.results import CommitmentFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.models import Attendance


@pytest.fixture
def mayor(committee):
    return SeatFactory(committee=committee, position__title="Mayor of Kanshi").position


@pytest.fixture
def plan(committee):
    return LocalActionPlanFactory(committee=committee)


def approved(committee):
    day = datetime.date(2026, 6, 10)
    return MeetingFactory(
        committee=committee, held=True, minutes_state=MinutesState.APPROVED, approved_on=day
    )


def work_of(mayor, *, plan, workshop, number):
    """So many rows of everything that hangs on an office."""
    committee, made = plan.committee, []
    for n in range(number):
        CommitmentFactory(workshop=workshop, owner=mayor)
        meeting = approved(committee)
        DecisionFactory(meeting=meeting, owner=mayor)
        meeting.files.create(name=f"agenda{n}.pdf", title=f"Paper {n}", content_type="x", size=1, file="x")
        ActivityFactory(objective=ObjectiveFactory(plan=plan), responsible=mayor)
        helped = ActivityFactory(objective=ObjectiveFactory(plan=plan))
        helped.supporting.add(mayor)
        person = PersonFactory(country=workshop.locality.country)
        ParticipationFactory(workshop=workshop, person=person, position=mayor)
        candidate = PersonFactory(country=workshop.locality.country)
        ParticipationFactory(workshop=workshop, person=candidate, position=mayor)
        IncumbencyFactory(position=mayor, person=person)
        SeatFactory(committee=CommitteeFactory(locality=mayor.locality), position=mayor)
        HandoverFactory(position=mayor, stays_on=meeting.day, stays_reason="Elected again")
        AssessmentFactory(
            committee=committee,
            position=mayor,
            start=datetime.date(2020 + n, 1, 1),
            end=datetime.date(2020 + n, 12, 31),
        )
        TrainingNeedFactory(position=mayor, topic="other", note=f"Need {n}")
        AttachmentFactory(plan=plan)
        made.append(meeting)
    return made


@pytest.mark.parametrize("number", [1, 5])
def test_position_detail_asks_the_same_number_of_queries(
    signed_in, facilitator, mayor, plan, workshop, number, django_assert_num_queries
):
    work_of(mayor, plan=plan, workshop=workshop, number=number)
    client = signed_in(facilitator)
    client.get(mayor.get_absolute_url())
    with django_assert_num_queries(17):
        response = client.get(mayor.get_absolute_url())
    sheet = response.context["sheet"]
    for rows in (sheet.commitments, sheet.decisions, sheet.activities, sheet.supported, sheet.handovers):
        assert len(rows) == number
    assert len(sheet.assessments) == len(sheet.needs) == len(sheet.candidates) == number
    assert len(sheet.documents) == 2 * number
    for words in ("Paper 0", "Need 0", sheet.decisions[0].text, sheet.assessments[0].label):
        assert words in response.text


def test_what_an_office_owes_stays_when_the_holder_changes(signed_in, secretary, mayor, plan, workshop):
    work_of(mayor, plan=plan, workshop=workshop, number=1)
    before = PositionSheet.from_position(mayor, user=secretary)
    mayor.incumbencies.update(ends_on=timezone.localdate(), how_ended="election")
    after = PositionSheet.from_position(mayor, user=secretary)
    assert after.is_vacant
    for name in ("commitments", "decisions", "activities", "supported", "seats", "needs", "documents"):
        assert getattr(after, name) == getattr(before, name)
    assert "Vacant" in signed_in(secretary).get(mayor.get_absolute_url()).text


def test_position_detail_can_show_what_is_open_only(signed_in, facilitator, mayor, plan, workshop):
    meeting = work_of(mayor, plan=plan, workshop=workshop, number=1)[0]
    mayor.commitments.update(state="kept")
    meeting.decisions.update(state="done", closed_on=meeting.day)
    mayor.activities.update(state="done")
    mayor.training_needs.update(met_on=meeting.day)
    mayor.seats.update(ended_on=meeting.day)
    mayor.assessments.update(state="closed", closed_on=meeting.day)
    client = signed_in(facilitator)
    everything = client.get(mayor.get_absolute_url()).context["sheet"]
    opened = client.get(f"{mayor.get_absolute_url()}?show=open").context["sheet"]
    for name in ("commitments", "decisions", "activities", "seats", "needs", "assessments", "handovers"):
        assert getattr(everything, name)
        assert getattr(opened, name) == []
    assert opened.holders


def test_position_detail_shows_others_nothing_of_the_work(signed_in, outsider, mayor, plan, workshop):
    work_of(mayor, plan=plan, workshop=workshop, number=1)
    response = signed_in(outsider).get(mayor.get_absolute_url())
    sheet = response.context["sheet"]
    for name in ("commitments", "decisions", "activities", "supported", "seats", "handovers", "needs"):
        assert getattr(sheet, name) == []
    assert sheet.documents == sheet.assessments == sheet.trainings == []
    assert "Paper 0" not in response.text


def test_papers_of_meetings_are_for_who_works_for_the_committee(
    facilitator, coordinator, oversight, secretary, member, mayor, committee
):
    meeting = approved(committee)
    DecisionFactory(meeting=meeting, owner=mayor)
    meeting.files.create(name="list.pdf", content_type="x", size=1, file="x")
    for user in (facilitator, coordinator, secretary, member):
        found = PositionSheet.from_position(mayor, user=user).documents
        assert [(each.page, each.code, each.title) for each in found] == [
            ("meeting_detail", meeting.code, "list.pdf")
        ]
    assert PositionSheet.from_position(mayor, user=oversight).documents == []


def test_documents_are_those_of_plans_and_laws_that_it_works_on(facilitator, mayor, plan):
    ActivityFactory(objective=ObjectiveFactory(plan=plan), responsible=mayor)
    scan = AttachmentFactory(plan=plan, title="Act of the council")
    law = LocalLawFactory(locality=plan.locality, plan=plan)
    text = AttachmentFactory(plan=None, law=law, kind="law", title="Text of the by-law")
    AttachmentFactory(plan=LocalActionPlanFactory(committee=plan.committee))
    signs = LocalActionPlanFactory(committee__locality=plan.locality, foreword_by=mayor)
    found = PositionSheet.from_position(mayor, user=facilitator).documents
    assert all(isinstance(each.day, datetime.date) for each in found)
    assert {(each.page, each.code, each.title) for each in found} == {
        ("plan_detail", plan.code, scan.title),
        ("law_detail", law.code, text.title),
        ("plan_detail", signs.code, signs.title),
    }


def attended(workshop, person, position):
    row = ParticipationFactory(workshop=workshop, person=person, position=position)
    Attendance.objects.create(participation=row, day=workshop.starts_on, half="am")
    return row


def test_trainings_count_where_the_present_holder_was(facilitator, oversight, mayor, locality):
    person, former = PersonFactory(), PersonFactory()
    IncumbencyFactory(position=mayor, person=former, ends_on=datetime.date(2025, 1, 1), how_ended="transfer")
    IncumbencyFactory(position=mayor, person=person, starts_on=datetime.date(2025, 1, 1))
    for kind in ("committee_training", "committee_training", "conference"):
        attended(WorkshopFactory(locality=locality, kind=kind), person, mayor)
    attended(WorkshopFactory(locality=locality, kind="tot"), former, mayor)
    ParticipationFactory(workshop=WorkshopFactory(locality=locality, kind="tot"), person=person)
    found = PositionSheet.from_position(mayor, user=oversight).trainings
    assert [(each.kind, each.number) for each in found] == [("Committee training", 2)]
    mayor.incumbencies.filter(person=person).update(ends_on=datetime.date(2026, 1, 1), how_ended="transfer")
    assert PositionSheet.from_position(mayor, user=oversight).trainings == []


def test_trainings_at_high_risk_are_for_who_runs_them(facilitator, coordinator, mayor, locality):
    person = PersonFactory()
    IncumbencyFactory(position=mayor, person=person)
    attended(
        WorkshopFactory(locality=locality, kind="tot", risk_level="high", facilitators=[facilitator]),
        person,
        mayor,
    )
    assert len(PositionSheet.from_position(mayor, user=facilitator).trainings) == 1
    assert PositionSheet.from_position(mayor, user=coordinator).trainings == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("holder=vacant", {"Left"}),
        ("holder=ending", {"Ending"}),
        ("holder=unknown", {"Left", "Never", "Learns"}),
        ("needs=yes", {"Learns"}),
        ("locality=CD-KE", {"Left", "Never", "Learns", "Ending"}),
        ("locality=XX", {"Left", "Never", "Learns", "Ending"}),
    ],
)
def test_position_list_filters_by_holder_need_and_place(signed_in, coordinator, committee, query, found):
    today = timezone.localdate()
    offices = {
        title: SeatFactory(committee=committee, position__title=title).position
        for title in ("Left", "Never", "Learns", "Ending")
    }
    IncumbencyFactory(position=offices["Left"], ends_on=today, how_ended="transfer")
    IncumbencyFactory(position=offices["Ending"], term_ends_on=today + datetime.timedelta(60))
    TrainingNeedFactory(position=offices["Learns"])
    rows = signed_in(coordinator).get(f"/positions/?{query}").context["rows"]
    assert {row.position.title for row in rows} == found


def test_organization_detail_shows_seats_and_boards(signed_in, facilitator, outsider, committee):
    organization = OrganizationFactory(country=committee.locality.country)
    PositionFactory(locality=committee.locality, organization=organization)
    SeatFactory(committee=committee, position=None, organization=organization, side="civil_society")
    board = CommitteeFactory(locality=committee.locality, kind="monitoring", responsible=organization)
    text = signed_in(facilitator).get(organization.get_absolute_url()).text
    assert committee.name in text
    assert board.name in text
    hidden = signed_in(outsider).get(organization.get_absolute_url()).text
    assert committee.name not in hidden
    assert board.name not in hidden


def test_position_detail_tells_a_committee_what_was_promised_at_its_workshop(
    signed_in, secretary, committee, workshop
):
    """Its accounts do not see the workshop: they read the promise, without a link into it."""
    seat = SeatFactory(committee=committee)
    promise = CommitmentFactory(workshop=workshop, owner=seat.position, text="Light the market")
    elsewhere = CommitmentFactory(owner=seat.position, text="Hidden promise of another workshop")
    text = signed_in(secretary).get(seat.position.get_absolute_url()).text
    assert "Light the market" in text
    assert promise.get_absolute_url() not in text
    assert elsewhere.text not in text
