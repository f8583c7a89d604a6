"""Finding guidelines in the list."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guidelines.models import Guidelines, GuidelinesQuerySet
from guidelines.states import GuidelinesState
from localities.languages import language_name
from localities.models import Country


def countries_of_guidelines(request: Any) -> Any:
    """Countries whose guidelines the user may read: an empty choice helps nobody."""
    seen = Guidelines.objects.visible_to(request.user).order_by().values("country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class GuidelinesFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Title or country"))
    country = django_filters.ModelChoiceFilter(
        queryset=countries_of_guidelines, to_field_name="code", label=_("Country"), empty_label=_("All")
    )

    state = django_filters.ChoiceFilter(
        choices=GuidelinesState.choices, label=_("State"), empty_label=_("All")
    )
    language = django_filters.ChoiceFilter(label=_("Language"), empty_label=_("All"))

    class Meta:
        model = Guidelines
        fields = ["q", "country", "state", "language"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        codes = Guidelines.objects.visible_to(self.request.user).order_by().values_list("language", flat=True)
        self.filters["language"].extra["choices"] = [(code, language_name(code)) for code in codes.distinct()]

    def with_words(self, queryset: GuidelinesQuerySet, name: str, value: str) -> GuidelinesQuerySet:
        return queryset.filter(
            Q(title__icontains=value) | Q(country__name__icontains=value) | Q(code__iexact=value)
        )
