"""Who takes part: invited, waiting at the door, registered by name, counted without one, present."""

from typing import Any, Self
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from core.codes import new_code
from core.encryption import EncryptedTextField
from core.models import Dated, Demo
from localities.categories import ActorCategory
from localities.models import Locality
from people.models import AgeBand, Organization, Person, Position, Sex
from workshops.models.workshop import Workshop


def run_by(user: Any) -> Q:
    """The filter for rows of workshops that `user` runs, and in whose place the role still holds."""
    in_scope = user.scope.rows(Capability.RUN_WORKSHOPS, locality="workshop__locality")
    return in_scope & Q(workshop__facilitators=user)


class Residence(models.TextChoices):
    """Where people live, as they say (F84)."""

    RURAL = "rural", _("Rural")
    URBAN = "urban", _("Urban")
    UNSTATED = "unstated", _("Not stated")


class Standing(models.TextChoices):
    """The organiser's own judgement, against the bias to elite women (F84, S3)."""

    ELITE = "elite", _("Holds office, money or title")
    NON_ELITE = "non_elite", _("Does not")
    UNSTATED = "unstated", _("Not stated")


class Disability(models.TextChoices):
    """Derived from the Washington Group Short Set, never asked (F85)."""

    YES = "yes", _("With disability")
    NO = "no", _("Without disability")
    UNSTATED = "unstated", _("Not asked")


class Entry(models.TextChoices):
    """How a registration came in."""

    DESK = "desk", _("At the desk")
    PAPER = "paper", _("From a paper list")
    SELF = "self", _("By the person, confirmed")
    IMPORT = "import", _("From a spreadsheet")


class Counted(Dated, Demo):
    """What is counted of a person or of several: category, sex, age, authority as counted that day."""

    category = models.CharField(_("category"), max_length=30, choices=ActorCategory)
    # Copied from the country's setting when written: a later change of the rule changes no report.
    counted_as_local_authority = models.BooleanField(_("counted as local authority"), editable=False)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNSTATED)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, default=AgeBand.UNSTATED)
    # Where they come from; empty: not stated.
    locality = models.ForeignKey(
        Locality, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("comes from")
    )
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
        return self.filter(workshop__in=Workshop.objects.visible_to(user))

    def with_names_for(self, user: Any) -> Self:
        """Those whose names `user` may see: of the workshops that he or she runs and still may run."""
        return self.filter(run_by(user))

    def for_list(self) -> Self:
        return self.select_related("person", "position", "organization", "locality")

    def with_half_days(self) -> Self:
        """`half_days`: how many half-days each was present."""
        rows = Attendance.objects.filter(participation=OuterRef("pk")).order_by().values("participation")
        return self.annotate(half_days=Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0))


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

    entry = models.CharField(_("entered"), max_length=10, choices=Entry, default=Entry.DESK)
    residence = models.CharField(_("lives in"), max_length=10, choices=Residence, default=Residence.UNSTATED)
    standing = models.CharField(_("standing"), max_length=10, choices=Standing, default=Standing.UNSTATED)
    disability = models.CharField(
        _("disability"), max_length=10, choices=Disability, default=Disability.UNSTATED, editable=False
    )
    # The six answers as JSON; can be deleted while what was derived from them stays.
    functioning = EncryptedTextField(_("Washington Group Short Set"), blank=True, editable=False)

    # Set by with_half_days().
    half_days: int

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Counted.Meta.constraints,
            models.CheckConstraint(
                name="participation_has_known_values",
                condition=Q(
                    entry__in=Entry.values,
                    residence__in=Residence.values,
                    standing__in=Standing.values,
                    disability__in=Disability.values,
                ),
            ),
            models.UniqueConstraint(fields=["workshop", "person"], name="person_once_in_workshop"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_category_display()}"


class TallyQuerySet(models.QuerySet["Tally"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the workshops that `user` may see; single entries are shown to who runs them."""
        return self.filter(workshop__in=Workshop.objects.visible_to(user))


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


class Half(models.TextChoices):
    MORNING = "am", _("Morning")
    AFTERNOON = "pm", _("Afternoon")


class Attendance(models.Model):
    """Somebody was there for one half-day."""

    participation = models.ForeignKey(Participation, models.CASCADE, related_name="attendances")
    day = models.DateField(_("day"))
    half = models.CharField(_("half-day"), max_length=2, choices=Half)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ["day", "half"]
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "day", "half"], name="attendance_once_a_half_day"
            ),
            models.CheckConstraint(name="attendance_half_is_known", condition=Q(half__in=Half.values)),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.half}"


class Answer(models.TextChoices):
    """What an invited person said."""

    WAITING = "waiting", _("No answer yet")
    COMING = "coming", _("Will come")
    NOT_COMING = "not_coming", _("Will not come")


def invitation_code() -> str:
    return new_code("INV")


class OfThoseWhoRunQuerySet(models.QuerySet[Any]):
    """Rows with names of people who have not agreed to anything yet: for who runs the workshop only."""

    def visible_to(self, user: Any) -> Self:
        return self.filter(run_by(user))


class Invitation(Counted):
    """Somebody who is asked to come: a person by name, or whoever holds a position."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=invitation_code, editable=False)
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="invitations")
    full_name = EncryptedTextField(_("name"), blank=True)
    key = models.CharField(max_length=32, editable=False, db_index=True, blank=True)  # people.names.name_key
    position = EncryptedTextField(_("position"), blank=True)
    organization = EncryptedTextField(_("organisation"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    email = EncryptedTextField(_("e-mail"), blank=True)
    answer = models.CharField(_("answer"), max_length=12, choices=Answer, default=Answer.WAITING)
    person = models.ForeignKey(Person, models.SET_NULL, null=True, blank=True, related_name="invitations")
    participation = models.OneToOneField(
        Participation, models.SET_NULL, null=True, blank=True, related_name="invitation"
    )

    objects = OfThoseWhoRunQuerySet.as_manager()

    class Meta:
        ordering = ["category", "pk"]
        constraints = [
            *Counted.Meta.constraints,
            models.CheckConstraint(name="invitation_answer_is_known", condition=Q(answer__in=Answer.values)),
        ]

    def __str__(self) -> str:
        return self.code


def self_registration_code() -> str:
    return new_code("SR", length=8)


class SelfRegistration(Dated, Demo):
    """What somebody entered by the link, waiting until a facilitator confirms it; then it is deleted."""

    code = models.CharField(
        _("code"), max_length=12, unique=True, default=self_registration_code, editable=False
    )
    workshop = models.ForeignKey(Workshop, models.PROTECT, related_name="self_registrations")
    submission = models.UUIDField(unique=True, editable=False)
    full_name = EncryptedTextField(_("name"))
    key = models.CharField(max_length=32, editable=False, db_index=True, blank=True)
    position = EncryptedTextField(_("position"), blank=True)
    organization = EncryptedTextField(_("organisation"), blank=True)
    phone = EncryptedTextField(_("phone"), blank=True)
    email = EncryptedTextField(_("e-mail"), blank=True)
    category = models.CharField(_("category"), max_length=30, choices=ActorCategory)
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNSTATED)
    age_band = models.CharField(_("age"), max_length=10, choices=AgeBand, default=AgeBand.UNSTATED)
    language = models.CharField(_("language"), max_length=10)
    wording_version = models.CharField(_("wording"), max_length=20)
    purposes = models.JSONField(_("agreed to"), default=list)  # values of people.consent.Purpose

    objects = OfThoseWhoRunQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.code
