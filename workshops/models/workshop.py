"""Workshops: when, where, for whom, and how safe it is to come."""

import datetime
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, TruncMonth
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from core.codes import new_code
from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from localities.languages import language_name
from localities.models import Locality
from workshops.safety import days_are_hidden, last_day_hidden_on
from workshops.states import TOOK_PLACE, RiskLevel, WorkshopKind, WorkshopState
from workshops.turnout import DEFAULT_TARGET, Turnout


def workshop_code() -> str:
    return new_code("W")


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, user: Any) -> Self:
        """Those held in, or for, the places where `user` may see the work."""
        seen = user.scope.rows(Capability.SEE_WORK)
        also_for = self.model.other_localities.through.objects.filter(seen).values("workshop")
        return self.filter(seen | Q(pk__in=also_for))

    def held(self) -> Self:
        """Those that took place, whatever was written down of them since."""
        return self.filter(state__in=TOOK_PLACE)

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("locality", "locality__country")

    def with_turnout(self) -> Self:
        """With the four numbers that `turnout()` needs."""
        authorities = {"counted_as_local_authority": True}
        return self.annotate(
            named_people=_number("Participation", Count("pk")),
            named_authorities=_number("Participation", Count("pk"), **authorities),
            counted_people=_number("Tally", Sum("count")),
            counted_authorities=_number("Tally", Sum("count"), **authorities),
        )

    def for_reader(self, user: Any) -> Self:
        """Knowing whether `user` runs it, by name and by role: `is_run_by(user)` asks no more, and who
        runs it is shown the exact days of a workshop at high risk."""
        runs = self.model.facilitators.through.objects.filter(
            user.scope.rows(Capability.RUN_WORKSHOPS, locality="workshop__locality"),
            workshop=OuterRef("pk"),
            user=user.pk,
        )
        return self.annotate(reader_id=Value(user.pk), reader_runs_it=Exists(runs))

    def listed_on(self, today: datetime.date) -> Self:
        """After `for_reader(user)`, with the day by which a list is in order: of a workshop whose exact
        days are hidden, only the month, so that its place in the list does not tell them."""
        hidden = Q(risk_level=RiskLevel.HIGH, ends_on__gte=last_day_hidden_on(today), reader_runs_it=False)
        return self.annotate(
            listed_on=Case(
                When(hidden, then=TruncMonth("starts_on")),
                default=F("starts_on"),
                output_field=models.DateField(),
            )
        )


def _number(model: str, number: Any, **only: Any) -> Coalesce:
    """One number over the rows of `model` that belong to the workshop of the outer query."""
    rows = (
        apps.get_model("workshops", model)
        ._default_manager.filter(workshop=OuterRef("pk"), **only)
        .order_by()
        .values("workshop")
    )
    return Coalesce(Subquery(rows.annotate(number=number).values("number")), 0)


class Workshop(Dated, Demo):
    """An event of the strategy, held in one locality, for one or several, run by named facilitators."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=workshop_code, editable=False)
    kind = models.CharField(_("type"), max_length=20, choices=WorkshopKind, default=WorkshopKind.LOCALIZATION)
    title = models.CharField(_("title"), max_length=160)
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="workshops", verbose_name=_("locality")
    )
    other_localities = models.ManyToManyField(
        Locality, blank=True, related_name="+", verbose_name=_("also for these localities")
    )
    is_national = models.BooleanField(_("for the whole country"), default=False)  # F34
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    length_reason = models.CharField(_("why not the usual length"), max_length=300, blank=True)  # BR2, F27
    language = models.CharField(_("language"), max_length=10)
    other_languages = models.JSONField(_("other languages spoken"), default=list, blank=True)
    expected = models.PositiveSmallIntegerField(
        _("expected number of participants"),
        default=40,
        validators=[MinValueValidator(1), MaxValueValidator(5000)],
    )
    target = models.PositiveSmallIntegerField(
        _("target share of local authorities (%)"),
        default=DEFAULT_TARGET,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
    )
    state = models.CharField(_("state"), max_length=10, choices=WorkshopState, default=WorkshopState.PLANNED)
    facilitators = models.ManyToManyField(
        settings.AUTH_USER_MODEL, related_name="workshops", verbose_name=_("run by")
    )

    state_reason = models.TextField(_("reason"), blank=True, max_length=1000)
    partners = models.TextField(_("partners"), blank=True, max_length=1000)
    funding = models.TextField(_("funding"), blank=True, max_length=1000)
    series = models.CharField(_("programme or project"), max_length=160, blank=True)  # F56

    # Safety (domain.md §2.7): the venue is for those who run it; at high risk so are the exact days.
    venue = EncryptedTextField(_("venue"), blank=True)
    risk_level = models.CharField(_("risk level"), max_length=10, choices=RiskLevel, default=RiskLevel.LOW)
    safety_plan = EncryptedTextField(_("safety plan"), blank=True)  # F59

    # Access support (F63): how many people it was given to.
    childcare_for = models.PositiveSmallIntegerField(_("childcare, for so many people"), default=0)
    travel_for = models.PositiveSmallIntegerField(_("travel paid, for so many people"), default=0)
    interpretation_for = models.PositiveSmallIntegerField(_("interpretation, for so many people"), default=0)
    access_note = models.TextField(_("what else makes it possible to come"), blank=True, max_length=1000)

    # Self-registration: a short code in the link and the QR code; a new one each time it is opened.
    door_code = models.CharField(max_length=16, unique=True, null=True, blank=True, editable=False)
    door_closes_at = models.DateTimeField(_("self-registration closes"), null=True, blank=True)

    # After the workshop.
    narrative = models.TextField(_("what happened"), blank=True, max_length=20000)
    good_cycle_notes = models.TextField(_("notes on the good cycle"), blank=True, max_length=5000)  # F20
    evaluation_note = models.TextField(_("what to keep and what to change"), blank=True, max_length=5000)

    # Set by with_turnout(), for_reader() and listed_on().
    named_people: int
    named_authorities: int
    counted_people: int
    counted_authorities: int
    reader_runs_it: bool
    listed_on: datetime.date

    objects = WorkshopQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "code"]
        constraints = [
            models.CheckConstraint(name="workshop_dates_in_order", condition=Q(ends_on__gte=F("starts_on"))),
            models.CheckConstraint(name="workshop_target_is_a_share", condition=Q(target__range=(1, 100))),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("workshop_detail", args=[self.code])

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def other_language_names(self) -> list[str]:
        return [language_name(code) for code in self.other_languages]

    @property
    def access_count(self) -> int:
        """How many times somebody was helped to come (F63)."""
        return self.childcare_for + self.travel_for + self.interpretation_for

    @property
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def accepts_registrations(self) -> bool:
        """People are registered before, during and, from paper lists, after the workshop."""
        return self.state not in {WorkshopState.CANCELLED, WorkshopState.CLOSED}

    @property
    def took_place(self) -> bool:
        return self.state in TOOK_PLACE

    def door_is_open(self, now: datetime.datetime) -> bool:
        """Whether people may register themselves by the link at this moment."""
        if not (self.door_code and self.accepts_registrations):
            return False
        return self.door_closes_at is None or now < self.door_closes_at

    def turnout(self) -> Turnout:
        """Those registered by name and by head-count, against the target. No query after
        `with_turnout()`, else one."""
        known = hasattr(self, "named_people")
        row = self if known else type(self).objects.with_turnout().get(pk=self.pk)
        return Turnout(
            authorities=row.named_authorities + row.counted_authorities,
            total=row.named_people + row.counted_people,
            target=self.target,
        )

    def is_run_by(self, user: Any) -> bool:
        """Whether `user` is named as facilitator. No query after `for_reader(user)`, else one."""
        if self.__dict__.get("reader_id") == user.pk:
            return self.reader_runs_it
        return self.facilitators.filter(pk=user.pk).exists()

    @property
    def shows_days(self) -> bool:
        """Whether the exact days may be shown. Closed by default: at high risk they are shown to who runs
        it, as far as `for_reader(user)` was asked, and to everybody a while after the last day."""
        runs = self.__dict__.get("reader_runs_it", False)
        return runs or not days_are_hidden(self.risk_level, self.ends_on, today=timezone.localdate())

    def has_begun(self, today: datetime.date) -> bool:
        return self.starts_on <= today
