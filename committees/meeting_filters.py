"""Finding a meeting: over all committees, or among those that a committee held."""

from typing import Any

import django_filters
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.models import Committee, Meeting, MeetingState
from committees.models.meetings import MeetingQuerySet
from localities.models import Country, Locality

COMING, WAITING, HELD, CANCELLED = "coming", "waiting", "held", "cancelled"
WHEN = [
    (WAITING, _("Past, not written down yet")),
    (HELD, _("Held")),
    (CANCELLED, _("Cancelled")),
    ("all", _("All")),
]


def countries_of_meetings(request: Any) -> Any:
    """Countries in which the user sees a committee: an empty choice helps nobody."""
    seen = Committee.objects.visible_to(request.user).order_by().values("locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class MeetingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Committee or place"))
    country = django_filters.ModelChoiceFilter(
        field_name="committee__locality__country",
        queryset=countries_of_meetings,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    when = django_filters.ChoiceFilter(
        method="at_that_time", choices=WHEN, label=_("State"), empty_label=_("Coming")
    )

    class Meta:
        model = Meeting
        fields = ["q", "country", "when"]

    def filter_queryset(self, queryset: MeetingQuerySet) -> MeetingQuerySet:
        """Without a choice: what comes, the next first."""
        queryset = super().filter_queryset(queryset)
        if self.form.cleaned_data.get("when"):
            return queryset
        return queryset.coming(timezone.localdate())

    def at_that_time(self, queryset: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        if value == WAITING:
            return queryset.waiting(timezone.localdate()).order_by("day", "pk")
        if value in {HELD, CANCELLED}:
            return queryset.filter(state=MeetingState(value))
        return queryset

    def with_words(self, queryset: MeetingQuerySet, name: str, value: str) -> MeetingQuerySet:
        return queryset.filter(
            Q(committee__name__icontains=value)
            | Q(committee__locality__in=Locality.objects.named_like(value))
            | Q(code__iexact=value.strip())
        )


class HeldFilter(django_filters.FilterSet):
    """The year of what was held."""

    year = django_filters.ChoiceFilter(field_name="day__year", label=_("Year"), empty_label=_("All"))

    class Meta:
        model = Meeting
        fields = ["year"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = self.queryset.order_by().values_list("day__year", flat=True).distinct()
        years = sorted(set(days), reverse=True)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]
        self.years = years
