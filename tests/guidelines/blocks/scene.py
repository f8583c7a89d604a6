"""What the tests of the kinds of block share: days, rows, and how a block is read."""

import datetime

from guidelines.blocks.gather import gather
from guidelines.blocks.values import ChartValue, TableValue
from people.models import Sex
from tests.factories.committees import CommitteeFactory
from tests.factories.guidelines import ImpactStoryFactory
from tests.factories.plans import LocalActionPlanFactory
from tests.factories.workshops import TallyFactory, WorkshopFactory
from workshops.states import RiskLevel, WorkshopState

TODAY = datetime.date(2026, 11, 20)
LONG_AGO = datetime.date(2025, 3, 4)


def held(place, **fields):
    days = {"starts_on": LONG_AGO, "ends_on": LONG_AGO} | fields
    return WorkshopFactory(locality=place, state=WorkshopState.HELD, **days)


def secret(place, **fields):
    """At high risk, and over since a week: its days may not be known yet."""
    last = TODAY - datetime.timedelta(7)
    return held(place, risk_level=RiskLevel.HIGH, starts_on=last, ends_on=last, **fields)


def adopted_plan(place, **fields):
    values = {
        "state": "adopted",
        "adopting_body": "Municipal council",
        "adopting_act": "12/2026",
        "adopted_on": datetime.date(2026, 5, 4),
    }
    return LocalActionPlanFactory(committee=CommitteeFactory(locality=place), **(values | fields))


def words_of(block):
    """Everything that the block says, as one text."""
    return str(block.to_json())


def tables(block):
    return [part for part in block.parts if isinstance(part, TableValue)]


def rows_of(block):
    return [row for table in tables(block) for group in table.groups for row in group.rows]


def charts(block):
    return [part for part in block.parts if isinstance(part, ChartValue)]


def get(kind, guidelines, today=TODAY):
    return gather(kind, guidelines, today=today)


def came(workshop, *, women=0, men=0, others=0, authorities=0):
    """So many people; `authorities` of the women first are local authorities."""
    for sex, number in ((Sex.WOMAN, women), (Sex.MAN, men), (Sex.UNSTATED, others)):
        if not number:
            continue
        local = min(number, authorities)
        authorities -= local
        if local:
            TallyFactory(workshop=workshop, sex=sex, count=local, counted_as_local_authority=True)
        if number - local:
            TallyFactory(workshop=workshop, sex=sex, count=number - local, counted_as_local_authority=False)


def story(place, **fields):
    values = {
        "state": "published",
        "consent_on": LONG_AGO,
        "consent_note": "The women's group, in a meeting",
        "evidence": "documented",
        "evidence_note": "Minutes of the council",
    }
    return ImpactStoryFactory(locality=place, **(values | fields))
