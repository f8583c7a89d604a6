"""Forms of priority issues."""

from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.forms import RowsField
from core.models import SharedText
from plans.editing import SharedTextForm
from plans.models import LocalActionPlan, PriorityIssue, Theme
from plans.reports.issues import found_issues
from workshops.models import ConflictIssue


class IssueForm(SharedTextForm):
    """One priority issue, who is affected, what it is about."""

    themes = RowsField(
        label=_("Themes"),
        queryset=Theme.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("By these the plan is found in the list of plans."),
    )

    class Meta:
        model = PriorityIssue
        fields = ["text", "affected", "themes"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3}), "affected": forms.Textarea(attrs={"rows": 2})}
        help_texts = {
            "text": _("What happens, where. One issue, in one or two sentences."),
            "affected": _("Groups of people, never a person."),
        }

    def __init__(self, *args: Any, plan: LocalActionPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        offered = Theme.objects.in_use()
        if self.instance.pk:
            # One that is no longer offered stays where it was given.
            own = self.instance.themes.values("pk")
            offered = Theme.objects.filter(Q(is_active=True) | Q(pk__in=own))
        themes = cast(RowsField, self.fields["themes"])
        themes.queryset = offered
        if not offered.exists():
            del self.fields["themes"]

    def for_row(self, row: SharedText) -> SharedTextForm:
        return type(self)(instance=row, plan=self.plan)

    def chosen_themes(self) -> list[Theme]:
        return list(self.cleaned_data.get("themes", ()))


class FoundIssuesForm(forms.Form):
    """Issues of workshops to take over."""

    issues = RowsField(
        queryset=ConflictIssue.objects.none(),
        label=_("Issues"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one issue.")},
    )

    def __init__(self, *args: Any, plan: LocalActionPlan, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(RowsField, self.fields["issues"]).queryset = found_issues(plan, user).exclude(
            plan_issues__plan=plan
        )
