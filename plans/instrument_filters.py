"""Finding an integration or a local law in its list."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from localities.models import Country, Locality
from plans.models import HostPlan, Integration, IntegrationState, LawKind, LawState, LocalLaw


def countries_of(model: Any) -> Any:
    """Countries in which the user sees a row: an empty choice helps nobody."""

    def countries(request: Any) -> Any:
        seen = model.objects.visible_to(request.user).order_by().values("locality__country")
        return Country.objects.visible_to(request.user).filter(pk__in=seen)

    return countries


class IntegrationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Host plan or place"))
    host_kind = django_filters.ChoiceFilter(
        choices=HostPlan.choices, label=_("Kind of plan"), empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        choices=IntegrationState.choices, label=_("State"), empty_label=_("All")
    )
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        queryset=countries_of(Integration),
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )

    class Meta:
        model = Integration
        fields = ["q", "host_kind", "state", "country"]

    def with_words(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(host_plan__icontains=value)
            | Q(sector__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value))
        )


class LawFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Title, number or place"))
    kind = django_filters.ChoiceFilter(choices=LawKind.choices, label=_("Kind"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(choices=LawState.choices, label=_("State"), empty_label=_("All"))
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        queryset=countries_of(LocalLaw),
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )

    class Meta:
        model = LocalLaw
        fields = ["q", "kind", "state", "country"]

    def with_words(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(number__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value))
        )
