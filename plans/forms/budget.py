"""Forms of the budget: a line, the spreadsheet that comes back, and what of the budget is shown."""

from decimal import Decimal
from typing import Any, cast

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.models import SharedText
from plans.amounts import AmountRefused, FiscalYear, amount_of, year_refusal
from plans.editing import SharedTextForm
from plans.forms.fields import NumberField, plain
from plans.models import Activity, BudgetLine, BudgetSource, LocalActionPlan
from plans.services.budget import AMOUNTS, PLANNING, twin_of, twin_words
from plans.smart import Period
from workshops.spreadsheets import BIGGEST_FILE


class MoneyField(NumberField):
    """An amount in the plan's currency: spaces and the usual signs between thousands are fine, another
    currency is not. Nothing typed is 0."""

    currency = ""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, Decimal):
            return value
        try:
            return amount_of(str(value or ""), currency=self.currency)
        except AmountRefused as refused:
            raise forms.ValidationError(str(refused), code="invalid") from None


class BudgetLineForm(SharedTextForm):
    """One line. While the plan is adopted and not under amendment, only what came of it can be changed:
    `planning` fields are then shown beside the form, and refused when an old tab still sends them."""

    planned = MoneyField(label=_("Planned"), required=False)
    allocated = MoneyField(
        label=_("Allocated"), required=False, help_text=_("Promised for it, in a budget or by contract.")
    )
    disbursed = MoneyField(
        label=_("Disbursed"), required=False, help_text=_("Paid out to who carries it out.")
    )
    spent = MoneyField(label=_("Spent"), required=False, help_text=_("Used, with receipts."))

    class Meta:
        model = BudgetLine
        fields = [*PLANNING, "allocated", "disbursed", "spent", "note"]
        labels = {
            "source_name": _("Name of the source"),
            "source": _("Source"),
            "fiscal_year": _("Fiscal year"),
        }
        help_texts = {
            "source_name": _("Which budget, programme or organisation, not a person."),
            "fiscal_year": _("2026, or 2026/27 where the year does not begin in January."),
            "is_core": _("Not tied to one project."),
            "is_long_term": _("Promised for three years or longer."),
            "is_consortium": _("Several organisations receive it together."),
        }
        widgets = {"note": forms.TextInput, "fiscal_year": forms.TextInput(attrs={"autocomplete": "off"})}

    def __init__(self, *args: Any, activity: Activity, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.activity, self.plan = activity, plan
        self.only_progress = bool(self.instance.pk) and not plan.is_open
        for name in AMOUNTS:
            field = cast(MoneyField, self.fields[name])
            field.currency = plan.currency
            field.label = f"{field.label} ({plan.currency})"
            value = getattr(self.instance, name)
            self.initial[name] = plain(Decimal(value)) if self.instance.pk or value else ""
        if self.only_progress:
            self._leave_out_what_is_adopted()
        elif not self.is_bound and not self.instance.pk:
            self.fields["source"].widget.attrs["autofocus"] = True

    def _leave_out_what_is_adopted(self) -> None:
        """A tab that was opened before the adoption sends the whole line: its changes stay to be seen."""
        is_whole = self.is_bound and self.add_prefix("fiscal_year") in self.data
        for name in PLANNING:
            bound = self[name]
            if not is_whole or not bound.field.has_changed(bound.initial, bound.data):
                del self.fields[name]

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, activity=self.activity, plan=self.plan)

    def clean_fiscal_year(self) -> str:
        typed = self.cleaned_data["fiscal_year"]
        if refused := year_refusal(typed, Period(self.plan.period_start, self.plan.period_end)):
            raise forms.ValidationError(refused)
        return str(FiscalYear.from_text(typed))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if self.only_progress:
            self._refuse_what_is_adopted()
        elif not {"source", "source_name", "fiscal_year"} & set(self.errors):
            self._refuse_twin(cleaned)
        return cleaned

    def _refuse_what_is_adopted(self) -> None:
        for name in [name for name in PLANNING if name in self.fields]:
            if name not in self.errors:
                self.add_error(
                    name,
                    gettext("The plan is adopted: this is changed by an amendment only."),
                )

    def _refuse_twin(self, cleaned: dict[str, Any]) -> None:
        line = BudgetLine(
            pk=self.instance.pk,
            activity=self.activity,
            **{name: cleaned[name] for name in ("source", "source_name", "fiscal_year")},
        )
        if twin_of(line):
            self.add_error("source", twin_words())


class BudgetFilterForm(forms.Form):
    """Which part of the budget is listed; the totals stay those of the whole plan."""

    show = forms.ChoiceField(
        label=_("Activities"),
        required=False,
        choices=[
            ("", _("All")),
            ("gap", _("With a funding gap")),
            ("unsourced", _("With an estimate that nobody pays yet")),
            ("not_costed", _("Without a cost estimate")),
            ("warnings", _("With something to look at")),
        ],
    )
    source = forms.ChoiceField(
        label=_("Source"), required=False, choices=[("", _("All")), *BudgetSource.choices]
    )
    year = forms.ChoiceField(label=_("Fiscal year"), required=False)

    def __init__(self, *args: Any, years: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = cast(forms.ChoiceField, self.fields["year"])
        year.choices = [("", gettext("All")), *((each, each) for each in years)]


class BudgetFileForm(forms.Form):
    """The spreadsheet that comes back."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("The spreadsheet of this budget, filled in: XLSX, ODS or CSV."),
        widget=forms.ClearableFileInput(
            attrs={
                "accept": ".xlsx,.ods,.csv,text/csv,"
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
            raise forms.ValidationError(_("The file is larger than 20 MB: that is no budget of one plan."))
        return file
