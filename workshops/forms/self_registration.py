"""The short form that people fill in themselves on a phone, and the one that opens the door to it."""

import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localities.categories import ActorCategory
from people.consent import Purpose, wording
from people.models import AgeBand
from workshops.forms.invitations import cleaned_name, phone_field, text_field
from workshops.forms.registration import MORE_PERMISSIONS, CountedForm
from workshops.models import Workshop
from workshops.services import Details
from workshops.states import RiskLevel

LONGEST_OPEN = datetime.timedelta(days=60)


class SelfRegistrationForm(CountedForm):
    """Everything is about the person who holds the phone. Where somebody lives is not asked at the door."""

    full_name = forms.CharField(
        label=_("Your name"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false"}
        ),
    )
    position = text_field(
        _("What you do"), 160, help_text=_("For example: mayor, teacher, chair of a women’s group.")
    )
    organization = text_field(_("Organisation or authority"), 200)
    phone = phone_field()
    email = forms.EmailField(
        label=_("E-mail"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )
    agrees = forms.BooleanField(
        label=_("I agree that my name is written on the list"),
        error_messages={
            "required": _(
                "Without your consent your name is not kept, and nothing was sent. You can take part all the "
                "same: at the entrance you are counted without a name."
            )
        },
    )
    agrees_contact = forms.BooleanField(label=_("I agree to be contacted"), required=False)
    guardian_agrees = forms.BooleanField(label=_("My parent or guardian agrees"), required=False)
    agrees_committee = forms.BooleanField(label=Purpose.SHOW_TO_COMMITTEE.label, required=False)
    agrees_report = forms.BooleanField(label=Purpose.NAME_IN_REPORT.label, required=False)
    agrees_photo = forms.BooleanField(label=Purpose.PHOTO.label, required=False)
    agrees_partner = forms.BooleanField(label=Purpose.SHARE_WITH_PARTNER.label, required=False)
    submission = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    field_order = ("full_name", "position", "organization", "category", "sex", "age_band")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["comes_from"]
        self.fields["full_name"].error_messages["required"] = _("Please write your name.")
        self.fields["category"].error_messages["required"] = _("Please choose what fits best.")
        if self.workshop.risk_level == RiskLevel.HIGH:
            del self.fields["agrees_photo"]  # nobody is photographed there: not even asked

    def clean_full_name(self) -> str:
        return cleaned_name(self.cleaned_data["full_name"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (data.get("phone") or data.get("email")) and not data.get("agrees_contact"):
            self.add_error(
                "agrees_contact", _("We keep your phone or e-mail only if you agree; else leave both empty.")
            )
        if data.get("age_band") == AgeBand.UNDER_18 and not data.get("guardian_agrees"):
            self.add_error(
                "guardian_agrees",
                _("Under 18 this needs a parent or guardian. Please ask the facilitator at the entrance."),
            )
        return data

    def details(self) -> Details:
        data = self.cleaned_data
        return Details(**{name: data[name] for name in Details.__dataclass_fields__ if name in data})

    def purposes(self) -> list[Purpose]:
        """What was ticked."""
        data = self.cleaned_data
        ticked = {
            Purpose.REGISTER: data["agrees"],
            Purpose.CONTACT: data["agrees_contact"] and (data["phone"] or data["email"]),
            Purpose.GUARDIAN: data["guardian_agrees"] and data["age_band"] == AgeBand.UNDER_18,
        } | {purpose: data.get(name) for name, purpose in MORE_PERMISSIONS.items()}
        return [purpose for purpose, agreed in ticked.items() if agreed]

    def permissions(self) -> list[tuple[Any, str]]:
        """The further ticks, each with the words that go with it."""
        return [
            (self[name], wording(purpose))
            for name, purpose in MORE_PERMISSIONS.items()
            if name in self.fields
        ]


class ClosedForm(forms.Form):
    """What somebody typed while the link was closed: read back, never saved."""

    submission = forms.UUIDField()

    def typed(self) -> list[tuple[Any, str]]:
        """Label and words of each field that was filled in, for the person to show at the entrance."""
        found = []
        for name in ("full_name", "position", "organization", "category", "phone", "email"):
            field = SelfRegistrationForm.base_fields[name]
            words = str(self.data.get(name, "")).strip()[:200]
            if isinstance(field, forms.ChoiceField):
                words = str(dict(ActorCategory.choices).get(words, ""))
            if words:
                found.append((field.label, words))
        return found


class DoorForm(forms.Form):
    """Until when the link is open."""

    closes_at = forms.DateTimeField(
        label=_("Open until"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"],
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Write day and time like this: 2026-03-02T18:00.")},
    )
    knows_risk = forms.BooleanField(
        label=_("We have weighed this: whoever gets hold of the link learns of the workshop."),
        error_messages={"required": _("At high risk a link is opened only after weighing it.")},
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if workshop.risk_level != RiskLevel.HIGH:
            del self.fields["knows_risk"]
        self.fields["closes_at"].initial = usual_closing(workshop, timezone.localtime())

    def clean_closes_at(self) -> datetime.datetime:
        closes_at, now = self.cleaned_data["closes_at"], timezone.now()
        if closes_at <= now:
            raise forms.ValidationError(_("That time has passed already."))
        if closes_at > now + LONGEST_OPEN:
            raise forms.ValidationError(
                _("At most %(days)s days ahead: open it again when it is time.") % {"days": LONGEST_OPEN.days}
            )
        return closes_at


def usual_closing(workshop: Workshop, now: datetime.datetime) -> datetime.datetime:
    """The evening of the first day, as long as that is to come and not too far; else in four hours."""
    evening = now.replace(
        year=workshop.starts_on.year,
        month=workshop.starts_on.month,
        day=workshop.starts_on.day,
        hour=18,
        minute=0,
        second=0,
        microsecond=0,
    )
    if now < evening <= now + LONGEST_OPEN:
        return evening
    return (now + datetime.timedelta(hours=4)).replace(minute=0, second=0, microsecond=0)
