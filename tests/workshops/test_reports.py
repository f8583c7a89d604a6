import pytest

from tests.factories.workshops import ParticipationFactory, TallyFactory
from workshops.reports import Breakdown, Meter
from workshops.turnout import Turnout


def breakdown_of(workshop, *, sees_all):
    return Breakdown.from_workshop(workshop, list(workshop.tallies.all()), sees_all=sees_all)


def counts(cells):
    return {cell.label: cell.count for cell in cells}


def test_breakdown_adds_names_and_head_counts(workshop):
    ParticipationFactory.create_batch(2, workshop=workshop, category="mayor", sex="woman")
    TallyFactory(workshop=workshop, category="mayor", count=3, sex="man")
    TallyFactory(workshop=workshop, category="teacher", count=4)
    breakdown = breakdown_of(workshop, sees_all=True)
    assert breakdown.meter.turnout == Turnout(5, 9, 60)
    assert counts(breakdown.authorities) == {"Mayor": 5}
    assert counts(breakdown.others) == {"Teacher or educator": 4}
    assert counts(breakdown.sexes) == {"Woman": 2, "Man": 3, "Not stated": 4}
    assert breakdown.named == 2


def test_breakdown_hides_small_cells_within_the_groups_that_the_meter_adds_up(workshop):
    """3 mayors of 13 authorities: the councillors go too, or 13 − 10 would say 3."""
    TallyFactory(workshop=workshop, category="mayor", count=3)
    TallyFactory(workshop=workshop, category="councillor", count=10)
    TallyFactory(workshop=workshop, category="teacher", count=2)
    TallyFactory(workshop=workshop, category="media", count=20)
    breakdown = breakdown_of(workshop, sees_all=False)
    assert not breakdown.meter.is_hidden
    assert counts(breakdown.authorities) == {"In small numbers": None}
    assert counts(breakdown.others) == {"In small numbers": None}


def test_breakdown_hides_the_meter_when_a_group_is_small(workshop):
    TallyFactory(workshop=workshop, category="mayor", count=3)
    TallyFactory(workshop=workshop, category="teacher", count=37)
    breakdown = breakdown_of(workshop, sees_all=False)
    assert breakdown.meter.is_hidden
    assert counts(breakdown.authorities) == {"In small numbers": None}
    assert counts(breakdown.others) == {"In small numbers": None}
    assert "40 people" in breakdown.meter.sentence
    assert "37" not in breakdown.meter.sentence


def test_breakdown_follows_the_threshold_of_the_country(workshop):
    country = workshop.locality.country
    country.small_cell_threshold = 11
    TallyFactory(workshop=workshop, category="mayor", count=10)
    TallyFactory(workshop=workshop, category="teacher", count=30)
    assert Breakdown.from_workshop(workshop, list(workshop.tallies.all()), sees_all=False).meter.is_hidden


@pytest.mark.parametrize(
    ("authorities", "total", "hidden"),
    [
        (0, 0, False),
        (4, 10, True),
        (5, 10, False),
        (10, 12, True),
        (10, 10, False),
        (0, 3, True),
        (24, 40, False),
    ],
)
def test_meter_is_hidden_with_a_small_group(authorities, total, hidden):
    assert Meter(Turnout(authorities, total), threshold=5).is_hidden is hidden
    assert not Meter(Turnout(authorities, total)).is_hidden


def test_breakdown_needs_one_query_however_many(workshop, django_assert_num_queries):
    ParticipationFactory.create_batch(5, workshop=workshop)
    tallies = list(workshop.tallies.all())
    with django_assert_num_queries(1):
        Breakdown.from_workshop(workshop, tallies, sees_all=True)
