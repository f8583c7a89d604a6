"""The forms of what a workshop finds out: issues, policies, needs, votes, scores, evaluation."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import show_long_texts
from frameworks.models import Framework, Provision
from frameworks.pillars import Pillar
from localities.choices import locality_choices
from localities.models import Locality
from workshops.models import (
    AwarenessScore,
    ConflictIssue,
    Criterion,
    GoodCycle,
    Need,
    PolicyMapping,
    Workshop,
)

NO_PILLAR = ("", _("None in particular"))
NO_CASES = _("What is going on in the place, in general. No case of a person: no names, no phone numbers.")
MOST_ITEMS = 900  # Django takes no form of more than 1,000 fields
MOST_VOTES = 5000
NUMBER = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})


def pillar_choices() -> list[tuple[str, Any]]:
    return [NO_PILLAR, *Pillar.choices]


class OfWorkshopForm(forms.ModelForm):
    """A row of one workshop. Long texts are shown whole with a message, not cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "pillar" in self.fields:
            self.fields["pillar"].choices = pillar_choices()  # type: ignore[attr-defined]
        for field in self.fields.values():
            if isinstance(field.widget, forms.Textarea):
                field.widget.attrs["rows"] = 3
        show_long_texts(self)


class ConflictIssueForm(OfWorkshopForm):
    good_cycle = forms.MultipleChoiceField(
        label=_("Part of the good cycle"),
        choices=GoodCycle.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Good governance, sustainable development and security feed each other."),
    )

    class Meta:
        model = ConflictIssue
        fields = ["description", "theme", "affected", "drivers", "trend", "pillar", "good_cycle"]
        labels = {"description": _("What is the issue?"), "theme": _("Theme")}
        help_texts = {
            "description": NO_CASES,
            "affected": _("Groups, for example: market women, displaced families, young men."),
        }


class PolicyForm(OfWorkshopForm):
    """A policy of the workshop's places; localities are given by code."""

    locality = forms.ChoiceField(label=_("Locality"))

    class Meta:
        model = PolicyMapping
        fields = ["name", "effect", "locality", "kind", "note"]
        labels = {"note": _("How does it promote or hinder?"), "effect": _("What does it do?")}
        help_texts = {
            "name": _("A by-law, a plan, a budget line, a custom, or something that offices do every day."),
            "note": _("In general words. No names of persons."),
        }
        widgets = {"effect": forms.RadioSelect}

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(workshop)
        if self.instance.pk and self.instance.locality not in places:  # the workshop's places changed since
            places = sorted([*places, self.instance.locality], key=lambda place: place.path)
        self.localities = {place.code: place for place in places}
        self.fields["locality"].choices = locality_choices(self.localities.values())  # type: ignore[attr-defined]
        known = self.instance.locality.code if self.instance.pk else workshop.locality.code
        self.initial["locality"] = known
        self.fields["effect"].choices = self.fields["effect"].choices[1:]  # type: ignore[attr-defined]

    def clean_locality(self) -> Locality:
        return self.localities[self.cleaned_data["locality"]]


def places_of(workshop: Workshop) -> list[Locality]:
    """The localities of a workshop and those below them, in the order of the tree."""
    roots = [workshop.locality, *workshop.other_localities.all()]
    if workshop.is_national:
        return list(Locality.objects.filter(country=workshop.locality.country).select_related("country"))
    found: dict[int, Locality] = {}
    for root in roots:
        for place in Locality.objects.within(root).select_related("country"):
            found[place.pk] = place
    return sorted(found.values(), key=lambda place: place.path)


class NeedForm(OfWorkshopForm):
    class Meta:
        model = Need
        fields = ["text", "named_by", "pillar"]
        labels = {"text": _("What is needed?"), "named_by": _("Named by which group")}
        help_texts = {"text": NO_CASES, "named_by": _("A group, not a person.")}


class AwarenessForm(OfWorkshopForm):
    class Meta:
        model = AwarenessScore
        fields = ["maximum", "before_count", "before_average", "after_count", "after_average"]
        labels = {
            "maximum": _("Highest possible score"),
            "before_count": _("How many sheets before?"),
            "before_average": _("Average before"),
            "after_count": _("How many sheets after?"),
            "after_average": _("Average after"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("before_average", "after_average"):
            self.fields[name].widget.attrs |= {"inputmode": "decimal", "step": "0.01", "min": "0"}
        for name in ("maximum", "before_count", "after_count"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"
            self.fields[name].error_messages["invalid"] = gettext("Write a whole number in digits.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for when in ("before", "after"):
            self.check(when, data.get(f"{when}_count"), data.get(f"{when}_average"), data.get("maximum"))
        return data

    def check(self, when: str, count: int | None, average: Decimal | None, maximum: int | None) -> None:
        """An average needs sheets, sheets need an average, and no average exceeds the highest score."""
        if f"{when}_average" in self.errors or f"{when}_count" in self.errors:
            return
        if average is None:
            if count:
                self.add_error(f"{when}_average", _("Write the average of these sheets, too."))
            return
        if not count:
            self.add_error(f"{when}_count", _("Of how many sheets is this the average?"))
        if average < 0 or (maximum is not None and average > maximum):
            self.add_error(
                f"{when}_average",
                gettext("An average lies between 0 and the highest possible score, %(maximum)s.")
                % {"maximum": maximum},
            )


class EvaluationForm(forms.Form):
    """How many sheets said what. Sheets without an answer to a question are worked out."""

    ANSWERS = (("agree", _("Agree")), ("partly", _("In part")), ("disagree", _("Do not agree")))

    sheets = forms.IntegerField(
        label=_("How many sheets came back?"), min_value=0, max_value=5000, widget=NUMBER
    )

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        known = {count.criterion: count for count in workshop.evaluation.all()}
        initial = {"sheets": max(count.sheets for count in known.values())} if known else {}
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        for criterion in Criterion:
            for name, label in self.ANSWERS:
                self.fields[f"{criterion}_{name}"] = forms.IntegerField(
                    label=f"{criterion.label}: {label}",
                    min_value=0,
                    max_value=5000,
                    required=False,
                    widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control"}),
                )
                if criterion in known:
                    self.initial[f"{criterion}_{name}"] = getattr(known[criterion], name)

    def rows(self) -> list[tuple[Any, list[tuple[Any, forms.BoundField]]]]:
        """The questions with their three fields, as the table of the page has them."""
        return [
            (criterion.label, [(label, self[f"{criterion}_{name}"]) for name, label in self.ANSWERS])
            for criterion in Criterion
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        sheets = data.get("sheets")
        for criterion in Criterion:
            answers = sum(data.get(f"{criterion}_{name}") or 0 for name, _label in self.ANSWERS)
            if sheets is not None and answers > sheets:
                self.add_error(
                    f"{criterion}_agree",
                    gettext("%(answers)s answers on %(sheets)s sheets: please count again.")
                    % {"answers": answers, "sheets": sheets},
                )
        return data

    def counts(self) -> dict[Criterion, dict[str, int]]:
        """As the service takes them."""
        found = {}
        for criterion in Criterion:
            answers = {name: self.cleaned_data[f"{criterion}_{name}"] or 0 for name, _label in self.ANSWERS}
            found[criterion] = answers | {"blank": self.cleaned_data["sheets"] - sum(answers.values())}
        return found


class VotesForm(forms.Form):
    """The votes of one group: a number for each item of the plan."""

    group = forms.CharField(
        label=_("Group"), max_length=80, help_text=_("For example: local authorities, women leaders, youth.")
    )

    def __init__(
        self, *args: Any, workshop: Workshop, framework: Framework, was: str = "", **kwargs: Any
    ) -> None:
        rows = workshop.nap_votes.filter(provision__framework=framework)
        known = {(vote.group, vote.provision_id): vote.votes for vote in rows}
        kwargs["initial"] = {"group": was}
        super().__init__(*args, **kwargs)
        self.groups, self.was = {group for group, _item in known}, was
        self.items: list[Provision] = list(framework.provisions.items().order_by("order")[:MOST_ITEMS])
        for item in self.items:
            self.fields[field_of(item)] = forms.IntegerField(
                label=item.text,
                min_value=0,
                max_value=MOST_VOTES,
                required=False,
                initial=known.get((was, item.pk)),
                widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "form-control"}),
                error_messages={"invalid": _("Write a whole number in digits.")},
            )
        show_long_texts(self)

    def rows(self) -> list[tuple[Provision, forms.BoundField]]:
        return [(item, self[field_of(item)]) for item in self.items]

    def clean_group(self) -> str:
        group = " ".join(self.cleaned_data["group"].split())
        others = {name.casefold() for name in self.groups if name != self.was}
        if group.casefold() in others:
            raise forms.ValidationError(
                _("The votes of this group are entered already: change them there, or name another group.")
            )
        return group

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.errors and not any(self.votes().values()):
            self.add_error(None, _("No vote yet: write a number at one item at least."))
        return data

    def votes(self) -> dict[Provision, int]:
        return {item: self.cleaned_data.get(field_of(item)) or 0 for item in self.items}


def field_of(item: Provision) -> str:
    return f"votes_{item.code}"
