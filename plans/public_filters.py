"""Finding a plan among those that the public reads. Filters ask the frozen edition, not the rows that
an amendment may be changing."""

import re
from typing import Any

import django_filters
from django.db.models import Q, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from frameworks.pillars import Pillar
from localities.models import Country, Locality
from plans.models import Edition
from plans.reports.public import PUBLIC_STATES, newest_editions
from plans.states import IN_FORCE_STATES

YEAR = re.compile(r"(19|20)\d\d")


def countries_of_editions(request: Any) -> Any:
    """Countries with a public plan: an empty choice helps nobody."""
    return Country.objects.filter(
        pk__in=Edition.objects.public().order_by().values("plan__locality__country")
    )


class AdoptedPlanFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Title or place"))
    country = django_filters.ModelChoiceFilter(
        field_name="plan__locality__country",
        queryset=countries_of_editions,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )
    pillar = django_filters.ChoiceFilter(
        method="with_pillar", choices=Pillar.choices, label=_("Pillar"), empty_label=_("All")
    )
    year = django_filters.CharFilter(method="in_year", label=_("In the year"))
    nap = django_filters.ChoiceFilter(
        method="with_nap",
        label=_("National Action Plan"),
        choices=[("yes", _("Rests on one")), ("no", _("Without one"))],
        empty_label=_("All"),
    )
    state = django_filters.ChoiceFilter(
        method="with_state",
        label=_("State"),
        choices=[(name, label) for name, (label, _tone) in PUBLIC_STATES.items()],
        empty_label=_("All"),
    )

    class Meta:
        model = Edition
        fields = ["q", "country", "pillar", "year", "nap", "state"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = self.form.fields["year"]
        year.widget.attrs.update(inputmode="numeric", maxlength=4, autocomplete="off")

    def with_words(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(plan__locality__in=Locality.objects.named_like(value))
            | Q(plan__code__iexact=value.strip())
        )

    def with_pillar(self, queryset: Any, name: str, value: str) -> Any:
        """As the frozen text has it: within a text the quotation marks would stand escaped."""
        written = Cast("content", TextField())
        return queryset.annotate(written=written).filter(written__contains=f'"pillar": "{value}"')

    def in_year(self, queryset: Any, name: str, value: str) -> Any:
        """Those whose period holds a day of that year; what is no year finds nothing."""
        if not YEAR.fullmatch(value.strip()):
            return queryset.none()
        year = value.strip()
        return queryset.filter(starts__lte=f"{year}-12-31", ends__gte=f"{year}-01-01")

    def with_nap(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(nap_title__isnull=value == "no")

    def with_state(self, queryset: Any, name: str, value: str) -> Any:
        states = IN_FORCE_STATES if value == "in_force" else [value]
        return queryset.filter(plan__state__in=states)


def adopted_plans_found(request: Any) -> AdoptedPlanFilter:
    return AdoptedPlanFilter(request.GET, queryset=newest_editions(), request=request)
