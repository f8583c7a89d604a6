"""Finding published guidelines among those that the public reads."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guidelines.models import Edition
from guidelines.reports.public import newest_editions
from localities.languages import language_choices
from localities.models import Country


def countries_of_editions(request: Any) -> Any:
    """Countries with public guidelines: an empty choice helps nobody."""
    return Country.objects.filter(pk__in=Edition.objects.public().order_by().values("guidelines__country"))


class PublishedFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Title or country"))
    country = django_filters.ModelChoiceFilter(
        field_name="guidelines__country",
        queryset=countries_of_editions,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    language = django_filters.ChoiceFilter(
        field_name="guidelines__language",
        choices=language_choices,
        label=_("Language"),
        empty_label=_("All"),
    )

    class Meta:
        model = Edition
        fields = ["q", "country", "language"]

    def with_words(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(guidelines__country__name__icontains=value)
            | Q(guidelines__code__iexact=value.strip())
        )


def published_found(request: Any) -> PublishedFilter:
    return PublishedFilter(request.GET, queryset=newest_editions(), request=request)
