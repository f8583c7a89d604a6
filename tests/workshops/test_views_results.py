"""The overview of what a workshop produced, the awareness test and the evaluation, at the edge."""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from people.models import Person
from tests.factories.accounts import AssignmentFactory
from tests.factories.committees import CommitteeFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import PersonFactory
from tests.factories.results import (
    ChampionFactory,
    CommitmentFactory,
    ConflictIssueFactory,
    FollowUpFactory,
    NapVoteFactory,
    NeedFactory,
    PolicyMappingFactory,
)
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.models import AwarenessScore, EvaluationCount
from workshops.states import WorkshopKind, WorkshopState

pytestmark = pytest.mark.django_db

ADD = ["conflict_issue_new", "policy_new", "need_new", "commitment_new", "champion_new", "awareness_edit"]


def url(name, workshop):
    return reverse(name, args=[workshop.code])


def filled(workshop, rows=1):
    for _row in range(rows):
        ConflictIssueFactory(workshop=workshop)
        PolicyMappingFactory(workshop=workshop)
        NeedFactory(workshop=workshop)
        FollowUpFactory(commitment=CommitmentFactory(workshop=workshop))
        NapVoteFactory(workshop=workshop)
        person = PersonFactory(country=workshop.locality.country)
        ParticipationFactory(workshop=workshop, person=person)
        ChampionFactory(workshop=workshop, person=person)
        CommitteeFactory(locality=workshop.locality, established_at=workshop)


@pytest.mark.parametrize("rows", [1, 5])
def test_results_costs_twelve_queries(signed_in, facilitator, workshop, rows, django_assert_num_queries):
    filled(workshop, rows)
    client = signed_in(facilitator)
    with django_assert_num_queries(12):
        client.get(url("results", workshop))


def test_results_of_who_runs_it_offers_every_way_to_add(signed_in, facilitator, workshop):
    page = signed_in(facilitator).get(url("results", workshop)).text
    for name in ADD:
        assert url(name, workshop) in page
    assert "Nothing is written down yet" in page
    assert f"{reverse('committee_new')}?workshop={workshop.code}" in page


@pytest.mark.parametrize("who", ["oversight", "coordinator"])
def test_results_shows_readers_no_name_and_no_way_to_add(request, who, signed_in, workshop):
    filled(workshop, 2)
    page = signed_in(request.getfixturevalue(who)).get(url("results", workshop)).text
    assert not [name for name in ADD if url(name, workshop) in page]
    for person in Person.objects.all():
        assert person.full_name not in page
        assert person.code not in page  # two champions are few
    assert "Fewer than 5" in page


def test_results_of_closed_workshop_says_why_nothing_can_be_added(signed_in, facilitator, workshop):
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    client = signed_in(facilitator)
    page = client.get(url("results", workshop)).text
    assert "The workshop is closed" in page
    assert url("conflict_issue_new", workshop) not in page
    for name in ADD:
        assert client.get(url(name, workshop)).status_code == 403


def test_results_of_consultation_puts_needs_first(signed_in, facilitator, locality):
    workshop = WorkshopFactory(locality=locality, facilitators=[facilitator], kind=WorkshopKind.CONSULTATION)
    page = signed_in(facilitator).get(url("results", workshop)).text
    assert page.index('id="needs"') < page.index('id="commitments"')


def test_results_of_writeshop_shows_the_earlier_mapping(signed_in, facilitator, workshop, locality):
    PolicyMappingFactory(workshop=workshop, name="Evening meetings of the council", effect="hinders")
    later = WorkshopFactory(
        locality=locality, kind=WorkshopKind.WRITESHOP, starts_on="2027-02-01", ends_on="2027-02-02"
    )
    page = signed_in(facilitator).get(url("results", later)).text
    assert "Evening meetings of the council" in page
    assert "Found out at earlier workshops" in page


@pytest.mark.parametrize("name", [*ADD, "evaluation_edit", "nap_vote_edit", "nap_vote_remove"])
def test_writing_results_is_for_who_runs_the_workshop(signed_in, coordinator, oversight, workshop, name):
    for reader in (coordinator, oversight):
        assert signed_in(reader).get(url(name, workshop)).status_code == 403
        assert signed_in(reader).post(url(name, workshop), {"text": "x"}).status_code == 403


SCORES = {
    "maximum": "20",
    "before_count": "30",
    "before_average": "8.5",
    "after_count": "28",
    "after_average": "13.25",
}


def test_awareness_edit_is_entered_once_and_changed(signed_in, facilitator, workshop):
    client = signed_in(facilitator)
    assert client.post(url("awareness_edit", workshop), SCORES).status_code == 302
    assert client.post(url("awareness_edit", workshop), SCORES | {"maximum": "25"}).status_code == 302
    score = AwarenessScore.objects.get(workshop=workshop)
    assert (score.maximum, score.after_average) == (25, Decimal("13.25"))
    page = client.get(url("results", workshop)).text
    assert "+4.75" in page
    assert "rose by 19%" in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"after_average": "20.01"}, "after_average"),
        ({"before_average": "-1"}, "before_average"),
        ({"before_average": ""}, "before_average"),
        ({"before_count": "0"}, "before_count"),
        ({"maximum": "0"}, "maximum"),
        ({"maximum": "1001"}, "maximum"),
        ({"before_average": "NaN"}, "before_average"),
        ({"before_count": "99999999999999999999"}, "before_count"),
        ({"after_count": "many"}, "after_count"),
        ({"after_average": "13.257"}, "after_average"),
    ],
)
def test_awareness_edit_refuses_impossible_scores(signed_in, facilitator, workshop, changed, field):
    response = signed_in(facilitator).post(url("awareness_edit", workshop), SCORES | changed)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not AwarenessScore.objects.exists()


def test_awareness_edit_takes_before_alone(signed_in, facilitator, workshop):
    data = SCORES | {"after_count": "0", "after_average": ""}
    assert signed_in(facilitator).post(url("awareness_edit", workshop), data).status_code == 302
    assert "One of the two averages is missing" in signed_in(facilitator).get(url("results", workshop)).text


def test_evaluation_edit_works_out_who_did_not_answer(signed_in, facilitator, workshop):
    data = {"sheets": "30", "safe_agree": "20", "safe_partly": "5", "safe_disagree": "1"}
    client = signed_in(facilitator)
    assert client.post(url("evaluation_edit", workshop), data).status_code == 302
    row = EvaluationCount.objects.get(workshop=workshop, criterion="safe")
    assert (row.agree, row.partly, row.disagree, row.blank, row.sheets) == (20, 5, 1, 4, 30)
    assert client.get(url("evaluation_edit", workshop)).context["form"]["sheets"].value() == 30


@pytest.mark.parametrize(
    "changed",
    [{"safe_partly": "11"}, {"sheets": ""}, {"sheets": "-1"}, {"safe_agree": "-3"}, {"safe_agree": "1e9"}],
)
def test_evaluation_edit_refuses_more_answers_than_sheets(signed_in, facilitator, workshop, changed):
    data = {"sheets": "30", "safe_agree": "20"} | changed
    response = signed_in(facilitator).post(url("evaluation_edit", workshop), data)
    assert response.status_code == 422
    assert not EvaluationCount.objects.exists()


def test_results_shows_no_earlier_mapping_that_the_reader_may_not_see(signed_in, workshop, locality, country):
    """She works in the second place of the workshop; the first is not hers."""
    place = LocalityFactory(code="CD-TSH", name="Tshilenge", country=country)
    PolicyMappingFactory(workshop=workshop, name="Hidden custom of Kasaï")
    later = WorkshopFactory(locality=locality, starts_on="2027-02-01", ends_on="2027-02-02")
    later.other_localities.add(place)
    neighbour = AssignmentFactory(role=Role.FACILITATOR, locality=place).user
    response = signed_in(neighbour).get(url("results", later))
    assert response.status_code == 200
    assert "Hidden custom" not in response.text
