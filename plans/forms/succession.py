"""Forms of a National Action Plan that replaces another, and of the local plans that follow."""

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.forms import DateField
from frameworks.models import Framework, Provision
from plans.models import Alignment
from plans.reports.succession import Carrying, ItemMapping
from plans.services.succession import Continuation

NONE = "none"  # no code of an item: codes have digits


class MappingForm(forms.Form):
    """For each old item the new one that it goes on as, none, or nothing decided."""

    def __init__(
        self, *args: Any, mappings: list[ItemMapping], new_items: list[Provision], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.mappings = mappings
        self.new_items = {item.code: item for item in new_items}
        choices = [
            ("", _("Not decided yet")),
            (NONE, _("Nothing goes on from it")),
            *((item.code, str(item)[:120]) for item in new_items),
        ]
        for mapping in mappings:
            chosen = mapping.goes_on_as.code if mapping.goes_on_as else NONE if mapping.is_declined else ""
            self.fields[self.name_of(mapping)] = forms.ChoiceField(
                label=_("%(code)s goes on as") % {"code": mapping.item.code},
                choices=choices,
                required=False,
                initial=chosen,
                widget=forms.Select(attrs={"class": "form-select succession-choice"}),
            )

    @staticmethod
    def name_of(mapping: ItemMapping) -> str:
        return f"item-{mapping.item.code}"

    @property
    def rows(self) -> list[tuple[ItemMapping, Any]]:
        return [(mapping, self[self.name_of(mapping)]) for mapping in self.mappings]

    def decisions(self, *, take_proposals: bool) -> tuple[list[Continuation], list[Provision]]:
        """What was decided, and the items that are left open. With `take_proposals` what is open goes
        on as it is proposed."""
        decided, left_open = [], []
        for mapping in self.mappings:
            value = self.cleaned_data[self.name_of(mapping)]
            proposal = mapping.proposal
            proposed, score = (proposal.provision, proposal.score) if proposal else (None, None)
            if not value and take_proposals and proposed:
                value = proposed.code
            if not value:
                left_open.append(mapping.item)
            else:
                decided.append(Continuation(mapping.item, self.new_items.get(value), proposed, score))
        return decided, left_open


class ReplaceForm(forms.Form):
    """Which plan replaces the old one, and since when."""

    successor = forms.ModelChoiceField(
        label=_("Plan that replaces it"),
        queryset=Framework.objects.none(),
        to_field_name="code",
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the plan that replaces it.")},
    )
    replaced_on = DateField(
        label=_("Since"), error_messages={"required": _("Say since when.")}, initial=timezone.localdate
    )

    def __init__(self, *args: Any, nap: Framework, offered: list[Framework], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.nap = nap
        field = cast(forms.ModelChoiceField, self.fields["successor"])
        field.queryset = Framework.objects.filter(pk__in=[each.pk for each in offered]).order_by("generation")
        if len(offered) == 1:
            self.initial.setdefault("successor", offered[0].code)

    def clean_replaced_on(self) -> Any:
        day = self.cleaned_data["replaced_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day is still to come. Say it when the new plan is in force."))
        if self.nap.period_start and day < self.nap.period_start:
            raise forms.ValidationError(_("That is before the old plan began."))
        return day


class ReanchorForm(forms.Form):
    """Which statements are carried over, and whether the old ones stay."""

    carried = forms.MultipleChoiceField(label=_("Carry over"), required=False)
    keep_old = forms.BooleanField(
        label=_("Keep the old statements as history"),
        help_text=_("They stay on the page of the plan, marked as being about a plan that was replaced."),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, carryings: list[Carrying], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.possible = {each.alignment.code: each for each in carryings if each.goes_on_as}
        field = cast(forms.MultipleChoiceField, self.fields["carried"])
        field.choices = [(code, code) for code in self.possible]
        field.error_messages["invalid_choice"] = _("What can be carried over changed. Look again.")
        self.ticked = set(self.data.getlist("carried")) if self.is_bound else set(self.possible)

    data: Any  # a QueryDict: the stubs know less

    def carried_over(self) -> dict[Alignment, Provision]:
        rows = [self.possible[code] for code in self.cleaned_data["carried"]]
        return {each.alignment: each.goes_on_as for each in rows if each.goes_on_as}
