import datetime

import factory

from localities.categories import ActorCategory
from tests.factories.localities import LocalityFactory
from tests.factories.people import PersonFactory
from workshops.models import Participation, Tally, Workshop


class WorkshopFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Workshop
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Workshop {n}")
    locality = factory.SubFactory(LocalityFactory)
    starts_on = datetime.date(2026, 3, 2)
    ends_on = datetime.date(2026, 3, 3)
    language = "fr"

    @factory.post_generation
    def facilitators(self, create, extracted, **kwargs):
        if extracted:
            self.facilitators.set(extracted)


class ParticipationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Participation

    workshop = factory.SubFactory(WorkshopFactory)
    person = factory.SubFactory(PersonFactory)
    category = ActorCategory.MAYOR
    counted_as_local_authority = factory.LazyAttribute(
        lambda o: o.workshop.locality.country.counts_as_local_authority(o.category)
    )


class TallyFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Tally

    workshop = factory.SubFactory(WorkshopFactory)
    category = ActorCategory.TEACHER
    count = 3
    counted_as_local_authority = factory.LazyAttribute(
        lambda o: o.workshop.locality.country.counts_as_local_authority(o.category)
    )
