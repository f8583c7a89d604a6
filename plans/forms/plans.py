"""Forms of the plan as a whole and of its sections."""

import datetime
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from committees.forms.offices import organization_field, position_title_field
from core.forms import DateField
from core.models import SharedText
from frameworks.models import Framework, NapState
from localities.languages import direction, language_choices
from localities.models import Country
from plans.editing import SharedTextForm
from plans.models import LocalActionPlan, PlanSection
from plans.nap import is_in_force
from plans.services.plans import ForewordBy

MOST_GENERATIONS = 20


class EarlierPlanField(forms.ModelChoiceField):
    def label_from_instance(self, plan: LocalActionPlan) -> str:
        """With its years, unless its title has them."""
        return plan.title if plan.years in plan.title else f"{plan.title} ({plan.years})"


class PlanForm(SharedTextForm):
    """The plan's title, period and frame. Unfinished is fine: what is missing is asked for at submission."""

    period_start = DateField(label=_("First day of the plan"))
    period_end = DateField(label=_("Last day of the plan"))
    language = forms.ChoiceField(label=_("Language of the plan"))
    generation = forms.IntegerField(
        label=_("Generation"),
        min_value=1,
        max_value=MOST_GENERATIONS,
        initial=1,
        required=False,
        help_text=_("1 for the first plan of this place, 2 for the one that follows it."),
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    foreword_title = position_title_field(
        label=_("Position that signs the foreword"),
        required=False,
        help_text=_("The office, not the person: “Mayor”."),
    )
    foreword_organization = organization_field(label=_("Organisation or institution"), required=False)

    class Meta:
        model = LocalActionPlan
        fields = [
            "title",
            "local_name",
            "period_start",
            "period_end",
            "period_label",
            "language",
            "nap",
            "no_nap_reason",
            "predecessor",
            "generation",
            "is_public",
        ]
        widgets = {
            "no_nap_reason": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "no_nap_reason": _("If none: why"),
            "predecessor": _("Plan that it follows"),
            "is_public": _("Show the plan to the public once it is adopted"),
        }
        help_texts = {
            "local_name": _("For example: County Action Plan, Plan d'action provincial, road map."),
            "period_label": _(
                "Only if the years are written differently here, for example 2015/16–2019/20. "
                "Left empty: the years of the two days."
            ),
            "nap": _("The plans of the country. One that is not in force may be followed, with a warning."),
            "no_nap_reason": _("Needed before submission when the plan follows no National Action Plan."),
            "predecessor": _("Adopted plans of this place, so that the two can be compared."),
            "is_public": _(
                "Anybody can then read the adopted edition without an account. Drafts, comments and "
                "progress stay with those who work on the plan."
            ),
        }

    def __init__(self, *args: Any, country: Country, may_publish: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.country, self.may_publish = country, may_publish
        if not may_publish:  # shown or held back at once, also while an amendment is written
            del self.fields["is_public"]
        language = cast(forms.ChoiceField, self.fields["language"])
        language.choices = language_choices(first=country.languages)
        nap = cast(forms.ModelChoiceField, self.fields["nap"])
        nap.queryset = Framework.objects.naps().filter(country=country)
        nap.choices = nap_choices(nap.queryset)
        nap.error_messages["invalid_choice"] = gettext(
            "Choose a National Action Plan of %(country)s, or “None”."
        ) % {"country": country}
        self._offer_earlier_plans()
        if self.instance.foreword_by is not None:
            signs = self.instance.foreword_by
            self.initial["foreword_title"] = signs.title
            self.initial["foreword_organization"] = signs.organization.name if signs.organization else ""

    def _offer_earlier_plans(self) -> None:
        offered = earlier_plans(self.instance)
        self.fields["predecessor"] = EarlierPlanField(
            queryset=offered,
            to_field_name="code",
            required=False,
            label=self.fields["predecessor"].label,
            help_text=self.fields["predecessor"].help_text,
            empty_label=gettext("None"),
            error_messages={
                "invalid_choice": _("Choose an adopted or closed plan of this place, or “None”.")
            },
        )
        if self.instance.predecessor:
            self.initial["predecessor"] = self.instance.predecessor.code

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, country=self.country, may_publish=self.may_publish)

    def foreword_by(self) -> ForewordBy:
        return ForewordBy(self.cleaned_data["foreword_title"], self.cleaned_data["foreword_organization"])

    def clean_generation(self) -> int:
        """Left empty it is what it was, or follows the plan before (PlanForm.clean)."""
        return self.cleaned_data["generation"] or 0

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("period_start"), cleaned.get("period_end")
        if start and end and end < start:
            self.add_error("period_end", gettext("The plan ends before it begins."))
        before = cleaned.get("predecessor")
        if "generation" in cleaned and not cleaned["generation"]:
            cleaned["generation"] = before.generation + 1 if before else 1
        if before:
            self._check_follows(before, start, cleaned.get("generation"))
        if cleaned.get("foreword_organization") and not cleaned.get("foreword_title"):
            self.add_error("foreword_title", gettext("Which position of this organisation?"))
        return cleaned

    def _check_follows(
        self, before: LocalActionPlan, start: datetime.date | None, generation: int | None
    ) -> None:
        if generation is not None and generation <= before.generation:
            self.add_error(
                "generation",
                gettext("The plan that it follows is generation %(number)s: this one comes after it.")
                % {"number": before.generation},
            )
        if start and start <= before.period_start:
            self.add_error(
                "period_start",
                gettext("The plan that it follows begins on %(day)s: this one begins later.")
                % {"day": date_format(before.period_start)},
            )


def earlier_plans(plan: LocalActionPlan) -> Any:
    """The plans that `plan` can follow: adopted or closed, of the same place, of its own committee or
    shown to the public; and the one that it follows already."""
    here = LocalActionPlan.objects.ever_adopted().filter(locality=plan.committee.locality_id)
    offered = here.filter(Q(committee=plan.committee_id) | Q(is_public=True))
    if plan.predecessor_id:
        offered = LocalActionPlan.objects.filter(Q(pk__in=offered.values("pk")) | Q(pk=plan.predecessor_id))
    return offered.exclude(pk=plan.pk).order_by("-generation", "-period_start")


def nap_choices(naps: Any) -> list[Any]:
    """In force first, the newest on top; the others in words (BR18)."""
    today = timezone.localdate()
    current, past = [], []
    for nap in naps.order_by("-generation"):
        if is_in_force(nap, today=today):
            current.append((nap.pk, nap.title))
        else:
            ended = nap.period_end is not None and nap.period_end < today
            # A plan that a newer one replaced is called so, here as on its own page.
            ran_out = ended and nap.state != NapState.SUPERSEDED
            state = NapState.EXPIRED.label if ran_out else nap.get_state_display()
            past.append((nap.pk, f"{nap.title}: {state}"))
    choices: list[Any] = [("", gettext("None"))]
    choices += [(gettext("In force"), current)] if current else []
    return choices + ([(gettext("Not in force"), past)] if past else [])


class SectionForm(SharedTextForm):
    """One section's text, in light markup."""

    class Meta:
        model = PlanSection
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16, "autocomplete": "off"})}
        help_texts = {
            "text": _(
                "**bold**, a list with “- ” at the beginning of lines, a heading with “## ”, "
                "an empty line between paragraphs."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = self.instance.plan.language
        self.fields["text"].widget.attrs |= {"lang": language, "dir": direction(language)}
