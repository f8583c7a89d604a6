"""Which plans and items of a country are looked at."""

from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from frameworks.models import Framework, FrameworkKind
from frameworks.pillars import Pillar
from localities.models import Locality
from plans.models import Activity, Alignment, Objective, Theme
from plans.states import IN_FORCE_STATES


class CoverageForm(forms.Form):
    """A word that is no choice counts as the first: an old link must not be an error."""

    data: Any  # a QueryDict: the stubs know less

    nap = forms.ChoiceField(label=_("National Action Plan"), required=False)
    state = forms.ChoiceField(
        label=_("Plans"),
        required=False,
        choices=[("", _("All, also those being written")), ("adopted", _("Adopted only"))],
    )
    sort = forms.ChoiceField(
        label=_("Items"),
        required=False,
        choices=[("", _("In the order of the document")), ("need", _("Least served first"))],
    )

    def __init__(self, *args: Any, naps: list[Framework], shown: Framework | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.data = self.data.copy()
        nap = cast(forms.ChoiceField, self.fields["nap"])
        nap.choices = [(each.code, each.title) for each in naps]
        self.data["nap"] = shown.code if shown else ""
        if len(naps) < 2:
            del self.fields["nap"]

    @property
    def adopted_only(self) -> bool:
        return self.data.get("state") == "adopted"

    @property
    def by_need(self) -> bool:
        return self.data.get("sort") == "need"


def local_only(objectives: QuerySet[Objective]) -> QuerySet[Objective]:
    """Those that serve no item of a National Action Plan, neither themselves nor by an activity (F06)."""
    national = Alignment.objects.filter(provision__framework__kind=FrameworkKind.NAP).order_by()
    return objectives.filter(
        ~Exists(national.filter(objective=OuterRef("pk"))),
        ~Exists(national.filter(activity__objective=OuterRef("pk"))),
    )


class LocalPriorityFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Words or place"))
    pillar = django_filters.ChoiceFilter(choices=Pillar.choices, label=_("Pillar"), empty_label=_("All"))
    theme = django_filters.ModelChoiceFilter(
        method="with_theme",
        queryset=Theme.objects.all(),
        to_field_name="code",
        label=_("Theme"),
        empty_label=_("All"),
    )
    reason = django_filters.ChoiceFilter(
        method="with_reason",
        choices=[("given", _("Given")), ("missing", _("Not given yet"))],
        label=_("Reason"),
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        method="with_state",
        choices=[("adopted", _("Adopted only"))],
        label=_("Plans"),
        empty_label=_("All, also those being written"),
    )

    class Meta:
        model = Objective
        fields = ["q", "pillar", "theme", "reason", "state"]

    def with_words(self, queryset: QuerySet[Objective], name: str, value: str) -> QuerySet[Objective]:
        return queryset.filter(
            Q(text__icontains=value)
            | Q(local_reason__icontains=value)
            | Q(plan__locality__in=Locality.objects.named_like(value))
        )

    def with_theme(self, queryset: QuerySet[Objective], name: str, value: Theme) -> QuerySet[Objective]:
        return queryset.filter(Exists(Activity.objects.filter(objective=OuterRef("pk"), themes=value)))

    def with_reason(self, queryset: QuerySet[Objective], name: str, value: str) -> QuerySet[Objective]:
        missing = Q(local_reason="")
        return queryset.filter(missing if value == "missing" else ~missing)

    def with_state(self, queryset: QuerySet[Objective], name: str, value: str) -> QuerySet[Objective]:
        return queryset.filter(plan__state__in=IN_FORCE_STATES)
