"""Forms of what a plan serves: choosing a provision, stating it, reviewing it, carrying it over."""

from typing import Any, cast

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from frameworks.models import FrameworkKind, Provision
from plans.editing import SharedTextForm
from plans.forms.fields import refuse_markup
from plans.models import Alignment, Strength
from plans.offers import SEPARATOR


def address_of(provision: Provision) -> str:
    """A provision as an address and a form carry it: the codes of its framework and its own."""
    return f"{provision.framework.code}{SEPARATOR}{provision.code}"


def provision_of(address: str) -> Provision | None:
    """The provision of that address; None for one that nobody has."""
    framework, _separator, code = address.replace("\0", "").partition(SEPARATOR)
    provisions = Provision.objects.select_related("framework__country")
    return provisions.filter(framework__code=framework, code=code).first()


class ProvisionField(forms.CharField):
    """One provision by its codes: "UNSCR-1325 8b"."""

    default_error_messages = {
        "required": _("Choose what it serves."),
        "unknown": _("There is no such item. Choose it again."),
    }

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not text:
            return None
        found = provision_of(text)
        if found is None:
            raise forms.ValidationError(self.error_messages["unknown"], code="unknown")
        return found

    def run_validators(self, value: Any) -> None:
        """Those of a text do not fit a row."""

    def prepare_value(self, value: Any) -> Any:
        return address_of(value) if isinstance(value, Provision) else value


class AlignmentForm(SharedTextForm):
    """A statement: what is served, how strongly, and why. `opened` is when it was stated as it was
    opened: a later one is somebody else's."""

    provision = ProvisionField(label=_("What it serves"), widget=forms.HiddenInput, max_length=80)
    opened = forms.CharField(required=False, widget=forms.HiddenInput, max_length=40)

    class Meta:
        model = Alignment
        fields = ["strength", "justification"]
        widgets = {"strength": forms.RadioSelect, "justification": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "strength": _(
                "Direct: it does what the item asks for. Partial: a part of it, or for some people. "
                "Supporting: it prepares the ground."
            ),
            "justification": _("One or two sentences that a reader elsewhere can follow."),
        }

    def __init__(self, *args: Any, alignment: Alignment, **kwargs: Any) -> None:
        # A copy without its key: this form has its own way of seeing that somebody else was faster.
        copy = Alignment(strength=alignment.strength, justification=alignment.justification)
        super().__init__(*args, instance=copy, **kwargs)
        cast(forms.ChoiceField, self.fields["strength"]).choices = Strength.choices
        if alignment.pk:
            self.initial.setdefault("provision", alignment.provision)
            self.initial["opened"] = alignment.stated_at.isoformat()

    @property
    def opened_at(self) -> Any:
        """None for what is no time at all: it fits no statement."""
        try:
            return parse_datetime(self.cleaned_data["opened"])
        except ValueError:
            return None

    def reopen(self, alignment: Alignment) -> None:
        """The next save is made knowing how the statement stands now."""
        data = self.data.copy()
        data["opened"] = alignment.stated_at.isoformat()
        self.data = data


class ProvisionSearchForm(forms.Form):
    """Narrowing what can be chosen."""

    q = forms.CharField(
        label=_("Word or number"),
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kind = forms.ChoiceField(label=_("Kind"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = cast(forms.ChoiceField, self.fields["kind"])
        kinds.choices = [("", _("All kinds")), *FrameworkKind.choices]


class ReviewForm(forms.Form):
    """What a second person found. Whoever doubts says why."""

    verdict = forms.ChoiceField(
        label=_("Does the text serve it, as is said?"),
        choices=[("confirm", _("Yes, I confirm it")), ("doubt", _("I doubt it"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Say whether you confirm or doubt it.")},
    )
    note = forms.CharField(
        label=_("What you say about it"),
        help_text=_("Needed when you doubt it: what would have to change."),
        required=False,
        max_length=Alignment._meta.get_field("review_note").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_markup],
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2_000_000_000)

    def __init__(self, *args: Any, alignment: Alignment, **kwargs: Any) -> None:
        kwargs["initial"] = {"note": alignment.review_note, "seen": alignment.item.row_version}
        super().__init__(*args, **kwargs)
        self.fields["note"].widget.attrs.pop("maxlength", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("verdict") == "doubt" and not cleaned.get("note") and "note" not in self.errors:
            self.add_error("note", _("Say what you doubt."))
        return cleaned

    data: Any  # a QueryDict: the stubs know less

    def reread(self, alignment: Alignment) -> None:
        """The next answer is about the text as it stands now."""
        data = self.data.copy()
        data["seen"] = str(alignment.item.row_version)
        self.data = data
