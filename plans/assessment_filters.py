"""Finding a scorecard in its list."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from localities.models import Country, Locality
from plans.models import Assessment, AssessmentState

YEARS = 10  # offered: older ones are found by the office


def countries_of_assessments(request: Any) -> Any:
    """Countries in which the user sees one: an empty choice helps nobody."""
    seen = Assessment.objects.visible_to(request.user).order_by().values("committee__locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


def years_offered() -> list[tuple[str, str]]:
    this = timezone.localdate().year
    return [(str(year), str(year)) for year in range(this, this - YEARS, -1)]


class CommitteeAssessmentFilter(django_filters.FilterSet):
    """On the page of one committee."""

    q = django_filters.CharFilter(method="with_words", label=_("Office"))
    year = django_filters.ChoiceFilter(
        method="with_year", choices=years_offered, label=_("Period in"), empty_label=_("All")
    )
    state = django_filters.ChoiceFilter(
        choices=AssessmentState.choices, label=_("State"), empty_label=_("All")
    )

    class Meta:
        model = Assessment
        fields = ["q", "year", "state"]

    def with_words(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(position__title__icontains=value) | Q(position__organization__name__icontains=value)
        )

    def with_year(self, queryset: Any, name: str, value: str) -> Any:
        """Periods of which some day lies in the year."""
        return queryset.filter(start__year__lte=int(value), end__year__gte=int(value))


class AssessmentFilter(CommitteeAssessmentFilter):
    """Across committees: also by country and place."""

    q = django_filters.CharFilter(method="with_words_or_place", label=_("Office, committee or place"))
    country = django_filters.ModelChoiceFilter(
        field_name="committee__locality__country",
        queryset=countries_of_assessments,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )

    class Meta:
        model = Assessment
        fields = ["q", "country", "year", "state"]

    def with_words_or_place(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(position__title__icontains=value)
            | Q(position__organization__name__icontains=value)
            | Q(committee__name__icontains=value)
            | Q(committee__locality__in=Locality.objects.named_like(value))
        )
