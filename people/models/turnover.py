"""Offices change hands: elections, hand-overs from one holder to the next, what the next has to learn."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from core.models import Dated, Demo, SharedText, Sourced
from localities.models import Country, Locality
from people.codes import election_code, handover_code, training_need_code
from people.models.organizations import HowEnded, Incumbency, Position

# BR15 (domain.md §6, proposed): a hand-over opens 60 days before a term ends; 30 days after the end
# without the successor's word it is overdue.
OPENS_BEFORE = datetime.timedelta(days=60)
OVERDUE_AFTER = datetime.timedelta(days=30)


class ElectionState(models.TextChoices):
    EXPECTED = "expected", _("Expected")
    ANNOUNCED = "announced", _("Announced")
    HELD = "held", _("Held")
    POSTPONED = "postponed", _("Postponed, no day yet")
    CANCELLED = "cancelled", _("Cancelled")


class ElectionQuerySet(models.QuerySet["Election"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data: every signed-in user."""
        return self

    def for_list(self) -> Self:
        return self.select_related("country", "locality__country")

    def coming(self, today: datetime.date) -> Self:
        """Those still to be held, the next first; those without a day last."""
        rows = self.exclude(state__in=[ElectionState.HELD, ElectionState.CANCELLED])
        return rows.filter(Q(held_on=None) | Q(held_on__gte=today)).order_by(
            F("held_on").asc(nulls_last=True), "pk"
        )

    def concerning(self, locality: Locality) -> Self:
        """Those of the whole country, of a place above the locality, of itself."""
        above = [
            locality.path[:end] for end in range(locality.steplen, len(locality.path) + 1, locality.steplen)
        ]
        return self.filter(Q(locality=None) | Q(locality__path__in=above), country=locality.country_id)


class Election(SharedText, Demo, Sourced):
    """An election after which offices may change hands, in a country or a part of it (F44)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=election_code, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="elections")
    locality = models.ForeignKey(
        Locality, models.PROTECT, null=True, blank=True, related_name="elections", verbose_name=_("only in")
    )
    title = models.CharField(_("election"), max_length=160)
    offices = models.CharField(_("offices that are elected"), max_length=300, blank=True)
    held_on = models.DateField(_("day"), null=True, blank=True)
    month_only = models.BooleanField(_("only the month is known"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=ElectionState, default=ElectionState.EXPECTED)
    note = models.TextField(_("note"), blank=True, max_length=2000)

    objects = ElectionQuerySet.as_manager()

    class Meta:
        ordering = [F("held_on").desc(nulls_first=True), "-pk"]
        constraints = [
            models.CheckConstraint(
                name="election_held_has_day", condition=~Q(state="held") | Q(held_on__isnull=False)
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("election_detail", args=[self.code])


class HandoverCause(models.TextChoices):
    TERM_ENDS = "term_ends", _("The term ends")
    LEFT = "left", _("The holder left")


class HandoverStage(models.TextChoices):
    """Derived from the days that are written down (Handover.stage)."""

    OPEN = "open", _("Opened")
    PACK_SENT = "pack_sent", _("Pack sent")
    MET = "met", _("Meeting held")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    STAYS = "stays", _("The holder stays")


class HandoverQuerySet(models.QuerySet["Handover"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the user's places, those of positions with a seat on a committee that gave the user
        access, and the one that the user is to acknowledge. Of a position that is known only from a
        registration, for who runs that workshop: it would tell who came."""
        hidden = Position.objects.hidden_from(user)
        return self.filter(
            (
                user.scope.rows(Capability.SEE_WORK, locality="position__locality")
                & ~Q(position__in=hidden.values("pk"))
            )
            | Q(position__seats__committee__access__user=user)
            | Q(successor=user)
        ).distinct()

    def for_list(self) -> Self:
        return self.select_related("position__organization", "position__locality__country", "successor")

    def still_open(self) -> Self:
        return self.filter(acknowledged_on=None, stays_on=None)

    def overdue(self, today: datetime.date) -> Self:
        return self.still_open().filter(due_on__lt=today - OVERDUE_AFTER)


class Handover(SharedText, Demo):
    """What one holder of a position leaves to the next (F43, BR15). It belongs to the position."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=handover_code, editable=False)
    position = models.ForeignKey(Position, models.PROTECT, related_name="handovers")
    outgoing = models.ForeignKey(
        Incumbency, models.SET_NULL, null=True, blank=True, related_name="handovers_given"
    )
    incoming = models.ForeignKey(
        Incumbency, models.SET_NULL, null=True, blank=True, related_name="handovers_taken"
    )
    cause = models.CharField(_("why"), max_length=10, choices=HandoverCause)
    how_ended = models.CharField(_("how it ended"), max_length=10, choices=HowEnded, blank=True)
    opened_on = models.DateField(_("opened"))
    due_on = models.DateField(_("the office changes hands on"))
    successor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name=_("account of the successor"),
    )
    pack_sent_on = models.DateField(_("pack sent"), null=True, blank=True)
    pack_on_paper = models.BooleanField(_("handed over on paper"), default=False)
    meets_on = models.DateField(_("meeting planned for"), null=True, blank=True)
    met_on = models.DateField(_("meeting held"), null=True, blank=True)
    met_note = models.TextField(_("what was agreed"), blank=True, max_length=3000)
    acknowledged_on = models.DateField(_("acknowledged"), null=True, blank=True)
    acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # The successor signed on paper, and the account above typed that in.
    acknowledged_on_paper = models.BooleanField(_("signed on paper"), default=False)
    acknowledged_note = models.TextField(_("what the successor says"), blank=True, max_length=2000)
    # The same holder goes on: elected again, or the term was prolonged.
    stays_on = models.DateField(_("the holder stays, said on"), null=True, blank=True)
    stays_reason = models.CharField(_("why"), max_length=300, blank=True)

    objects = HandoverQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["position"],
                condition=Q(acknowledged_on=None, stays_on=None),
                name="one_open_handover_a_position",
            ),
            models.CheckConstraint(
                name="handover_stays_with_reason", condition=Q(stays_on=None) | ~Q(stays_reason="")
            ),
            models.CheckConstraint(
                name="handover_ends_one_way", condition=Q(stays_on=None) | Q(acknowledged_on=None)
            ),
        ]

    def __str__(self) -> str:
        return str(self.position)

    def get_absolute_url(self) -> str:
        return reverse("handover_detail", args=[self.code])

    @property
    def stage(self) -> HandoverStage:
        if self.stays_on:
            return HandoverStage.STAYS
        if self.acknowledged_on:
            return HandoverStage.ACKNOWLEDGED
        if self.met_on:
            return HandoverStage.MET
        return HandoverStage.PACK_SENT if self.pack_sent_on else HandoverStage.OPEN

    @property
    def is_open(self) -> bool:
        return self.acknowledged_on is None and self.stays_on is None

    @property
    def overdue_on(self) -> datetime.date:
        """The first day on which it is overdue."""
        return self.due_on + OVERDUE_AFTER + datetime.timedelta(days=1)

    def is_overdue(self, today: datetime.date) -> bool:
        return self.is_open and today >= self.overdue_on


class HandoverItem(Demo):
    """One line of the checklist of a hand-over."""

    handover = models.ForeignKey(Handover, models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(default=0)
    # One of people.handovers.CHECKLIST, or empty for a line that somebody added.
    key = models.CharField(max_length=30, blank=True)
    text = models.CharField(_("what to do"), max_length=300)
    done_on = models.DateField(_("done"), null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class TrainingTopic(models.TextChoices):
    """What office-holders are trained in (F68; the sessions of the strategy, GNWP 2018)."""

    RESOLUTIONS = "resolutions", _("Resolution 1325 and those that followed it")
    LOCAL_PLAN = "local_plan", _("Writing and following a Local Action Plan")
    BUDGETING = "budgeting", _("Gender-responsive budgeting")
    CONFLICT = "conflict", _("Conflict analysis and prevention")
    PROTECTION = "protection", _("Protection and referral of survivors")
    MONITORING = "monitoring", _("Monitoring and indicators")
    MEDIATION = "mediation", _("Mediation and dialogue")
    OTHER = "other", _("Something else")


class TrainingNeedQuerySet(models.QuerySet["TrainingNeed"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the positions that `user` may see, in the user's places or committees."""
        return self.filter(
            user.scope.rows(Capability.SEE_WORK, locality="position__locality")
            | Q(position__seats__committee__access__user=user)
        ).distinct()

    def still_open(self) -> Self:
        return self.filter(met_on=None)


class TrainingNeed(Dated, Demo):
    """What the holder of a position has to learn. It belongs to the position: the next may need it too."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=training_need_code, editable=False)
    position = models.ForeignKey(Position, models.CASCADE, related_name="training_needs")
    topic = models.CharField(_("topic"), max_length=12, choices=TrainingTopic)
    note = models.CharField(_("in words"), max_length=300, blank=True)
    noted_on = models.DateField(_("noted"))
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    met_on = models.DateField(_("met"), null=True, blank=True)

    objects = TrainingNeedQuerySet.as_manager()

    class Meta:
        ordering = ["met_on", "noted_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["position", "topic"],
                condition=Q(met_on=None) & ~Q(topic="other"),
                name="training_need_once_while_open",
            )
        ]

    def __str__(self) -> str:
        return self.note or str(self.get_topic_display())
