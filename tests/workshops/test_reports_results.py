"""What a workshop produced, as its readers see it."""

import datetime
from decimal import Decimal

import pytest

from people.models import Sex
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import NapFactory, ProvisionFactory
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
from workshops.models import AwarenessScore, EvaluationCount, Workshop
from workshops.reports.champions import Championship
from workshops.reports.results import Results
from workshops.states import WorkshopKind, WorkshopState

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 6, 10)  # 99 days after the last day


def score(workshop, **changed):
    values = {
        "maximum": 20,
        "before_count": 30,
        "before_average": Decimal("8.50"),
        "after_count": 28,
        "after_average": Decimal("13.50"),
    }
    return AwarenessScore.objects.create(workshop=workshop, **values | changed)


@pytest.mark.parametrize("rows", [1, 5])
def test_from_workshop_costs_eight_queries(workshop, rows, django_assert_num_queries):
    score(workshop)
    EvaluationCount.objects.create(workshop=workshop, criterion="useful", agree=9)
    nap = NapFactory(country=workshop.locality.country)
    for _row in range(rows):
        ConflictIssueFactory(workshop=workshop)
        PolicyMappingFactory(workshop=workshop)
        NeedFactory(workshop=workshop)
        FollowUpFactory(commitment=CommitmentFactory(workshop=workshop))
        NapVoteFactory(workshop=workshop, provision=ProvisionFactory(framework=nap))
        ChampionFactory(workshop=workshop)
        CommitteeFactory(locality=workshop.locality, established_at=workshop)
    found = Workshop.objects.for_list().select_related("awareness").get(pk=workshop.pk)
    with django_assert_num_queries(8):
        results = Results.from_workshop(found, sees_all=True, today=TODAY)
        assert all(each.owner.title and each.workshop.locality.name for each in results.commitments)
        assert all(item.provision.framework.title for item in results.ranking)
    assert not results.is_empty


def test_results_of_an_empty_workshop(workshop):
    results = Results.from_workshop(workshop)
    assert results.is_empty
    assert (results.awareness, results.evaluation, results.ranking) == (None, None, [])
    assert results.champions.total == 0


def test_awareness_says_the_change_in_points_and_percent(workshop):
    score(workshop)
    awareness = Results.from_workshop(workshop).awareness
    assert (awareness.change, awareness.change_percent) == (Decimal("5.00"), 25)
    assert [length for length, _label in awareness.bars] == [42, 68]


def test_awareness_may_fall(workshop):
    score(workshop, after_average=Decimal("6.50"))
    awareness = Results.from_workshop(workshop).awareness
    assert (awareness.change_percent, awareness.loss_percent) == (-10, 10)


def test_awareness_of_few_sheets_is_hidden_from_who_does_not_run_it(workshop):
    score(workshop, after_count=4)
    hidden = Results.from_workshop(workshop).awareness
    assert (hidden.after, hidden.after_count, hidden.change, hidden.is_hidden) == (None, None, None, True)
    assert hidden.before == Decimal("8.50")
    assert Results.from_workshop(workshop, sees_all=True).awareness.change == Decimal("5.00")


def test_evaluation_hides_small_numbers_and_what_gives_them_away(workshop):
    EvaluationCount.objects.create(workshop=workshop, criterion="safe", agree=20, partly=8, disagree=2)
    line = Results.from_workshop(workshop).evaluation.lines[0]
    assert (line.agree, line.partly, line.disagree, line.blank) == (20, None, None, 0)
    own = Results.from_workshop(workshop, sees_all=True).evaluation
    assert (own.sheets, own.lines[0].disagree, own.hides_numbers) == (30, 2, False)


def test_evaluation_of_few_sheets_says_nothing(workshop):
    EvaluationCount.objects.create(workshop=workshop, criterion="safe", agree=3)
    evaluation = Results.from_workshop(workshop).evaluation
    assert (evaluation.sheets, evaluation.lines) == (None, [])


def test_ranking_adds_the_groups_and_shares_places(workshop):
    nap = NapFactory(country=workshop.locality.country)
    first, second, third = (ProvisionFactory(framework=nap, order=n) for n in range(3))
    for group, votes in (("Women", (4, 1, 6)), ("Youth", (2, 5, 0))):
        for item, number in zip((first, second, third), votes, strict=True):
            if number:
                NapVoteFactory(workshop=workshop, provision=item, group=group, votes=number)
    ranking = Results.from_workshop(workshop).ranking
    assert [(item.place, item.provision, item.votes) for item in ranking] == [
        (1, first, 6),
        (1, second, 6),
        (1, third, 6),
    ]
    assert ranking[0].groups == [("Women", 4), ("Youth", 2)]
    assert [item.width for item in ranking] == [100, 100, 100]


def test_commitment_counts_by_state_and_day(workshop):
    CommitmentFactory(workshop=workshop, due_on=TODAY - datetime.timedelta(days=1))
    CommitmentFactory(workshop=workshop, due_on=TODAY)
    CommitmentFactory(workshop=workshop, state="kept", due_on=datetime.date(2026, 4, 1))
    heard = CommitmentFactory(workshop=workshop)
    FollowUpFactory(commitment=heard, milestone=90)
    counts = Results.from_workshop(workshop, today=TODAY).commitment_counts
    assert (counts.total, counts.open, counts.overdue, counts.kept, counts.to_ask) == (4, 3, 1, 1, 2)


def test_writeshop_shows_what_earlier_workshops_mapped_in_its_places(workshop, locality, elsewhere):
    known = PolicyMappingFactory(workshop=workshop, name="Custom of inheritance")
    PolicyMappingFactory(workshop=WorkshopFactory(locality=elsewhere))
    later = WorkshopFactory(
        locality=locality,
        kind=WorkshopKind.WRITESHOP,
        starts_on=datetime.date(2027, 1, 10),
        ends_on=datetime.date(2027, 1, 11),
    )
    own = PolicyMappingFactory(workshop=later)
    results = Results.from_workshop(later)
    assert (results.policies, results.earlier_policies) == ([own], [known])
    assert Results.from_workshop(workshop).earlier_policies == []


def test_champions_are_numbers_for_readers_and_none_when_few(workshop):
    for _number in range(4):
        ChampionFactory(workshop=workshop)
    results = Results.from_workshop(workshop)
    assert (results.champions.total, results.champion_rows) == (None, [])
    assert len(Results.from_workshop(workshop, sees_all=True).champion_rows) == 4


def test_championship_hides_small_areas_and_counts_men(locality, elsewhere, workshop, coordinator):
    """F65: male champions are counted; an area with 3 hides 3, and the one that would give it away."""
    second = WorkshopFactory(locality=locality)
    for number in range(7):
        sex = Sex.MAN if number < 6 else Sex.WOMAN
        person = PersonFactory(country=locality.country, sex=sex)
        ChampionFactory(workshop=workshop, person=person)
    village = LocalityFactory(code="CD-VILLAGE", name="Village", country=locality.country)
    for _number in range(3):
        ChampionFactory(workshop=second, locality=village)
    ChampionFactory(workshop=WorkshopFactory(locality=elsewhere))
    found = Championship.seen_by(coordinator)
    assert found.total == 10
    assert {area.locality.name: (area.count, area.codes) for area in found.areas} == {
        "Kasaï-Oriental": (None, []),
        "Village": (None, []),
    }
    # 6 men and 4 women: the women are few, so that the men's number would tell theirs.
    assert [cell.count for cell in found.sexes] == [None, None]


def test_training_offers_its_untrained_champions_when_it_was_held(workshop, locality, facilitator):
    training = WorkshopFactory(
        locality=locality, kind=WorkshopKind.TRAINING_OF_TRAINERS, facilitators=[facilitator]
    )
    waiting = ChampionFactory(workshop=workshop)
    trained = ChampionFactory(workshop=workshop, state="trained", trained_at=training)
    for champion in (waiting, trained):
        ParticipationFactory(workshop=training, person=champion.person)
    assert Results.from_workshop(training, sees_all=True).untrained_here == []
    training.state = WorkshopState.HELD
    assert Results.from_workshop(training, sees_all=True).untrained_here == [waiting]
    assert Results.from_workshop(training, sees_all=True).trained_here == [trained]
    assert Results.from_workshop(training).untrained_here == []
    assert Results.from_workshop(training).trained_here == []


def test_championship_hides_nothing_from_who_reads_all_the_names(workshop, facilitator, coordinator):
    champion = ChampionFactory(workshop=workshop)
    ParticipationFactory(workshop=workshop, person=champion.person)
    assert Championship.seen_by(facilitator).areas[0].codes == [champion.person.code]
    assert Championship.seen_by(coordinator).total is None
    ChampionFactory(workshop=workshop)  # registered nowhere that she runs
    assert Championship.seen_by(facilitator).total is None
