"""Forms of endorsements: an institution, one of its positions, a day; never a person."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.pdf.fonts import missing_letters
from core.uploads import UploadField
from guidelines.models import Endorsement, Signatory
from guidelines.services.endorsements import Signing
from guidelines.signatories import Signatures
from plans.forms.decisions import DecisionForm, day_field


def _longest(name: str) -> int | None:
    return Endorsement._meta.get_field(name).max_length  # type: ignore[union-attr]


def _printable(words: str) -> str:
    """It stands on the first pages of the edition: boxes are never printed."""
    if missing := missing_letters(words):
        said = gettext("No installed font has these letters: %(letters)s (%(script)s). Write it otherwise.")
        raise forms.ValidationError(
            [said % {"letters": each.letters, "script": each.script} for each in missing]
        )
    return words


class GuidelinesEndorsementForm(DecisionForm):
    """One of the required institutions, or another one by its name."""

    signatory = forms.ModelChoiceField(
        label=_("Who endorses"),
        queryset=Signatory.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("Another institution"),
    )
    institution = forms.CharField(
        label=_("Another institution"),
        required=False,
        max_length=_longest("institution"),
        help_text=_("Only if it is not in the list above: a commission, a United Nations agency, a donor."),
    )
    position = forms.CharField(
        label=_("Position of who signed"),
        max_length=_longest("position"),
        help_text=_("Minister, Permanent Secretary, Director. The office, not the person who holds it."),
    )
    on = day_field(label=_("Signed on"))
    note = forms.CharField(
        label=_("Note"),
        required=False,
        max_length=_longest("note"),
        help_text=_("The number of the letter, or where the original is kept."),
    )
    scan = UploadField(
        label=_("Scan of the letter"),
        required=False,
        help_text=_("PDF, JPEG or PNG, up to 10 MB. It is kept encrypted and never printed or published."),
    )

    def __init__(self, *args: Any, signatures: Signatures, **kwargs: Any) -> None:
        """Offers who has not signed. That somebody signed meanwhile is said by the service, in words."""
        super().__init__(*args, **kwargs)
        required = [each.signatory.pk for each in signatures.required]
        field = cast(forms.ModelChoiceField, self.fields["signatory"])
        field.queryset = Signatory.objects.filter(pk__in=required)
        waiting = [(row.code, str(row)) for row in signatures.missing]
        field.choices = [*waiting, ("", _("Another institution"))]
        if not waiting and not self.data.get("signatory"):
            del self.fields["signatory"]
            self.fields["institution"].required = True
            self.fields["institution"].label, self.fields["institution"].help_text = _("Institution"), ""

    def clean_institution(self) -> str:
        institution = " ".join(str(self.cleaned_data["institution"]).split())
        if institution and not any(letter.isalnum() for letter in institution):
            raise forms.ValidationError(gettext("Write the name of the institution."))
        return _printable(institution)

    def clean_position(self) -> str:
        return _printable(self.cleaned_data["position"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        signatory, institution = cleaned.get("signatory"), cleaned.get("institution", "")
        if "signatory" in self.fields and not self.errors.keys() & {"signatory", "institution"}:
            if signatory and institution:
                said = gettext("Choose from the list or write another institution, not both.")
                self.add_error("institution", said)
            elif not signatory and not institution:
                self.add_error(
                    "institution", gettext("Which institution? Choose it above, or write it here.")
                )
        return cleaned

    @property
    def signing(self) -> Signing:
        data = self.cleaned_data
        return Signing(
            signatory=data.get("signatory"),
            institution=data["institution"],
            position=data["position"],
            on=data["on"],
            note=data["note"],
            scan=data["scan"],
        )


class EndorsementWithdrawForm(DecisionForm):
    reason = forms.CharField(
        label=_("Why it is withdrawn"),
        max_length=Endorsement._meta.get_field("withdrawn_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Recorded by mistake, or taken back by the institution. It stays on record."),
    )
