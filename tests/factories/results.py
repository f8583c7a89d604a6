import datetime

import factory

from tests.factories.frameworks import ProvisionFactory
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.workshops import WorkshopFactory
from workshops.models import Champion, Commitment, ConflictIssue, FollowUp, NapVote, Need, PolicyMapping


class ConflictIssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ConflictIssue

    workshop = factory.SubFactory(WorkshopFactory)
    order = factory.Sequence(lambda n: n)
    description = factory.Sequence(lambda n: f"Issue {n}")


class NapVoteFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = NapVote

    workshop = factory.SubFactory(WorkshopFactory)
    provision = factory.SubFactory(ProvisionFactory)
    group = "Women leaders"
    votes = 5


class PolicyMappingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PolicyMapping

    workshop = factory.SubFactory(WorkshopFactory)
    locality = factory.SelfAttribute("workshop.locality")
    name = factory.Sequence(lambda n: f"Policy {n}")
    effect = "promotes"


class NeedFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Need

    workshop = factory.SubFactory(WorkshopFactory)
    text = factory.Sequence(lambda n: f"Need {n}")


class CommitmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Commitment

    workshop = factory.SubFactory(WorkshopFactory)
    owner = factory.SubFactory(PositionFactory, locality=factory.SelfAttribute("..workshop.locality"))
    text = factory.Sequence(lambda n: f"Promise {n}")
    due_on = datetime.date(2026, 12, 31)


class FollowUpFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FollowUp

    commitment = factory.SubFactory(CommitmentFactory)
    milestone = 30
    on = datetime.date(2026, 4, 2)
    progress = "under_way"


class ChampionFactory(factory.django.DjangoModelFactory):
    """Somebody who need not be registered; give `person=` of a participation for who accompanies."""

    class Meta:
        model = Champion

    workshop = factory.SubFactory(WorkshopFactory)
    person = factory.SubFactory(PersonFactory, country=factory.SelfAttribute("..workshop.locality.country"))
    locality = factory.SelfAttribute("workshop.locality")
