"""Forms of integration in a host plan, and of local law."""

import re
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.forms import DateField, show_long_texts
from core.models import SharedText
from core.uploads import UploadField
from frameworks.models import FrameworkKind, Provision
from localities.models import Locality
from plans.editing import SharedTextForm
from plans.models import Integration, IntegrationState, LawReading, LawState, LocalActionPlan, LocalLaw
from plans.models.instruments import INTEGRATED, LAW_IN_FORCE

FISCAL_YEAR = re.compile(r"^(19|20)\d\d(/\d\d)?$")
TEXT = {"rows": 4}


class PlanField(forms.ModelChoiceField):
    """The plans of the place that the user may see; and the one that stands there, by its code alone when
    it is another committee's."""

    seen: frozenset[int] = frozenset()

    def offer(self, locality: Locality, user: User, *, standing: LocalActionPlan | None) -> None:
        seen = LocalActionPlan.objects.visible_to(user).filter(locality=locality)
        self.seen = frozenset(seen.values_list("pk", flat=True))
        kept = {standing.pk} if standing else set()
        self.queryset = LocalActionPlan.objects.filter(pk__in=self.seen | kept)

    def label_from_instance(self, obj: Any) -> str:
        return str(obj) if obj.pk in self.seen else str(obj.code)


def plan_field() -> PlanField:
    label = _("Local Action Plan that it carries on")
    return PlanField(queryset=LocalActionPlan.objects.none(), label=label, required=False)


class IntegrationForm(SharedTextForm):
    """Where, when and how far. Only the host plan and since when are required."""

    plan = plan_field()
    since = DateField(label=_("Pursued since"), help_text=_("From this day the 24 months are counted."))
    cycle_start = DateField(label=_("Cycle from"), required=False)
    cycle_end = DateField(label=_("Cycle to"), required=False)
    entry_point_on = DateField(
        label=_("Next entry point"),
        required=False,
        help_text=_("The day by which something has to be handed in: a planning session, a budget hearing."),
    )
    adopted_on = DateField(label=_("Host plan adopted on"), required=False)

    class Meta:
        model = Integration
        fields = [
            "host_kind",
            "host_plan",
            "sector",
            "plan",
            "since",
            "cycle_start",
            "cycle_end",
            "entry_point_on",
            "clauses",
            "state",
            "adopted_on",
            "budget_code",
            "fiscal_year",
        ]
        widgets = {"clauses": forms.Textarea(attrs={"rows": 6})}
        labels = {"sector": _("Sector or department")}
        help_texts = {
            "host_plan": _("Its title, such as “County Integrated Development Plan 2023–2027”."),
            "sector": _("For a sector plan: health, police, agriculture."),
            "clauses": _("What the host plan says or shall say, in its words. One paragraph a clause."),
            "fiscal_year": _("2026 or 2026/27."),
        }

    def __init__(self, *args: Any, locality: Locality, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locality, self.user = locality, user
        cast(PlanField, self.fields["plan"]).offer(locality, user, standing=self.instance.plan)

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, locality=self.locality, user=self.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("cycle_start"), cleaned.get("cycle_end")
        if start and end and end < start:
            self.add_error("cycle_end", gettext("The cycle ends before it begins."))
        today = timezone.localdate()
        for name in ("since", "adopted_on"):
            if (day := cleaned.get(name)) and day > today:
                self.add_error(name, gettext("This day has not come yet."))
        year = cleaned.get("fiscal_year", "")
        if year and not FISCAL_YEAR.match(year):
            self.add_error("fiscal_year", gettext("Write the year as 2026 or 2026/27."))
        self._check_state(cleaned)
        return cleaned

    def _check_state(self, cleaned: dict[str, Any]) -> None:
        """F04: no adopted host plan without its day, no budget without code and year."""
        state = cleaned.get("state")
        if state in INTEGRATED and not cleaned.get("adopted_on") and "adopted_on" not in self.errors:
            self.add_error("adopted_on", gettext("On which day was the host plan adopted?"))
        if state != IntegrationState.BUDGETED:
            return
        if not cleaned.get("budget_code"):
            self.add_error("budget_code", gettext("“Has a budget code” needs the code."))
        if not cleaned.get("fiscal_year") and "fiscal_year" not in self.errors:
            self.add_error("fiscal_year", gettext("“Has a budget code” needs the fiscal year."))


class LawForm(SharedTextForm):
    """What the act is about. Its way through the council is noted step by step."""

    plan = plan_field()
    since = DateField(label=_("Pursued since"), help_text=_("From this day the 24 months are counted."))

    class Meta:
        model = LocalLaw
        fields = ["kind", "title", "plan", "since", "summary", "provision", "number", "adopting_body"]
        widgets = {"summary": forms.Textarea(attrs=TEXT)}
        help_texts = {
            "summary": _("In a few sentences: what it obliges whom to do."),
            "number": _("As it stands on the act. Needed once it is adopted."),
            "adopting_body": _("The council or assembly that decides."),
        }

    def __init__(self, *args: Any, locality: Locality, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.locality, self.user = locality, user
        cast(PlanField, self.fields["plan"]).offer(locality, user, standing=self.instance.plan)
        field = cast(forms.ModelChoiceField, self.fields["provision"])
        national = Q(framework__kind=FrameworkKind.NAP, framework__country=locality.country)
        resolutions = Q(framework__kind=FrameworkKind.WPS_RESOLUTION)
        field.queryset = Provision.objects.items().filter(national | resolutions)
        field.choices = provision_choices(field.queryset)
        self.fields["kind"].widget.attrs.pop("maxlength", None)

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, locality=self.locality, user=self.user)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (since := cleaned.get("since")) and since > timezone.localdate():
            self.add_error("since", gettext("This day has not come yet."))
        if self.instance.state in LAW_IN_FORCE and not cleaned.get("number"):
            self.add_error("number", gettext("An adopted act has a number: write it as it stands on it."))
        return cleaned


def provision_choices(provisions: Any) -> list[Any]:
    """By framework: the country's own plan first, then the resolutions."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for each in provisions.select_related("framework").order_by("framework__kind", "framework", "order"):
        groups.setdefault(str(each.framework), []).append((each.pk, str(each)[:120]))
    return [("", gettext("None")), *groups.items()]


class ReadingForm(forms.ModelForm):
    """One step of a law: which, when, what came of it. The number is asked for when it is adopted."""

    state = forms.ChoiceField(label=_("Step"))
    held_on = DateField(label=_("On"))
    number = forms.CharField(
        label=_("Number of the act"),
        required=False,
        max_length=LocalLaw._meta.get_field("number").max_length,
        help_text=_("Needed when the act is adopted."),
    )
    body = forms.CharField(
        label=_("Adopted by"),
        required=False,
        max_length=LocalLaw._meta.get_field("adopting_body").max_length,
    )

    scan = UploadField(label=_("Text of the act"), required=False)

    class Meta:
        model = LawReading
        fields = ["state", "held_on", "note"]

    def __init__(self, *args: Any, law: LocalLaw, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)
        self.law = law
        steps = [step for step in LawState if step != LawState.DRAFT]
        cast(forms.ChoiceField, self.fields["state"]).choices = [(step.value, step.label) for step in steps]
        self.initial.update(held_on=timezone.localdate(), number=law.number, body=law.adopting_body)

    def clean_held_on(self) -> Any:
        day = self.cleaned_data["held_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("This day has not come yet."))
        if day < self.law.since:
            words = {"day": date_format(self.law.since)}
            raise forms.ValidationError(gettext("The act is pursued since %(day)s, after this day.") % words)
        return day
