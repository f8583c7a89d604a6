"""Workshops and who took part in them, by name or by head-count."""

import datetime
from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from core.codes import new_code
from core.models import Dated, Demo
from localities.categories import ActorCategory
from localities.languages import language_name
from localities.models import Locality
from people.models import AgeBand, Organization, Person, Position, Sex
from workshops.states import WorkshopKind, WorkshopState
from workshops.turnout import DEFAULT_TARGET, Turnout


def workshop_code() -> str:
    return new_code("W")


class WorkshopQuerySet(models.QuerySet["Workshop"]):
    def visible_to(self, user: Any) -> Self:
        """Those in the places where `user` may see the work."""
        return self.filter(user.scope.rows(Capability.SEE_WORK))

    def held(self) -> Self:
        return self.filter(state=WorkshopState.HELD)

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        return self.select_related("locality", "locality__country")

    def with_turnout(self) -> Self:
        """With the four numbers that `turnout()` needs."""
        authorities = {"counted_as_local_authority": True}
        return self.annotate(
            named_people=_number(Participation, Count("pk")),
            named_authorities=_number(Participation, Count("pk"), **authorities),
            counted_people=_number(Tally, Sum("count")),
            counted_authorities=_number(Tally, Sum("count"), **authorities),
        )

    def for_reader(self, user: Any) -> Self:
        """Knowing whether `user` is named as facilitator: `is_run_by(user)` asks no more."""
        runs = self.model.facilitators.through.objects.filter(workshop=OuterRef("pk"), user=user.pk)
        return self.annotate(reader_id=Value(user.pk), reader_runs_it=Exists(runs))


def _number(model: type[models.Model], number: Any, **only: Any) -> Coalesce:
    """One number over the rows of `model` that belong to the workshop of the outer query."""
    rows = model._default_manager.filter(workshop=OuterRef("pk"), **only).order_by().values("workshop")
    return Coalesce(Subquery(rows.annotate(number=number).values("number")), 0)


class Workshop(Dated, Demo):
    """A Localization workshop, writeshop or training, in one locality, run by named facilitators."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=workshop_code, editable=False)
    kind = models.CharField(_("type"), max_length=20, choices=WorkshopKind, default=WorkshopKind.LOCALIZATION)
    title = models.CharField(_("title"), max_length=160)
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="workshops", verbose_name=_("locality")
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    language = models.CharField(_("language"), max_length=10)
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

    # Set by with_turnout() and for_reader().
    named_people: int
    named_authorities: int
    counted_people: int
    counted_authorities: int
    reader_runs_it: bool

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
    def days(self) -> int:
        return (self.ends_on - self.starts_on).days + 1

    @property
    def accepts_registrations(self) -> bool:
        """People are registered before, during and, from paper lists, after the workshop."""
        return self.state != WorkshopState.CANCELLED

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

    def has_begun(self, today: datetime.date) -> bool:
        return self.starts_on <= today


class Counted(Dated, Demo):
    """What is counted of a person or of several: category, sex, age, authority as counted that day."""

    category = models.CharField(_("category"), max_length=30, choices=ActorCategory)
    # Copied from the country's setting when written: a later change of the rule changes no report.
    counted_as_local_authority = models.BooleanField(_("counted as local authority"), editable=False)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNSTATED)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, default=AgeBand.UNSTATED)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    # A weak link sends the same form twice: the second is recognised by this key.
    submission = models.UUIDField(default=uuid4, unique=True, editable=False)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_counts_known_values",
                condition=Q(
                    category__in=ActorCategory.values, sex__in=Sex.values, age_band__in=AgeBand.values
                ),
            )
        ]


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the workshops that `user` may see, as codes; names are `with_names_for`."""
        return self.filter(user.scope.rows(Capability.SEE_WORK, locality="workshop__locality"))

    def with_names_for(self, user: Any) -> Self:
        """Those whose names `user` may see: of the workshops that he or she runs and still may run."""
        return self.filter(
            user.scope.rows(Capability.RUN_WORKSHOPS, locality="workshop__locality"),
            workshop__facilitators=user,
        )

    def for_list(self) -> Self:
        return self.select_related("person", "position", "organization")


class Participation(Counted):
    """One registered person in one workshop, with position and organisation as of that day."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="participations")
    person = models.ForeignKey(Person, models.PROTECT, related_name="participations")
    position = models.ForeignKey(
        Position, models.PROTECT, null=True, blank=True, related_name="participations"
    )
    organization = models.ForeignKey(
        Organization, models.PROTECT, null=True, blank=True, related_name="participations"
    )

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Counted.Meta.constraints,
            models.UniqueConstraint(fields=["workshop", "person"], name="person_once_in_workshop"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_category_display()}"


class TallyQuerySet(models.QuerySet["Tally"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the workshops that `user` may see; single entries are shown to who runs them."""
        return self.filter(user.scope.rows(Capability.SEE_WORK, locality="workshop__locality"))


class Tally(Counted):
    """A head-count: so many people of one category, without names."""

    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="tallies")
    count = models.PositiveSmallIntegerField(
        _("number of people"), validators=[MinValueValidator(1), MaxValueValidator(1000)]
    )

    objects = TallyQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        verbose_name_plural = _("tallies")
        constraints = [
            *Counted.Meta.constraints,
            models.CheckConstraint(name="tally_is_positive", condition=Q(count__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.count} × {self.get_category_display()}"
