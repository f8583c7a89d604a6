"""Reading, testing and standing behind guidelines: comments, field tests, signatories, endorsements (F45)."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Dated, Demo, SharedText
from guidelines.models.codes import comment_code, endorsement_code, field_test_code, signatory_code
from guidelines.models.documents import Guidelines, Section
from localities.models import Country, Locality


class OfGuidelinesQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Those of the guidelines that `user` may read."""
        return self.filter(guidelines__in=Guidelines.objects.visible_to(user))


class FieldTest(SharedText, Demo):
    """The draft is used in a named locality before it is validated: what worked there, and what did not."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=field_test_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="field_tests")
    locality = models.ForeignKey(
        Locality, models.PROTECT, related_name="field_tests", verbose_name=_("locality")
    )
    edition_number = models.PositiveSmallIntegerField(default=1, editable=False)  # the one in preparation
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    asked = models.TextField(_("what is to be tried"), blank=True, max_length=2000)
    findings = models.TextField(_("what was found"), blank=True, max_length=5000)

    objects = OfGuidelinesQuerySet.as_manager()

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidelines", "edition_number", "locality"], name="field_test_once_a_locality"
            ),
            models.CheckConstraint(
                name="field_test_in_order", condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="field_test_ended_with_findings", condition=Q(ends_on=None) | ~Q(findings="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.locality} {self.starts_on}"


class ReviewState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class ReviewComment(Dated, Demo):
    """What a reader says about a section, anchored to it and to the words it is about; or an answer to that.

    It stays when its section goes. Before validation each is accepted or declined with a reason (F45)."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=comment_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="comments")
    section = models.ForeignKey(Section, models.SET_NULL, null=True, related_name="comments")
    section_heading = models.CharField(max_length=160, blank=True)  # as it was called then
    section_version = models.PositiveIntegerField(default=1)
    quote = models.CharField(_("the words it is about"), max_length=300, blank=True)
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="answers")
    field_test = models.ForeignKey(FieldTest, models.SET_NULL, null=True, blank=True, related_name="comments")
    edition_number = models.PositiveSmallIntegerField(default=1, editable=False)  # the one in preparation
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    author_as = models.CharField(_("speaking as"), max_length=80, blank=True)
    text = models.TextField(_("comment"), max_length=5000)
    state = models.CharField(_("state"), max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_reason = models.TextField(_("reason"), blank=True, max_length=2000)

    objects = OfGuidelinesQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="review_comment_declined_with_reason",
                condition=~Q(state="declined") | ~Q(decision_reason=""),
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]


class SignatoryRole(models.TextChoices):
    """Why an institution has to sign (domain.md §2.1: the ministry of the plan and that of the councils)."""

    NAP = "nap", _("Leads the National Action Plan")
    LOCAL_GOVERNMENT = "local_government", _("In charge of local government")
    OTHER = "other", _("Has to sign as well")


# What stands for an institution that the country's record does not name yet.
UNNAMED: dict[str, str] = {
    SignatoryRole.NAP.value: gettext_noop("The ministry that leads the National Action Plan (to be named)"),
    SignatoryRole.LOCAL_GOVERNMENT.value: gettext_noop(
        "The ministry in charge of local government (to be named)"
    ),
}


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    def visible_to(self, user: Any) -> Self:
        """Reference data of a country: for who reads its guidelines."""
        return self.filter(country__in=Guidelines.objects.visible_to(user).values("country"))

    def required(self) -> Self:
        return self.filter(ended_on=None)


class Signatory(SharedText, Demo):
    """An institution without whose endorsement no guidelines of the country are published. One that signed
    something is never deleted: it ends."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=signatory_code, editable=False)
    country = models.ForeignKey(Country, models.CASCADE, related_name="signatories")
    role = models.CharField(_("why it signs"), max_length=20, choices=SignatoryRole)
    institution = models.CharField(_("institution"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    ended_on = models.DateField(_("no longer signs since"), null=True, blank=True)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name_plural = _("signatories")
        constraints = [
            models.UniqueConstraint(
                fields=["country", "role"],
                condition=~Q(role="other") & Q(ended_on=None),
                name="signatory_role_once_in_country",
            )
        ]

    def __str__(self) -> str:
        return self.institution if self.is_named else gettext(self.institution)

    @property
    def is_named(self) -> bool:
        return self.institution not in UNNAMED.values()


def scan_path(endorsement: "Endorsement", filename: str) -> str:
    """Where the encrypted scan lies: not to be guessed, and without a word about it."""
    return f"endorsements/{new_code('F', length=24)}"


class Endorsement(Dated, Demo):
    """An institution stands behind one text, by one of its positions, on a day. `edition_number` is that of
    the edition in preparation; sent back, the text is another one, and the endorsement is withdrawn."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=endorsement_code, editable=False)
    guidelines = models.ForeignKey(Guidelines, models.CASCADE, related_name="endorsements")
    edition_number = models.PositiveSmallIntegerField(editable=False)
    signatory = models.ForeignKey(
        Signatory, models.PROTECT, null=True, blank=True, related_name="endorsements"
    )
    institution = models.CharField(_("institution"), max_length=200)
    institution_key = models.CharField(max_length=200, editable=False)  # people.names.text_key
    position = models.CharField(_("position of who signed"), max_length=160)  # an office, not a person
    on = models.DateField(_("signed on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    withdrawn_on = models.DateField(_("withdrawn"), null=True, blank=True)
    withdrawn_reason = models.CharField(max_length=500, blank=True)
    scan = models.FileField(upload_to=scan_path, blank=True)
    scan_name = models.CharField(max_length=200, blank=True)
    scan_type = models.CharField(max_length=100, blank=True)
    scan_size = models.PositiveIntegerField(null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    objects = OfGuidelinesQuerySet.as_manager()

    class Meta:
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["guidelines", "edition_number", "institution_key"],
                condition=Q(withdrawn_on=None),
                name="guidelines_endorsed_once_by_institution",
            ),
            models.UniqueConstraint(
                fields=["guidelines", "edition_number", "signatory"],
                condition=Q(withdrawn_on=None),
                name="guidelines_endorsed_once_by_signatory",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position}, {self.institution}"
