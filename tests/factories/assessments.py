import datetime

import factory

from plans.models import Assessment, PlanDecision
from tests.factories.committees import CommitteeFactory, DecisionFactory
from tests.factories.people import PositionFactory
from tests.factories.plans import LocalActionPlanFactory


class AssessmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Assessment

    committee = factory.SubFactory(CommitteeFactory)
    position = factory.SubFactory(PositionFactory, locality=factory.SelfAttribute("..committee.locality"))
    label = "2026"
    start = datetime.date(2026, 1, 1)
    end = datetime.date(2026, 12, 31)
    method = "2026-11"


class PlanDecisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanDecision

    plan = factory.SubFactory(LocalActionPlanFactory)
    decision = factory.SubFactory(
        DecisionFactory, meeting__committee=factory.SelfAttribute("...plan.committee")
    )
