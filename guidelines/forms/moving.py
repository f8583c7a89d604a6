"""Forms of the steps of guidelines: each asks when and why, as far as it matters."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guidelines.models import Guidelines
from plans.forms.decisions import DecisionForm, day_field, reason_field
from plans.forms.fields import refuse_markup

LONGEST_RETIREMENT = 1500  # what replaces the document is written behind it


class FieldTestBeginForm(DecisionForm):
    """Nothing but a confirmation."""


class ValidateForm(DecisionForm):
    """Asks why no field test was held, where none was (F49)."""

    reason = reason_field(
        label=_("Why no field test was held"),
        rows=3,
        required=False,
        help_text=_("It is kept with the steps of the guidelines."),
    )

    def __init__(self, *args: Any, was_tested: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if was_tested:
            self.fields["reason"].label = _("Note")


class ReturnForm(DecisionForm):
    reason = reason_field(
        label=_("What has to change"),
        help_text=_("Whoever endorsed the text reads this as the reason why it has to be endorsed again."),
    )


class LaunchForm(DecisionForm):
    on = day_field(label=_("Launched on"), help_text=_("The day of the ceremony or of the letter."))
    reason = reason_field(
        label=_("What is new in this edition"),
        required=False,
        rows=3,
        help_text=_("It is printed in the edition and can be read by everybody."),
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["reason"]

    @property
    def values(self) -> dict[str, Any]:
        return {"on": self.cleaned_data["on"], "reason": self.cleaned_data.get("reason", "")}


class RollOutForm(DecisionForm):
    """Nothing but a confirmation."""


class ReviseForm(DecisionForm):
    reason = reason_field(
        label=_("Why the guidelines are revised"),
        help_text=_("A new National Action Plan, a changed law, what the roll-out taught."),
    )


class DropRevisionForm(DecisionForm):
    reason = reason_field(label=_("Why the revision is given up"), rows=3)


class DocumentField(forms.ModelChoiceField):
    """Versions and languages of a country's guidelines often have one title."""

    def label_from_instance(self, obj: Any) -> str:
        names = {"title": obj.title, "language": obj.language_name, "version": obj.version}
        return gettext("%(title)s · %(language)s · Version %(version)s") % names


class RetireForm(DecisionForm):
    """For good; what is read instead is another document of the country."""

    replaced_by = DocumentField(
        label=_("Replaced by"),
        queryset=Guidelines.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("No other document"),
        help_text=_("Launched guidelines of the country. The page of the retired ones leads there."),
    )
    reason = forms.CharField(
        label=_("Why they are retired"),
        max_length=LONGEST_RETIREMENT,
        widget=forms.Textarea(attrs={"rows": 3}),
        validators=[refuse_markup],
        help_text=_(
            "Everybody can read this, beside the editions: a newer National Action Plan, a changed law. "
            "No names of persons."
        ),
        error_messages={"required": _("Say why: whoever holds a copy has to know.")},
    )
    field_order = ["reason", "replaced_by"]

    def __init__(self, *args: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelChoiceField, self.fields["replaced_by"]).queryset = others
