"""Finding a resolution, a plan or an indicator."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from frameworks.models import Framework, FrameworkKind, IndicatorDefinition, Lead, LeadKind
from frameworks.pillars import CORE_PILLARS
from localities.models import Country

SEARCH = forms.TextInput(attrs={"type": "search"})


class FrameworkFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Word or number"), method="search", widget=SEARCH)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=FrameworkKind.choices, empty_label=_("All kinds")
    )
    country = django_filters.ModelChoiceFilter(
        label=_("Country"),
        queryset=Country.objects.all(),
        to_field_name="code",
        empty_label=_("All countries"),
    )

    class Meta:
        model = Framework
        fields = ["q", "kind", "country"]

    def search(self, queryset: QuerySet[Framework], name: str, value: str) -> Any:
        return queryset.filter(
            Q(title__icontains=value) | Q(theme__icontains=value) | Q(number__iexact=value.strip())
        )


class IndicatorFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label=_("Word or number"), method="search", widget=SEARCH)
    pillar = django_filters.ChoiceFilter(
        label=_("Pillar"),
        choices=[(pillar.value, pillar.label) for pillar in CORE_PILLARS],
        empty_label=_("All pillars"),
    )
    level = django_filters.ChoiceFilter(
        label=_("Who can feed it"), choices=IndicatorDefinition.Level.choices, empty_label=_("All levels")
    )

    class Meta:
        model = IndicatorDefinition
        fields = ["q", "pillar", "level"]

    def search(self, queryset: QuerySet[IndicatorDefinition], name: str, value: str) -> Any:
        return queryset.filter(Q(text__icontains=value) | Q(code__icontains=value.strip()))


class LeadFilter(django_filters.FilterSet):
    kind = django_filters.ChoiceFilter(
        label=_("Led by"), choices=LeadKind.choices, empty_label=_("All kinds of institutions")
    )
    in_force = django_filters.BooleanFilter(
        label=_("Only plans in force"), method="only_in_force", widget=forms.CheckboxInput
    )

    class Meta:
        model = Lead
        fields = ["kind", "in_force"]

    def only_in_force(self, queryset: QuerySet[Lead], name: str, value: bool) -> Any:
        if not value:
            return queryset
        return queryset.filter(framework__in=Framework.objects.in_force_today().values("pk"))
