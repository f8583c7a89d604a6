"""Finding a plan in the list."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from localities.models import Country, Locality
from plans.models import LocalActionPlan, LocalActionPlanQuerySet
from plans.states import PlanState


def countries_of_plans(request: Any) -> Any:
    """Countries in which the user sees a plan: an empty choice helps nobody."""
    seen = LocalActionPlan.objects.visible_to(request.user).order_by().values("locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class PlanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Title or place"))
    state = django_filters.ChoiceFilter(choices=PlanState.choices, label=_("State"), empty_label=_("All"))
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        queryset=countries_of_plans,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )

    class Meta:
        model = LocalActionPlan
        fields = ["q", "state", "country"]

    def with_words(self, queryset: LocalActionPlanQuerySet, name: str, value: str) -> LocalActionPlanQuerySet:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value))
            | Q(code__iexact=value.strip())
        )
