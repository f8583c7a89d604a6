"""Forms of impact stories."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Capability
from committees.editing import SharedForm
from committees.forms.committees import LocalityField
from committees.models import CommitteeAccess
from core.forms import DateField
from core.models import SharedText
from guidelines.models import ImpactStory
from guidelines.rules import STORY_TELLERS
from localities.models import Locality
from plans.forms.fields import refuse_markup
from plans.models import Activity

LONG = {"rows": 4}
EARLIEST = 2000  # the year of resolution 1325


def places_of(user: User) -> Any:
    """Where `user` may write stories, in tree order."""
    held = CommitteeAccess.objects.filter(user=user).select_related("committee")
    kept = [access.committee.locality_id for access in held if access.allows(Capability.KEEP_COMMITTEES)]
    found = Q(pk__in=kept)
    for capability in STORY_TELLERS:
        found |= user.scope.rows(capability, locality="")
    if user.scope.everywhere(Capability.WRITE_GUIDELINES):
        found |= ~Q(pk__in=[])
    else:
        found |= Q(country__in=user.scope.countries(Capability.WRITE_GUIDELINES))
    return Locality.objects.filter(found).select_related("country")


class ActivityField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.text[:90]} ({obj.objective.plan.code})"


class StoryForm(SharedForm):
    """What changed, how that is known, and who agreed that it is told."""

    locality = LocalityField(label=_("Locality"))
    period_start = DateField(
        label=_("From"), help_text=_("The day matters little: readers see the month only.")
    )
    period_end = DateField(label=_("To"), required=False)
    consent_on = DateField(
        label=_("Those concerned agreed on"),
        required=False,
        help_text=_("Without their yes the story can be written, but not published."),
    )
    activity = ActivityField(
        label=_("Activity of a local plan that it tells of"),
        queryset=Activity.objects.none(),
        required=False,
        to_field_name="code",
        empty_label=_("None, or not known"),
    )

    class Meta:
        model = ImpactStory
        fields = [
            "locality",
            "title",
            "pillar",
            "period_start",
            "period_end",
            "before",
            "claim",
            "lesson",
            "evidence",
            "evidence_note",
            "consent_on",
            "consent_note",
            "activity",
        ]
        widgets = {name: forms.Textarea(attrs=LONG) for name in ("before", "claim", "lesson")}
        help_texts = {
            "title": _("What changed, in one line: “Four women sit on the peace council”."),
            "claim": _("Offices and groups, never the name of a person, and nothing by which one is known."),
            "lesson": _("What another locality should do, or leave."),
            "evidence_note": _("A record, a report, a page, or the office that can be asked."),
            "consent_note": _(
                "A group or an office: “the women's association, in its meeting”. Not printed."
            ),
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        for name in ("before", "claim", "lesson"):
            self.fields[name].validators.append(refuse_markup)
        for name, words in (("pillar", _("Choose a pillar")), ("evidence", _("Not said yet"))):
            field: Any = self.fields[name]
            field.choices = [("", words), *list(field.choices)[1:]]
        places = places_of(user)
        if self.instance.pk:
            places = Locality.objects.filter(
                Q(pk__in=places.values("pk")) | Q(pk=self.instance.locality_id)
            ).select_related("country")
            self.initial["locality"] = self.instance.locality.code
        cast(LocalityField, self.fields["locality"]).offer(places)
        self._offer_activities()

    def _offer_activities(self) -> None:
        """Of the plans of the place, as far as the user may see them; and the one that stands there."""
        place = self._place()
        seen = Activity.objects.visible_to(self.user).filter(objective__plan__locality__code=place or "")
        field = cast(ActivityField, self.fields["activity"])
        field.queryset = Activity.objects.filter(
            Q(pk__in=seen.values("pk")) | Q(pk=self.instance.activity_id)
        ).select_related("objective__plan")
        if self.instance.activity:
            self.initial["activity"] = self.instance.activity.code
        if not place or not field.queryset.exists():
            del self.fields["activity"]

    def _place(self) -> str:
        """The code of the locality that is chosen as far as the form knows."""
        if self.is_bound:
            return str(self.data.get(self.add_prefix("locality"), ""))
        return str(self.initial.get("locality") or "")

    def for_row(self, row: SharedText) -> SharedForm:
        return type(self)(instance=row, user=self.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        today = timezone.localdate()
        for name in ("period_start", "period_end", "consent_on"):
            if (day := cleaned.get(name)) and day > today:
                self.add_error(name, gettext("This day has not come yet."))
            elif day and day.year < EARLIEST:
                self.add_error(name, gettext("This was before resolution 1325: look at the year."))
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", gettext("It ends before it begins."))
        return cleaned


class PublishForm(forms.Form):
    """Why it is safe, where that has to be said."""

    safety_reason = forms.CharField(
        label=_("Why the story may be told now"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who looked at it, and why nobody is put at risk. Offices, not persons. Not printed."),
    )

    def __init__(self, *args: Any, asks_why: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["safety_reason"].widget.attrs.pop("maxlength", None)
        if not asks_why:
            del self.fields["safety_reason"]


class WithdrawForm(forms.Form):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Consent was taken back, the claim does not hold, somebody is at risk. No names."),
        error_messages={"required": _("Say why: who looks at the story later has to know.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget.attrs.pop("maxlength", None)
