import datetime

import factory

from frameworks.models import Framework, FrameworkKind, Lead, LeadKind, NapState, Provision
from frameworks.pillars import Pillar
from tests.factories.localities import CountryFactory


class NapFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Framework

    code = factory.Sequence(lambda n: f"CD-NAP-{n}")
    kind = FrameworkKind.NAP
    title = factory.LazyAttribute(lambda o: f"National Action Plan {o.generation}")
    country = factory.SubFactory(CountryFactory)
    generation = factory.Sequence(lambda n: n + 1)
    period_start = datetime.date(2025, 1, 1)
    period_end = datetime.date(2028, 12, 31)
    state = NapState.ACTIVE


class ProvisionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Provision

    framework = factory.SubFactory(NapFactory)
    order = factory.Sequence(lambda n: n)
    kind = "objective"
    code = factory.Sequence(lambda n: f"1.{n}")
    text = factory.Sequence(lambda n: f"Item {n} of the National Action Plan")
    pillars = [Pillar.PARTICIPATION]


class LeadFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Lead

    framework = factory.SubFactory(NapFactory)
    institution = "Ministry of Gender"
    kind = LeadKind.GENDER
    since = datetime.date(2025, 1, 1)
