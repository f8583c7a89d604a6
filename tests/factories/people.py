import datetime

import factory

from people.consent import Purpose
from people.models import (
    Consent,
    Election,
    Handover,
    HandoverCause,
    Incumbency,
    Merge,
    Organization,
    Person,
    Position,
    Sex,
    TrainingNeed,
    TrainingTopic,
)
from people.names import text_key
from tests.factories.localities import CountryFactory, LocalityFactory


class OrganizationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organization

    country = factory.SubFactory(CountryFactory)
    name = factory.Sequence(lambda n: f"Organisation {n}")
    key = factory.LazyAttribute(lambda o: text_key(o.name))


class PositionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Position

    locality = factory.SubFactory(LocalityFactory)
    title = factory.Sequence(lambda n: f"Position {n}")
    key = factory.LazyAttribute(lambda o: text_key(o.title))


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Person

    country = factory.SubFactory(CountryFactory)
    full_name = factory.Sequence(lambda n: f"Person Number{n}")
    sex = Sex.WOMAN

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        person = Person(**kwargs)
        person.save_with_index()
        return person


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(PersonFactory)
    purpose = Purpose.REGISTER
    language = "en"


class IncumbencyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Incumbency

    position = factory.SubFactory(PositionFactory)
    person = factory.SubFactory(PersonFactory)


class MergeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Merge

    kept = factory.SubFactory(PersonFactory)
    merged_code = factory.Sequence(lambda n: f"P-GONE{n}")


class ElectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Election

    country = factory.SubFactory(CountryFactory)
    title = "Local elections"
    held_on = datetime.date(2026, 10, 4)


class HandoverFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Handover

    position = factory.SubFactory(PositionFactory)
    cause = HandoverCause.LEFT
    opened_on = datetime.date(2026, 10, 5)
    due_on = datetime.date(2026, 10, 5)


class TrainingNeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = TrainingNeed

    position = factory.SubFactory(PositionFactory)
    topic = TrainingTopic.BUDGETING
    noted_on = datetime.date(2026, 5, 4)
