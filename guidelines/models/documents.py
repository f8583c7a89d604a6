"""Localization Guidelines: a country's document in a language and version, in nested sections."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.models import CommitteeAccess
from core.models import Demo, SharedText
from frameworks.models import Framework
from guidelines.models.codes import guidelines_code, section_code
from guidelines.states import OPEN_STATES, OUT_STATES, TONES, GuidelinesState
from localities.languages import direction, language_name
from localities.models import Country

LONGEST_SECTION = 60_000  # characters; about twenty printed pages
READING = (Capability.READ_GUIDELINES, Capability.WRITE_GUIDELINES)


class GuidelinesQuerySet(models.QuerySet["Guidelines"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the countries where `user` may read or write guidelines; to who works for a committee,
        those of its country with an edition, and those in a field test in its locality.

        Which text a committee sees, the last edition or the draft, is asked by rules.can_read_draft.
        """
        if self._reads_all(user):
            return self
        countries = CommitteeAccess.objects.filter(user=user.pk).values("committee__locality__country")
        editions = self._rows_of("editions").filter(guidelines__country__in=countries)
        return self.filter(self._draft_for(user) | Q(pk__in=editions.values("guidelines")))

    def with_draft_for(self, user: Any) -> Self:
        """Those whose text `user` may read as it is being written."""
        return self if self._reads_all(user) else self.filter(self._draft_for(user))

    def _reads_all(self, user: Any) -> bool:
        return any(user.scope.everywhere(capability) for capability in READING)

    def _draft_for(self, user: Any) -> Q:
        """Guidelines are for a whole country: whoever reads them in a part of it reads them all. A field
        test in a district is one for the committees of its wards as well."""
        grants = [g for g in user.scope.grants if any(g.allows(capability) for capability in READING)]
        whole = [grant.country_id for grant in grants if grant.country_id is not None]
        parts = [grant.path for grant in grants if grant.path is not None]
        countries = Country.objects.filter(Q(pk__in=whole) | Q(localities__path__in=parts))
        accesses = CommitteeAccess.objects.filter(
            user=user.pk, committee__locality__path__startswith=OuterRef("locality__path")
        )
        launched = self._rows_of("editions").filter(
            guidelines=OuterRef("guidelines"), number__gte=OuterRef("edition_number")
        )
        tests = self._rows_of("field_tests").filter(Exists(accesses), ~Exists(launched))
        tested = Q(state=GuidelinesState.FIELD_TEST, pk__in=tests.values("guidelines"))
        return Q(country__in=countries.values("pk")) | tested

    def _rows_of(self, name: str) -> models.QuerySet[Any]:
        """Of a model that stands in a later module and leads here."""
        rows: Any = self.model._meta.get_field(name).related_model
        return rows._default_manager.all()

    def launched(self) -> Self:
        """Those with an edition."""
        return self.filter(Exists(self._rows_of("editions").filter(guidelines=OuterRef("pk"))))

    def for_list(self) -> Self:
        """With what a row of a list shows."""
        last = self._rows_of("editions").filter(guidelines=OuterRef("pk")).order_by("-number")
        return (
            self.select_related("country", "nap")
            .annotate(
                section_count=Count("sections"),
                last_edition=Subquery(last.values("number")[:1]),
                launched_on=Subquery(last.values("launched_on")[:1]),
            )
            .order_by("country__name", "-created_at", "pk")  # counting groups the rows: Meta's order is lost
        )


class Guidelines(SharedText, Demo):
    """The document that tells a country's local authorities how to localize 1325 and the NAP (S0).

    One for each country, language and version. A version is a document of its own, begun anew or from the
    one before; what is launched of it is frozen as numbered editions (models.editions)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=guidelines_code, editable=False)
    country = models.ForeignKey(Country, models.PROTECT, related_name="guidelines", verbose_name=_("country"))
    title = models.CharField(_("title"), max_length=200)
    language = models.CharField(_("language"), max_length=10)
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    nap = models.ForeignKey(
        Framework,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="guidelines",
        verbose_name=_("National Action Plan"),
    )
    # At which level of the country's tree a locality counts as reached (BR24): 1 is the top.
    level = models.PositiveSmallIntegerField(_("level of the local authorities"), default=1)
    predecessor = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="successors"
    )
    translation_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="translations"
    )
    state = models.CharField(
        _("state"), max_length=12, choices=GuidelinesState, default=GuidelinesState.DRAFTING, editable=False
    )
    is_public = models.BooleanField(_("published editions may be read by everybody"), default=True)
    # What everybody reads of a document that nobody is to follow any more: the reason was asked for as such.
    retired_on = models.DateField(_("retired on"), null=True, blank=True, editable=False)
    retired_reason = models.TextField(_("why they are retired"), blank=True, max_length=1500, editable=False)
    replaced_by = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="replaces"
    )

    objects = GuidelinesQuerySet.as_manager()

    class Meta:
        ordering = ["country__name", "-created_at"]
        verbose_name_plural = _("guidelines")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "language", "version"], name="guidelines_version_once"
            ),
            models.CheckConstraint(
                name="guidelines_state_is_known", condition=Q(state__in=sorted(GuidelinesState.values))
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("guidelines_detail", args=[self.code])

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def is_open(self) -> bool:
        """Whether its texts may be written."""
        return self.state in OPEN_STATES

    @property
    def is_out(self) -> bool:
        return self.state in OUT_STATES

    @property
    def tone(self) -> str:
        """How components/state.html shows the state."""
        return TONES[self.state]

    def touch(self, by: Any) -> None:
        """Note that the document changed as a whole: a section came, went or moved."""
        self.updated_by = by
        self.save(update_fields=["updated_by", "updated_at"])


class GuidelinesMove(Demo):
    """One step from state to state: when it holds from, and why."""

    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="moves")
    was = models.CharField(_("from"), max_length=12, choices=GuidelinesState)
    now = models.CharField(_("to"), max_length=12, choices=GuidelinesState)
    on = models.DateField(_("on"))
    reason = models.TextField(_("reason"), blank=True, max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("recorded"), auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="guidelines_move_between_known_states",
                condition=Q(was__in=sorted(GuidelinesState.values), now__in=sorted(GuidelinesState.values)),
            )
        ]

    def __str__(self) -> str:
        return f"{self.was} → {self.now}"


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read."""
        return self.filter(guidelines__in=Guidelines.objects.visible_to(user))


class Section(SharedText, Demo):
    """One numbered section: heading, and text in light markup in which blocks of data may stand
    (guidelines.markers). Sections nest: `order` is the place among those under the same `parent`."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=section_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="parts")
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    heading = models.CharField(_("heading"), max_length=160)
    body = models.TextField(_("text"), blank=True, max_length=LONGEST_SECTION)
    # Reused from another document: which section, as which of its versions.
    origin = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="reused_as")
    origin_version = models.PositiveIntegerField(null=True, blank=True)
    origin_note = models.CharField(_("taken from"), max_length=300, blank=True)
    # Translated from: the section of `guidelines.translation_of`, and its version that was translated.
    source = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="translated_as")
    source_version = models.PositiveIntegerField(null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["guidelines", "order", "pk"]
        constraints = [
            models.CheckConstraint(
                name="section_not_its_own_parent", condition=~Q(parent=F("pk")) | Q(parent=None)
            )
        ]

    def __str__(self) -> str:
        return self.heading

    def get_absolute_url(self) -> str:
        return f"{self.guidelines.get_absolute_url()}#{self.code}"


class SectionRevisionQuerySet(models.QuerySet["SectionRevision"]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read."""
        return self.filter(guidelines__in=Guidelines.objects.visible_to(user))


class SectionRevision(Demo):
    """A section as one save left it: its history, and the base when two texts are brought together.

    `version` is the section's `row_version` after the save (decision 0013)."""

    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="revisions")
    section_code = models.CharField(max_length=12)
    version = models.PositiveIntegerField(_("version"))
    heading = models.CharField(_("heading"), max_length=160)
    body = models.TextField(_("text"), blank=True)
    parent_code = models.CharField(max_length=12, blank=True)
    # Where the text came from, by the code of that section: taken back, it comes from there again.
    origin_code = models.CharField(max_length=12, blank=True)
    origin_version = models.PositiveIntegerField(null=True, blank=True)
    origin_note = models.CharField(max_length=300, blank=True)
    source_code = models.CharField(max_length=12, blank=True)
    source_version = models.PositiveIntegerField(null=True, blank=True)
    removed = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("saved"), auto_now_add=True)
    note = models.CharField(max_length=200, blank=True)

    objects = SectionRevisionQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidelines", "section_code", "version"], name="section_revision_once_a_version"
            )
        ]

    def __str__(self) -> str:
        return f"{self.section_code} v{self.version}"


class SectionWriting(models.Model):
    """An account has the form of a section open; `seen_at` is its last sign of life."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="writers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    since = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "user"], name="section_writing_once_a_user")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.section_id}"
