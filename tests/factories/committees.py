import datetime

import factory
from django.core.files.base import ContentFile

from committees.composition import Side
from committees.models import (
    AgendaItem,
    Appointment,
    Attendance,
    Committee,
    CommitteeAccess,
    Decision,
    Forwarding,
    Meeting,
    MeetingFile,
    MeetingState,
    MinutesComment,
    Presence,
    Seat,
)
from core.encryption import cipher
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


class AppointmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Appointment

    seat = factory.SubFactory(SeatFactory)
    starts_on = datetime.date(2026, 3, 3)


class MeetingFactory(factory.django.DjangoModelFactory):
    """A planned one; `held=True` for one that was held."""

    class Meta:
        model = Meeting

    class Params:
        held = factory.Trait(state=MeetingState.HELD, voting_seats=9, quorum=5)

    committee = factory.SubFactory(CommitteeFactory)
    day = datetime.date(2026, 6, 2)


class AgendaItemFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    order = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Point {n}")


class MeetingFileFactory(factory.django.DjangoModelFactory):
    """Its content is "%PDF-…", encrypted as the portal keeps it."""

    class Meta:
        model = MeetingFile

    meeting = factory.SubFactory(MeetingFactory)
    name = "budget.pdf"
    content_type = "application/pdf"
    size = 9
    file = factory.LazyFunction(lambda: ContentFile(cipher().encrypt(b"%PDF-1.4\n"), name="x"))


class AttendanceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory, held=True)
    seat = factory.SubFactory(SeatFactory, committee=factory.SelfAttribute("..meeting.committee"))
    presence = Presence.PRESENT
    voting = True


class DecisionFactory(factory.django.DjangoModelFactory):
    """A decision with an owner: a task."""

    class Meta:
        model = Decision

    meeting = factory.SubFactory(MeetingFactory, held=True)
    number = factory.Sequence(lambda n: n + 1)
    text = factory.Sequence(lambda n: f"Repair water point {n}")
    owner = factory.SubFactory(
        PositionFactory, locality=factory.SelfAttribute("..meeting.committee.locality")
    )
    due_on = datetime.date(2026, 9, 30)


class MinutesCommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = MinutesComment

    meeting = factory.SubFactory(MeetingFactory, held=True)
    text = "The budget was not agreed."


class ForwardingFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Forwarding

    decision = factory.SubFactory(DecisionFactory)
    to = factory.SubFactory(CommitteeFactory)
    sent_on = datetime.date(2026, 6, 10)
