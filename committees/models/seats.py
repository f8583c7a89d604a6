"""Seats, which last, and appointments: who sits on them, from when to when."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.composition import SeatRole, Side
from committees.models.codes import appointment_code, seat_code
from committees.models.committees import Committee
from core.models import Dated, Demo
from localities.categories import ActorCategory
from people.models import AgeBand, Incumbency, Organization, Person, Position, Sex
from workshops.models import Disability


class SeatQuerySet(models.QuerySet["Seat"]):
    def visible_to(self, user: Any) -> Self:
        """The seats of the committees that `user` may see: positions, never persons."""
        return self.filter(committee__in=Committee.objects.visible_to(user))

    def current(self) -> Self:
        """Those that the committee has now."""
        return self.filter(ended_on=None)

    def with_vacancy(self, day: datetime.date | None = None) -> Self:
        """Annotates `is_vacant`: somebody sat on it, and nobody does on that day (today). A seat for which
        nobody was ever written down is held by whoever holds the position."""
        day = day or timezone.localdate()
        sat = Appointment.objects.filter(seat=OuterRef("pk"), starts_on__lte=day)
        sits = sat.filter(Q(ends_on=None) | Q(ends_on__gt=day))
        return self.annotate(is_vacant=Exists(sat) & ~Exists(sits))

    def for_list(self) -> Self:
        """With their positions; government first, then civil society, then the others."""
        sides = models.Case(*(models.When(side=side, then=n) for n, side in enumerate(Side)))
        return self.select_related("position", "position__organization", "organization").order_by(sides, "pk")


class Seat(Dated, Demo):
    """A place on a committee, bound to a position or to an organisation that sends somebody: it stays
    when the office-holder changes."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=seat_code, editable=False)
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="seats")
    position = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("position"),
    )
    # Only where the seat belongs to an organisation, whoever it sends.
    organization = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seats",
        verbose_name=_("organisation that sends somebody"),
    )
    side = models.CharField(_("side"), max_length=15, choices=Side)
    role = models.CharField(_("role"), max_length=12, choices=SeatRole, default=SeatRole.MEMBER)
    voting = models.BooleanField(_("votes"), default=True)
    # The group of actors that it stands for (domain.md §4.1): from these the page says who is missing.
    category = models.CharField(_("stands for"), max_length=30, choices=ActorCategory, blank=True)
    since = models.DateField(_("seat since"), null=True, blank=True)
    ended_on = models.DateField(_("seat ended"), null=True, blank=True)
    ended_reason = models.CharField(_("why the seat ended"), max_length=300, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "position"],
                condition=Q(ended_on=None),
                name="position_once_in_committee",
            ),
            models.UniqueConstraint(
                fields=["committee"],
                condition=Q(role=SeatRole.CHAIR, ended_on=None),
                name="one_chair_in_committee",
            ),
            models.CheckConstraint(
                name="observers_do_not_vote", condition=~Q(role=SeatRole.OBSERVER) | Q(voting=False)
            ),
            models.CheckConstraint(
                name="seat_of_position_or_organization",
                condition=Q(position__isnull=False, organization=None)
                | Q(position=None, organization__isnull=False),
            ),
            models.CheckConstraint(
                name="seat_days_in_order",
                condition=Q(since=None) | Q(ended_on=None) | Q(ended_on__gte=F("since")),
            ),
        ]

    def __str__(self) -> str:
        return str(self.position or self.organization)

    @property
    def office(self) -> Position | Organization:
        """What the seat is bound to: a position, or an organisation. Both have a page."""
        held_by = self.position or self.organization
        assert held_by is not None  # noqa: S101 - a constraint of the database
        return held_by

    @property
    def is_current(self) -> bool:
        return self.ended_on is None


class HowAppointmentEnded(models.TextChoices):
    TERM = "term", _("The term ended")
    ELECTION = "election", _("Election")
    TRANSFER = "transfer", _("Transfer")
    RESHUFFLE = "reshuffle", _("Reshuffle")
    RESIGNED = "resigned", _("Resigned")
    REPLACED = "replaced", _("Replaced by the organisation")
    DEATH = "death", _("Death")
    SEAT_ENDED = "seat_ended", _("The seat ended")
    UNKNOWN = "unknown", _("Not known")


class AppointmentQuerySet(models.QuerySet["Appointment"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the seats that `user` may see: from when to when somebody sat there, not who."""
        return self.filter(seat__in=Seat.objects.visible_to(user))

    def on(self, day: datetime.date) -> Self:
        """Those that hold on `day`. The last day belongs to who comes next."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=day), starts_on__lte=day)

    def current(self) -> Self:
        return self.on(timezone.localdate())


class Appointment(Dated, Demo):
    """Somebody sits on a seat, from one day to another. Two of the same seat never overlap.

    Sex, age and disability are counted, as at a workshop: with or without a name (BR21, BR22)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=appointment_code, editable=False)
    seat = models.ForeignKey(Seat, models.CASCADE, related_name="appointments")
    # Known only where the person is registered in a workshop; never shown without her consent.
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="appointments")
    # Who sits by office sits as long as the office is held (committees.turnover).
    incumbency = models.ForeignKey(
        Incumbency, models.SET_NULL, null=True, blank=True, related_name="appointments"
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    term_ends_on = models.DateField(_("term ends"), null=True, blank=True)
    how_ended = models.CharField(_("how it ended"), max_length=10, choices=HowAppointmentEnded, blank=True)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNSTATED)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, default=AgeBand.UNSTATED)
    disability = models.CharField(
        _("disability"), max_length=10, choices=Disability, default=Disability.UNSTATED
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="appointment_days_in_order",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="appointment_term_in_order",
                condition=Q(term_ends_on=None) | Q(term_ends_on__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="appointment_ended_says_how",
                condition=Q(ends_on=None, how_ended="") | (Q(ends_on__isnull=False) & ~Q(how_ended="")),
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=Q(ends_on=None), name="one_appointment_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} · {self.starts_on}"
