import datetime

import factory

from committees.composition import Side
from committees.models import Committee, CommitteeAccess, Seat
from tests.factories.accounts import UserFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import PositionFactory


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee

    name = factory.Sequence(lambda n: f"Committee {n}")
    locality = factory.SubFactory(LocalityFactory)
    established_on = datetime.date(2026, 3, 3)


class SeatFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Seat

    committee = factory.SubFactory(CommitteeFactory)
    position = factory.SubFactory(PositionFactory, locality=factory.SelfAttribute("..committee.locality"))
    side = Side.GOVERNMENT


class CommitteeAccessFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = CommitteeAccess

    committee = factory.SubFactory(CommitteeFactory)
    user = factory.SubFactory(UserFactory)
