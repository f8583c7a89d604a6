import datetime
from uuid import uuid4

import factory

from localities.categories import ActorCategory
from people.consent import WORDING_VERSION, Purpose
from people.names import name_key
from tests.factories.localities import LocalityFactory
from tests.factories.people import PersonFactory
from workshops.models import (
    Attendance,
    Invitation,
    ParticipantImport,
    Participation,
    ProgrammeItem,
    ReferralContact,
    SelfRegistration,
    Tally,
    Workshop,
)


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


class InvitationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Invitation

    workshop = factory.SubFactory(WorkshopFactory)
    full_name = factory.Sequence(lambda n: f"Invited Number{n}")
    key = factory.LazyAttribute(lambda o: name_key(o.full_name))
    category = ActorCategory.MAYOR
    counted_as_local_authority = factory.LazyAttribute(
        lambda o: o.workshop.locality.country.counts_as_local_authority(o.category)
    )


class SelfRegistrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SelfRegistration

    workshop = factory.SubFactory(WorkshopFactory)
    submission = factory.LazyFunction(uuid4)
    full_name = factory.Sequence(lambda n: f"Waiting Number{n}")
    key = factory.LazyAttribute(lambda o: name_key(o.full_name))
    category = ActorCategory.MAYOR
    language = "en"
    wording_version = WORDING_VERSION
    purposes = [Purpose.REGISTER.value]


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    participation = factory.SubFactory(ParticipationFactory)
    day = factory.LazyAttribute(lambda o: o.participation.workshop.starts_on)
    half = "am"


class ProgrammeItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgrammeItem

    workshop = factory.SubFactory(WorkshopFactory)
    title = factory.Sequence(lambda n: f"Session {n}")
    order = factory.Sequence(lambda n: n)


class ReferralContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReferralContact

    workshop = factory.SubFactory(WorkshopFactory)
    institution = factory.Sequence(lambda n: f"Hospital {n}")
    service = "Medical care"


class ParticipantImportFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ParticipantImport

    workshop = factory.SubFactory(WorkshopFactory)
    file_name = "list.xlsx"
    state = "ready"
