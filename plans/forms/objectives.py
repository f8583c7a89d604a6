"""Forms of objectives."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms import RowsField
from core.models import SharedText
from frameworks.models import Provision
from frameworks.pillars import Pillar
from plans.editing import SharedTextForm
from plans.models import LocalActionPlan, Objective
from plans.offers import first_offered


class ServedField(RowsField):
    """Items to tick, in the plan's language where it is known; with their framework when that is not
    the plan's National Action Plan."""

    plan: LocalActionPlan

    def label_from_instance(self, obj: Any) -> str:
        label = f"{obj.code} {obj.text_in(self.plan.language)}"
        return label if obj.framework_id == self.plan.nap_id else f"{obj.framework.code} {label}"


class ObjectiveForm(SharedTextForm):
    """An objective, the items that it serves, and why it matters here when it serves none."""

    provisions = ServedField(
        label=_("Items of the National Action Plan that it serves"),
        queryset=Provision.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    local_reason = forms.CharField(
        label=_("Why it matters here, if no item asks for it"),
        help_text=_("A local priority needs a reason before submission. It may stand beside items, too."),
        required=False,
        max_length=Objective._meta.get_field("local_reason").max_length,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    class Meta:
        model = Objective
        fields = ["text", "pillar", "provisions", "local_reason"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"text": _("What will have changed, for whom. Not yet how: that is an activity.")}

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        pillar = cast(forms.TypedChoiceField, self.fields["pillar"])
        pillar.choices = [("", _("Choose a pillar")), *Pillar.choices]
        offered = first_offered(plan) if plan.nap else Provision.objects.none()
        if self.instance.pk:
            # What it serves of another framework stays on offer: a change of the NAP loses nothing.
            own = list(self.instance.alignments.values_list("provision", flat=True))
            self.initial["provisions"] = own
            offered = Provision.objects.filter(Q(pk__in=offered.values("pk")) | Q(pk__in=own))
        choice = cast(ServedField, self.fields["provisions"])
        choice.plan = plan
        choice.queryset = offered.select_related("framework").order_by("framework", "order")
        if not offered.exists():
            del self.fields["provisions"]

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, plan=self.plan)

    def served(self) -> list[Provision]:
        return list(self.cleaned_data.get("provisions", ()))


class NapItemsForm(forms.Form):
    """Items to start objectives from."""

    items = RowsField(
        queryset=Provision.objects.none(),
        label=_("Items"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one item.")},
    )

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.ModelMultipleChoiceField, self.fields["items"]).queryset = first_offered(plan)
