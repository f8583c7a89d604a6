"""A text of the library: what it is, where it can be read, whether it may be handed on."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Capability
from core.forms import DateField
from core.models import SharedText
from core.uploads import PDF, CheckedFile, UploadField
from guidelines.forms.documents import writable_countries
from guidelines.licences import Licence, may_be_handed_on
from guidelines.models import Resource, ResourceKind
from localities.languages import language_choices
from localities.models import Country
from plans.editing import SharedTextForm

ADDRESS, KEEP = "address", "keep"
FIRST_YEAR, LAST_YEAR = 1945, 2100
MOST_ENDORSERS = 60


class PdfField(UploadField):
    default_error_messages = {"only_pdf": _("Only PDF files are kept in the library.")}

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        checked = super().clean(data, initial)
        if checked is not None and checked.content_type != PDF:
            raise forms.ValidationError(self.error_messages["only_pdf"], code="only_pdf")
        return checked


class ResourceForm(SharedTextForm):
    """Without the right to hand it on only the address is kept, never the file."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Choose the kind")), *ResourceKind.choices])
    language = forms.ChoiceField(label=_("Language"))
    licence = forms.ChoiceField(label=_("Licence"), choices=[("", _("Choose the licence")), *Licence.choices])
    year = forms.IntegerField(label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False)
    country = forms.ModelChoiceField(
        label=_("Country"),
        queryset=Country.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("No country: of use everywhere"),
    )
    address = forms.URLField(
        label=_("Where it can be read"),
        assume_scheme="https",
        max_length=300,
        required=False,
        help_text=_("An address on the internet, such as https://gnwp.org."),
    )
    endorsed_by = forms.CharField(
        label=_("Endorsed by"),
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One institution a line, no persons."),
    )
    handing_on = forms.ChoiceField(
        label=_("May it be handed on?"),
        widget=forms.RadioSelect,
        initial=ADDRESS,
        choices=[
            (ADDRESS, _("No, or not known: only the address is kept")),
            (KEEP, _("Yes, the licence allows it: the file may be kept here")),
        ],
    )
    file = PdfField(
        label=_("File"),
        required=False,
        help_text=_("PDF, up to 10 MB. It is kept encrypted, and whoever signs in may fetch it."),
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )
    as_of = DateField(label=_("As of"), required=False)

    class Meta:
        model = Resource
        fields = [
            "kind",
            "title",
            "author",
            "year",
            "country",
            "language",
            "licence",
            "address",
            "summary",
            "source",
            "as_of",
        ]
        widgets = {"summary": forms.Textarea(attrs={"rows": 4})}

    field_order = [*Meta.fields[:8], "handing_on", "file", "summary", "endorsed_by", "source", "as_of"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        now = self.instance
        countries = writable_countries(user)
        cast(Any, self.fields["country"]).queryset = countries
        first = [*("en", "fr", "es"), now.language] if now.language else ["en", "fr", "es"]
        cast(Any, self.fields["language"]).choices = language_choices(first=list(dict.fromkeys(first)))
        if now.licence and now.licence not in Licence.values:  # one that was typed once
            cast(Any, self.fields["licence"]).choices = [*Licence.choices, (now.licence, now.licence)]
        if now.pk:
            self.initial["country"] = now.country.code if now.country else None
            self.initial["endorsed_by"] = "\n".join(now.endorsed_by)
            self.initial["handing_on"] = KEEP if now.file else ADDRESS
        elif len(countries) == 1 and not user.scope.everywhere(Capability.WRITE_GUIDELINES):
            self.initial["country"] = self.initial.get("country") or countries[0].code

    def for_row(self, row: SharedText) -> "ResourceForm":
        return ResourceForm(instance=cast(Resource, row), user=self.user)

    def clean_endorsed_by(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["endorsed_by"].splitlines()]
        found = [line for line in dict.fromkeys(lines) if line]
        if len(found) > MOST_ENDORSERS:
            raise forms.ValidationError(gettext("Sixty institutions are enough."))
        return found

    @property
    def drops_file(self) -> bool:
        return self.cleaned_data.get("handing_on") == ADDRESS

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        keeps = cleaned.get("handing_on") == KEEP
        if cleaned.get("file") and not keeps:
            self.add_error(
                "handing_on",
                gettext("Say first that the licence allows to hand the text on, or take no file."),
            )
        if keeps and "licence" in cleaned and not may_be_handed_on(cleaned["licence"]):
            self.add_error(
                "licence",
                gettext("This licence does not allow to hand the text on: keep the address only."),
            )
        has_file = bool(cleaned.get("file") or (keeps and self.instance.file))
        if not has_file and not cleaned.get("address") and "address" in cleaned:
            self.add_error(
                "address", gettext("Say where it can be read, or keep the file if the licence allows it.")
            )
        return cleaned

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        self.instance.endorsed_by = self.cleaned_data.get("endorsed_by", [])
