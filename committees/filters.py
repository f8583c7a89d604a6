"""Finding a committee in the list."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, CommitteeKind, CommitteeQuerySet
from localities.models import Country, Locality


def countries_of_committees(request: Any) -> Any:
    """Countries in which the user sees a committee: an empty choice helps nobody."""
    seen = Committee.objects.visible_to(request.user).order_by().values("locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class CommitteeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Name or place"))
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        queryset=countries_of_committees,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(choices=CommitteeKind.choices, label=_("Type"), empty_label=_("All"))

    class Meta:
        model = Committee
        fields = ["q", "country", "kind"]

    def with_words(self, queryset: CommitteeQuerySet, name: str, value: str) -> CommitteeQuerySet:
        return queryset.filter(
            Q(name__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value))
            | Q(code__iexact=value.strip())
        )
