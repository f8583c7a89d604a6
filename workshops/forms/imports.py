"""Forms of import and export: the file, the columns, the choices for rows, what is handed out and why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from localities.categories import ActorCategory
from workshops.models import ParticipantImport
from workshops.services.exports import COLUMNS, CONTACTS, ExportFormat
from workshops.services.imports import Sketch, sketch_of
from workshops.spreadsheets import BIGGEST_FILE, FIELDS
from workshops.spreadsheets.columns import Column
from workshops.spreadsheets.vocabulary import CATEGORY, NAME, folded

SHORTEST_PURPOSE = 8


class ImportForm(forms.Form):
    """The spreadsheet."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX, ODS or CSV, up to 20 MB. As many rows as you need."),
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".xlsx,.ods,.csv,.txt,.tsv,text/csv,"
                "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet,"
                "application/vnd.oasis.opendocument.spreadsheet"
            }
        ),
        error_messages={
            "required": _("Choose the file first."),
            "empty": _("The file is empty."),
            "invalid": _("Choose the file first."),
        },
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > BIGGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB. Divide it into several files."))
        return file


class LookElsewhereForm(forms.Form):
    """Another sheet, or another row of headings."""

    sheet = forms.ChoiceField(label=_("Sheet"), required=False)
    header_row = forms.IntegerField(
        label=_("Row of the headings"),
        min_value=1,
        max_value=2_000_000,
        required=False,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )

    def __init__(self, *args: Any, of: ParticipantImport, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"sheet": of.sheet, "header_row": of.header_row})
        super().__init__(*args, **kwargs)
        sheets = sketch_of(of).sheets
        self.fields["sheet"].choices = [(sheet, sheet) for sheet in sheets]  # type: ignore[attr-defined]
        if len(sheets) < 2:
            del self.fields["sheet"]


class MappingForm(forms.Form):
    """Which column is what, who agreed, and the words that stand for no category."""

    agreed = forms.ChoiceField(
        label=_("Did these people agree to be registered?"),
        widget=forms.RadioSelect,
        choices=[
            (
                "paper",
                _("Yes: each of them agreed, on paper, that the name is written down. I can show it."),
            ),
            ("column", _("A column says it, person by person (choose it above).")),
        ],
        error_messages={"required": _("Without the people's agreement no name is written down.")},
    )
    without = forms.ChoiceField(
        label=_("Who did not agree"),
        widget=forms.RadioSelect,
        choices=[
            ("count", _("is counted without a name; the name is not kept")),
            ("leave", _("is left out, and not counted either")),
        ],
        initial="count",
    )
    contact_agreed = forms.BooleanField(
        label=_("They also agreed that we keep phone and e-mail, to tell them what came out of the workshop"),
        required=False,
    )

    def __init__(self, *args: Any, of: ParticipantImport, unknown: list[str], **kwargs: Any) -> None:
        self.sketch: Sketch = sketch_of(of)
        if of.rows_total or of.message:
            kwargs.setdefault("initial", {}).update(
                agreed="paper" if of.purposes_agreed else "column",
                without=self.sketch.without,
                contact_agreed=self.sketch.contact_agreed,
            )
        elif "agreed" in of.mapping:
            kwargs.setdefault("initial", {}).update(agreed="column")
        super().__init__(*args, **kwargs)
        self.columns = [
            Column(number, heading, samples)
            for number, heading, samples in zip(
                self.sketch.numbers, self.sketch.headings, self.sketch.samples, strict=False
            )
        ]
        choices = [("", _("– not in the list –")), *((str(each.number), each.label) for each in self.columns)]
        for field in FIELDS:
            self.fields[f"column_{field.name}"] = forms.ChoiceField(
                label=str(field.heading),
                choices=choices,
                help_text=str(field.help),
                required=field.name in {NAME, CATEGORY},
                initial=str(of.mapping[field.name]) if field.name in of.mapping else "",
                error_messages={"required": _("Choose the column in which it stands: it is needed.")},
            )
        self.unknown = unknown
        for number, word in enumerate(unknown):
            self.fields[f"word_{number}"] = forms.ChoiceField(
                label=_("“%(word)s” is") % {"word": word},
                choices=[("", _("not a category: say so in the row")), *ActorCategory.choices],
                required=False,
                initial=self.sketch.values.get(folded(word), ""),
            )

    def main_columns(self) -> list[tuple[Any, list[str]]]:
        """The columns that are needed or were found, with their first values; the others come below."""
        return [(field, samples) for field, samples in self._columns() if self._is_main(field)]

    def more_columns(self) -> list[tuple[Any, list[str]]]:
        return [(field, samples) for field, samples in self._columns() if not self._is_main(field)]

    def has_errors_below(self) -> bool:
        return any(field.errors for field, _samples in self.more_columns())

    def _columns(self) -> list[tuple[Any, list[str]]]:
        samples = {str(column.number): column.samples for column in self.columns}
        bound = [self[name] for name in self.fields if name.startswith("column_")]
        return [(field, samples.get(str(field.value()), [])) for field in bound]

    def _is_main(self, field: Any) -> bool:
        return field.field.required or field.value() not in (None, "")

    def word_fields(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("word_")]

    def mapping(self) -> dict[str, int]:
        data = self.cleaned_data
        return {
            field.name: int(data[f"column_{field.name}"])
            for field in FIELDS
            if data.get(f"column_{field.name}")
        }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        used: dict[str, str] = {}
        for field in FIELDS:
            column = data.get(f"column_{field.name}")
            if column and column in used:
                self.add_error(
                    f"column_{field.name}",
                    _("This column is already used for “%(other)s”.") % {"other": used[column]},
                )
            elif column:
                used[column] = str(field.heading)
        if data.get("agreed") == "column" and not data.get("column_agreed"):
            self.add_error("column_agreed", _("Choose the column that says who agreed."))
        return data

    def take_into(self, sketch: Sketch) -> Sketch:
        """What was chosen, remembered for the reading and for the next list of the same form."""
        data = self.cleaned_data
        sketch.without, sketch.contact_agreed = data["without"], data["contact_agreed"]
        for number, word in enumerate(self.unknown):
            sketch.values[folded(word)] = data.get(f"word_{number}", "")
        return sketch


class ExportForm(forms.Form):
    """Why names leave the portal, and which columns."""

    purpose = forms.CharField(
        label=_("What do you need the list for?"),
        max_length=300,
        help_text=_(
            "This is kept for good beside your account: write no names and no numbers of people here."
        ),
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say what for: a list with names leaves the portal.")},
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"),
        choices=[(name, heading) for name, heading in COLUMNS.items()],
        initial=[name for name in COLUMNS if name not in CONTACTS],
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose one column at least.")},
    )
    only_shared = forms.BooleanField(
        label=_("Only people who agreed that their name is given to a partner or donor"),
        required=False,
    )
    kind = forms.ChoiceField(
        label=_("Kind of file"),
        choices=ExportFormat.choices,
        initial=ExportFormat.XLSX,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].widget.attrs |= {"autocomplete": "off"}
        self.fields["purpose"].widget.attrs.pop("maxlength", None)

    def clean_purpose(self) -> str:
        purpose = " ".join(self.cleaned_data["purpose"].split())
        if len(purpose) < SHORTEST_PURPOSE:
            raise forms.ValidationError(
                _("Say it in a few words, for example “Attendance list for the ministry”.")
            )
        return purpose
