"""Filters of the list of workshops."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from localities.models import Country
from localities.search import search_text
from workshops.models import Workshop
from workshops.states import WorkshopKind, WorkshopState


class WorkshopFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_text", label=_("Title or place"))
    kind = django_filters.ChoiceFilter(choices=WorkshopKind.choices, label=_("Type"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(choices=WorkshopState.choices, label=_("State"), empty_label=_("All"))
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        to_field_name="code",
        queryset=Country.objects.none(),
        label=_("Country"),
        empty_label=_("All"),
    )

    class Meta:
        model = Workshop
        fields = ["q", "kind", "state", "country"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        countries = Country.objects.filter(pk__in=self.queryset.order_by().values("locality__country"))
        self.filters["country"].field.queryset = countries

    def with_text(self, queryset: QuerySet[Workshop], name: str, value: str) -> QuerySet[Workshop]:
        """Every word somewhere in the title, or in a name of the locality, with or without accents."""
        for word in value.split()[:10]:
            queryset = queryset.filter(
                Q(title__icontains=word) | Q(locality__search_text__contains=search_text(word))
            )
        return queryset
