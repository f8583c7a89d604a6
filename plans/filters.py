"""Finding a plan in the list."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from localities.models import Country, Locality
from plans.models import Activity, LocalActionPlan, LocalActionPlanQuerySet, PriorityIssue, Theme
from plans.states import PlanState

GENERATIONS = 5  # offered: later ones are found by their title


def countries_of_plans(request: Any) -> Any:
    """Countries in which the user sees a plan: an empty choice helps nobody."""
    seen = LocalActionPlan.objects.visible_to(request.user).order_by().values("locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class PlanOrder(django_filters.OrderingFilter):
    """Always with the code behind, so that equal rows keep their places from page to page."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        found = super().filter(qs, value)
        return found.order_by(*found.query.order_by, "code") if value else found


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
    theme = django_filters.ModelChoiceFilter(
        method="with_theme",
        queryset=Theme.objects.all(),
        to_field_name="code",
        label=_("Theme"),
        empty_label=_("All"),
    )
    budget = django_filters.ChoiceFilter(
        choices=[("yes", _("With a budget")), ("no", _("No budget"))],
        method="with_budget",
        label=_("Budget"),
        empty_label=_("All"),
    )
    generation = django_filters.ChoiceFilter(
        choices=[(str(number), str(number)) for number in range(1, GENERATIONS + 1)],
        label=_("Generation"),
        empty_label=_("All"),
    )
    sort = PlanOrder(
        fields=[("period_start", "period_start"), ("title", "title"), ("locality__name", "locality")],
        choices=[
            ("-period_start", _("Newest period first")),
            ("period_start", _("Oldest period first")),
            ("title", _("Title")),
            ("locality", _("Locality")),
        ],
        label=_("Sorted by"),
        empty_label=None,
    )

    class Meta:
        model = LocalActionPlan
        fields = ["q", "state", "country", "theme", "budget", "generation", "sort"]

    def _fields(self, names: tuple[str, ...]) -> list[Any]:
        return [self.form[name] for name in names]

    @property
    def first(self) -> list[Any]:
        """What most people look for; the rest is folded."""
        return self._fields(("q", "state", "country"))

    @property
    def more(self) -> list[Any]:
        return self._fields(("theme", "budget", "generation", "sort"))

    @property
    def uses_more(self) -> bool:
        return any(field.value() for field in self.more)

    def with_words(self, queryset: LocalActionPlanQuerySet, name: str, value: str) -> LocalActionPlanQuerySet:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value))
            | Q(code__iexact=value.strip())
        )

    def with_theme(
        self, queryset: LocalActionPlanQuerySet, name: str, value: Theme
    ) -> LocalActionPlanQuerySet:
        """Plans of which an activity or a priority issue is about the theme (F41, F52)."""
        activities = Activity.objects.filter(objective__plan=OuterRef("pk"), themes=value)
        issues = PriorityIssue.objects.filter(plan=OuterRef("pk"), themes=value)
        return queryset.filter(Exists(activities) | Exists(issues))

    def with_budget(
        self, queryset: LocalActionPlanQuerySet, name: str, value: str
    ) -> LocalActionPlanQuerySet:
        return queryset.having_budget(value == "yes")
