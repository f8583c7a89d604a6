import datetime

import factory

from frameworks.pillars import Pillar
from plans.models import Activity, Alignment, Indicator, LocalActionPlan, Objective
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import ProvisionFactory
from tests.factories.people import PositionFactory


class LocalActionPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalActionPlan

    title = factory.Sequence(lambda n: f"Local Action Plan {n}")
    committee = factory.SubFactory(CommitteeFactory)
    locality = factory.SelfAttribute("committee.locality")
    period_start = datetime.date(2026, 1, 1)
    period_end = datetime.date(2029, 12, 31)
    language = "fr"
    currency = "CDF"


class ObjectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective

    plan = factory.SubFactory(LocalActionPlanFactory)
    pillar = Pillar.PARTICIPATION
    text = factory.Sequence(lambda n: f"Objective {n}")
    order = factory.Sequence(lambda n: n)


class AlignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Alignment

    objective = factory.SubFactory(ObjectiveFactory)
    provision = factory.SubFactory(ProvisionFactory)


class ActivityFactory(factory.django.DjangoModelFactory):
    """Only a text; with `complete=True` nothing is missing for submission."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    class Params:
        complete = factory.Trait(
            responsible=factory.SubFactory(
                PositionFactory, locality=factory.SelfAttribute("..objective.plan.locality")
            ),
            starts_on=datetime.date(2026, 3, 1),
            ends_on=datetime.date(2027, 2, 28),
            no_cost=True,
            gender_lens="Women choose the places.",
            conflict_lens="Both quarters get the same.",
            indicator=factory.RelatedFactory(
                "tests.factories.plans.IndicatorFactory", factory_related_name="activity"
            ),
        )

    objective = factory.SubFactory(ObjectiveFactory)
    text = factory.Sequence(lambda n: f"Activity {n}")
    order = factory.Sequence(lambda n: n)


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    activity = factory.SubFactory(ActivityFactory)
    text = "Share of women in ward committees"
    baseline = 10
    target = 50
