"""What a workshop sets going: commitments that are followed up, and champions."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, When
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Dated, Demo
from frameworks.pillars import Pillar
from localities.models import Locality
from people.models import Person, Position
from workshops.followup import Milestone, due_milestone, last_days_of, next_milestone
from workshops.models.analysis import OfWorkshopQuerySet
from workshops.models.participation import run_by
from workshops.models.workshop import Workshop


class CommitmentState(models.TextChoices):
    OPEN = "open", _("Open")
    KEPT = "kept", _("Kept")
    DROPPED = "dropped", _("Dropped")


def commitment_code() -> str:
    return new_code("CM")


class CommitmentQuerySet(OfWorkshopQuerySet):
    def run_by(self, user: Any) -> Self:
        """Those of the workshops that `user` runs: for whom it is to ask how far they are."""
        return self.filter(run_by(user))

    def overdue(self, today: datetime.date) -> Self:
        return self.filter(state=CommitmentState.OPEN, due_on__lt=today)

    def overdue_first(self, today: datetime.date) -> Self:
        """Overdue ones, then the other open ones, then those that are closed; each by due date."""
        rank = Case(
            When(state=CommitmentState.OPEN, due_on__lt=today, then=0),
            When(state=CommitmentState.OPEN, then=1),
            default=2,
        )
        return self.order_by(rank, "due_on", "pk")

    def to_ask(self, today: datetime.date, *, milestone: Milestone | None = None) -> Self:
        """Open ones whose latest milestone has come and was not asked about (workshops.followup)."""
        asked = FollowUp.objects.filter(commitment=OuterRef("pk"))
        wanted = Q(pk__in=[])
        for each in [milestone] if milestone else list(Milestone):
            first, last = last_days_of(each, today=today)
            came = Q(workshop__ends_on__range=(first or datetime.date.min, last))
            wanted |= came & Q(~Exists(asked.filter(milestone=each)))
        return self.filter(wanted, state=CommitmentState.OPEN)

    def with_heard(self) -> Self:
        """`heard_30`, `heard_90`, `heard_180`: whether it was asked about then."""
        asked = FollowUp.objects.filter(commitment=OuterRef("pk"))
        return self.annotate(
            **{f"heard_{each.value}": Exists(asked.filter(milestone=each)) for each in Milestone}
        )

    def for_list(self) -> Self:
        return self.select_related("workshop__locality__country", "owner__organization", "owner__locality")


class Commitment(Dated, Demo):
    """A concrete promise that a position made at a workshop: it will form the basis of the plan (F22)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=commitment_code, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="commitments")
    owner = models.ForeignKey(
        Position, models.PROTECT, related_name="commitments", verbose_name=_("position that promised it")
    )
    text = models.TextField(_("what was promised"), max_length=2000)
    due_on = models.DateField(_("due"))
    pillar = models.CharField(_("pillar"), max_length=20, choices=Pillar, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=CommitmentState, default=CommitmentState.OPEN)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closing_note = models.TextField(_("how it came about"), blank=True, max_length=1000)

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="commitment_has_known_values",
                condition=Q(state__in=CommitmentState.values, pillar__in=["", *Pillar.values]),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("commitment_detail", args=[self.code])

    @property
    def is_open(self) -> bool:
        return self.state == CommitmentState.OPEN

    def is_overdue(self, today: datetime.date) -> bool:
        return self.is_open and self.due_on < today

    @property
    def heard(self) -> set[int]:
        """The milestones that it was asked about. No query after `with_heard()`, else one."""
        if hasattr(self, "heard_30"):
            return {each.value for each in Milestone if getattr(self, f"heard_{each.value}")}
        return {each.milestone for each in self.follow_ups.all()}

    def due_milestone(self, today: datetime.date) -> Milestone | None:
        """At which milestone it is to be asked about now."""
        return due_milestone(self.workshop.ends_on, heard=self.heard, today=today) if self.is_open else None

    def next_milestone(self, today: datetime.date) -> tuple[Milestone, datetime.date] | None:
        """When it is to be asked about next."""
        return next_milestone(self.workshop.ends_on, today=today) if self.is_open else None


class Progress(models.TextChoices):
    NOT_BEGUN = "not_begun", _("Not begun")
    UNDER_WAY = "under_way", _("Under way")
    KEPT = "kept", _("Kept")
    DROPPED = "dropped", _("Dropped")


class FollowUp(Dated, Demo):
    """What was heard of a commitment at one milestone."""

    commitment = models.ForeignKey(Commitment, models.CASCADE, related_name="follow_ups")
    milestone = models.PositiveSmallIntegerField(_("after"), choices=Milestone)
    on = models.DateField(_("asked on"))
    progress = models.CharField(_("progress"), max_length=10, choices=Progress)
    note = models.TextField(_("what was heard"), blank=True, max_length=2000)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["milestone"]
        constraints = [
            models.UniqueConstraint(fields=["commitment", "milestone"], name="follow_up_once_a_milestone"),
            models.CheckConstraint(
                name="follow_up_has_known_values",
                condition=Q(milestone__in=Milestone.values, progress__in=Progress.values),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_milestone_display()}: {self.get_progress_display()}"


class ChampionState(models.TextChoices):
    IDENTIFIED = "identified", _("Identified")
    INVITED = "invited", _("Invited to the training of trainers")
    TRAINED = "trained", _("Trained")
    ROLLING_OUT = "rolling_out", _("Rolling out")
    INACTIVE = "inactive", _("Inactive")


class ChampionQuerySet(OfWorkshopQuerySet):
    def with_names_for(self, user: Any) -> Self:
        """Those whose name `user` may see: registered in a workshop that he or she runs."""
        return self.filter(person__in=Person.objects.visible_to(user).values("pk"))

    def for_list(self) -> Self:
        return self.select_related("person", "locality__country", "workshop", "trained_at")


class Champion(Dated, Demo):
    """A participant who will carry Localization on, from identified to rolling out (F30)."""

    # Who is forgotten is no champion any more: nothing would be left to accompany.
    person = models.OneToOneField(Person, models.CASCADE, related_name="champion")
    workshop = models.ForeignKey(
        Workshop, models.PROTECT, related_name="champions", verbose_name=_("identified at")
    )
    locality = models.ForeignKey(Locality, models.PROTECT, related_name="+", verbose_name=_("area"))
    state = models.CharField(
        _("state"), max_length=12, choices=ChampionState, default=ChampionState.IDENTIFIED
    )
    trained_at = models.ForeignKey(
        Workshop, models.PROTECT, null=True, blank=True, related_name="champions_trained"
    )
    since = models.DateField(_("in this state since"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=1000)

    objects = ChampionQuerySet.as_manager()

    class Meta:
        ordering = ["locality__name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="champion_state_is_known", condition=Q(state__in=ChampionState.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_state_display()}"

    def get_absolute_url(self) -> str:
        return reverse("champion_edit", args=[self.person.code])
