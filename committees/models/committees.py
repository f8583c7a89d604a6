"""Committees: the bodies that write a plan, follow it, or watch over it."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Max, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.composition import Composition
from committees.models.codes import committee_code
from committees.states import (
    DORMANT,
    WORKING,
    CommitteeState,
    MeetingFrequency,
    dormant_on,
    next_meeting_due,
)
from core.models import Demo, SharedText
from localities.models import Locality
from people.models import Organization
from workshops.models import Workshop


class CommitteeKind(models.TextChoices):
    STEERING = "steering", _("Local steering committee")
    MONITORING = "monitoring", _("Monitoring board")
    REGIONAL = "regional", _("Regional steering committee")


class CommitteeQuerySet(models.QuerySet["Committee"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the user's places, and those that gave the user access."""
        return self.filter(
            user.scope.rows(Capability.SEE_WORK) | Q(pk__in=self.model.objects.giving_access_to(user))
        )

    def giving_access_to(self, user: Any) -> Self:
        """Those whose papers `user` keeps or writes."""
        access: Any = self.model._meta.get_field("access").related_model
        return self.filter(pk__in=access.objects.filter(user=user).values("committee"))

    def working(self) -> Self:
        """Set up and not dissolved."""
        return self.filter(state__in=sorted(WORKING))

    def for_list(self) -> Self:
        return self.select_related("locality", "locality__country")

    def with_seats(self) -> Self:
        """For pages that say how the committee is composed: its current seats with who sits on them."""
        seat: Any = self.model._meta.get_field("seats").related_model
        return self.prefetch_related(
            models.Prefetch("seats", seat.objects.current().with_vacancy(), to_attr="current_seats")
        )

    def with_last_meeting(self) -> Self:
        """Annotates `last_met_on`, from which the committee's activity is told (F72, F73)."""
        meeting: Any = self.model._meta.get_field("meetings").related_model
        held = meeting.objects.filter(committee=OuterRef("pk"), state="held").order_by("-day").values("day")
        return self.annotate(last_met_on=Subquery(held[:1]))


class Committee(SharedText, Demo):
    """The body that writes and follows a Local Action Plan, set up at a workshop as a rule (S0)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=committee_code, editable=False)
    kind = models.CharField(_("type"), max_length=12, choices=CommitteeKind, default=CommitteeKind.STEERING)
    name = models.CharField(_("name"), max_length=160)
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="committees", verbose_name=_("locality")
    )
    state = models.CharField(
        _("state"), max_length=12, choices=CommitteeState, default=CommitteeState.ESTABLISHED
    )
    established_at = models.ForeignKey(
        Workshop,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="committees",
        verbose_name=_("set up at the workshop"),
    )
    established_on = models.DateField(_("set up on"), null=True, blank=True)
    activated_on = models.DateField(_("active since"), null=True, blank=True)
    dissolved_on = models.DateField(_("dissolved on"), null=True, blank=True)
    dissolved_reason = models.CharField(_("why it was dissolved"), max_length=500, blank=True)
    mandate = models.TextField(_("mandate"), blank=True, max_length=5000)
    legal_act = models.CharField(_("legal act"), max_length=200, blank=True)
    legal_act_on = models.DateField(_("day of the act"), null=True, blank=True)
    meeting_frequency = models.CharField(
        _("meets"), max_length=12, choices=MeetingFrequency, default=MeetingFrequency.AS_NEEDED
    )
    # Voting seats that must be there; empty: more than half of them.
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    # F77 (International Alert, 2020): the government unit that a board belongs to.
    responsible = models.ForeignKey(
        Organization,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="responsible_for",
        verbose_name=_("responsible department"),
    )
    reports_to = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="reporting",
        verbose_name=_("higher committee"),
    )
    # Active although its sides are not in balance (BR5): why.
    balance_override = models.CharField(_("why it works unbalanced"), max_length=500, blank=True)
    balance_override_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    balance_override_on = models.DateField(null=True, blank=True)

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = [F("established_on").desc(nulls_first=True), "code"]
        constraints = [
            models.CheckConstraint(
                name="committee_set_up_has_day",
                condition=Q(state__in=["proposed", "dissolved"]) | Q(established_on__isnull=False),
            ),
            models.CheckConstraint(
                name="committee_dissolved_is_whole",
                condition=(Q(state="dissolved", dissolved_on__isnull=False) & ~Q(dissolved_reason=""))
                | (~Q(state="dissolved") & Q(dissolved_on=None, dissolved_reason="")),
            ),
            models.CheckConstraint(
                name="active_board_has_department",
                condition=~Q(kind="monitoring", state="active") | Q(responsible__isnull=False),
            ),
            models.CheckConstraint(
                name="committee_reports_to_another",
                condition=Q(reports_to=None) | ~Q(reports_to=F("pk")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("committee_detail", args=[self.code])

    @property
    def composition(self) -> Composition:
        """Its current voting seats by side; vacant ones do not count (BR5: current members only)."""
        seats = getattr(self, "current_seats", None)
        return Composition.from_seats(self.seats.current().with_vacancy() if seats is None else seats)

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def last_met(self) -> datetime.date | None:
        """The day of the last meeting that was held. No query after `with_last_meeting()`, else one."""
        if not hasattr(self, "last_met_on"):
            held = self.meetings.filter(state="held")
            self.last_met_on = held.aggregate(day=Max("day"))["day"]
        return self.last_met_on

    @property
    def counts_from(self) -> datetime.date | None:
        """From when on the time without a meeting is counted: the last one, else when it was set up."""
        days = [day for day in (self.last_met, self.activated_on or self.established_on) if day]
        return max(days, default=None)

    def is_dormant(self, today: datetime.date) -> bool:
        """No meeting for six months (F72)."""
        return self.is_working and self.counts_from is not None and today >= dormant_on(self.counts_from)

    def meeting_due_on(self) -> datetime.date | None:
        """By when the next meeting is due by the committee's own rule (F73)."""
        if not self.is_working or self.counts_from is None:
            return None
        return next_meeting_due(self.counts_from, self.meeting_frequency)

    def is_meeting_overdue(self, today: datetime.date) -> bool:
        due = self.meeting_due_on()
        return due is not None and today > due

    def shown_state(self, today: datetime.date) -> str:
        """Its state, or DORMANT in place of it."""
        return DORMANT if self.is_dormant(today) else self.state
