"""Finding an activity over all plans."""

import datetime
from typing import Any

import django_filters
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from frameworks.pillars import Pillar
from localities.models import Country, Locality
from people.models import Organization
from plans.models import Activity, ActivityState, Theme

STATES = [("overdue", _("Overdue")), *ActivityState.choices]


class ActivityFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Words or place"))
    state = django_filters.ChoiceFilter(
        method="in_state", choices=STATES, label=_("State"), empty_label=_("All")
    )
    institution = django_filters.ModelChoiceFilter(
        method="of_institution",
        queryset=Organization.objects.none(),
        to_field_name="code",
        label=_("Institution that leads or supports"),
        empty_label=_("All"),
    )
    theme = django_filters.ModelChoiceFilter(
        field_name="themes",
        queryset=Theme.objects.all(),
        to_field_name="code",
        label=_("Theme"),
        empty_label=_("All"),
    )
    pillar = django_filters.ChoiceFilter(
        field_name="objective__pillar", choices=Pillar.choices, label=_("Pillar"), empty_label=_("All")
    )
    men = django_filters.ChoiceFilter(
        method="with_men",
        choices=[("yes", _("Engages men and boys"))],
        label=_("Men and boys"),
        empty_label=_("All"),
    )
    country = django_filters.ModelChoiceFilter(
        field_name="objective__plan__locality__country",
        queryset=Country.objects.none(),
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    order = django_filters.ChoiceFilter(
        method="in_order",
        choices=[("plan", _("Plan by plan"))],
        label=_("Order"),
        empty_label=_("What ends first"),
    )

    class Meta:
        model = Activity
        fields = ["q", "state", "institution", "theme", "pillar", "men", "country", "order"]

    def __init__(self, *args: Any, today: datetime.date, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        seen = Activity.objects.visible_to(user).order_by()
        countries = Country.objects.filter(pk__in=seen.values("objective__plan__locality__country"))
        working = Q(positions__activities__in=seen) | Q(positions__supported_activities__in=seen)
        self.filters["country"].field.queryset = countries
        self.filters["institution"].field.queryset = Organization.objects.filter(working).distinct()

    @property
    def first(self) -> list[Any]:
        """The fields that always stand there."""
        return [self.form[name] for name in ("q", "state", "institution")]

    @property
    def more(self) -> list[Any]:
        """Those that are folded away until one is used."""
        return [self.form[name] for name in ("theme", "pillar", "men", "country", "order")]

    @property
    def uses_more(self) -> bool:
        return any(field.value() for field in self.more)

    def filter_queryset(self, queryset: Any) -> Any:
        """What ends first; without an end last."""
        return super().filter_queryset(queryset.order_by(F("ends_on").asc(nulls_last=True), "pk"))

    def with_words(self, queryset: Any, name: str, value: str) -> Any:
        """Every word in the activity, its plan or a name of the place."""
        for word in value.split()[:10]:
            queryset = queryset.filter(
                Q(text__icontains=word)
                | Q(expected_output__icontains=word)
                | Q(target_groups__icontains=word)
                | Q(location__icontains=word)
                | Q(objective__plan__title__icontains=word)
                | Q(objective__plan__locality__in=Locality.objects.named_like(word))
                | Q(code__iexact=word)
                | Q(objective__plan__code__iexact=word)
            )
        return queryset

    def in_state(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.overdue(self.today) if value == "overdue" else queryset.filter(state=value)

    def of_institution(self, queryset: Any, name: str, value: Organization) -> Any:
        """Where a position of it leads or supports (F11)."""
        supports = Activity.supporting.through.objects.filter(position__organization=value)
        return queryset.filter(Q(responsible__organization=value) | Q(pk__in=supports.values("activity")))

    def with_men(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(engages_men_boys=True)

    def in_order(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.order_by(
            "objective__plan__title", "objective__plan", "objective__order", "order", "pk"
        )
