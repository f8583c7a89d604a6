"""Finding a committee in the list."""

import datetime
from typing import Any

import django_filters
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, Subquery
from django.db.models.functions import Abs, Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from committees.composition import Side
from committees.models import Committee, CommitteeKind, CommitteeQuerySet, Meeting, Seat
from committees.states import DORMANT, WORKING, CommitteeState, dormant_on
from localities.models import Country, Locality

BALANCED, UNBALANCED = "balanced", "unbalanced"


def countries_of_committees(request: Any) -> Any:
    """Countries in which the user sees a committee: an empty choice helps nobody."""
    seen = Committee.objects.visible_to(request.user).order_by().values("locality__country")
    return Country.objects.visible_to(request.user).filter(pk__in=seen)


class CommitteeFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_words", label=_("Name or place"))
    state = django_filters.ChoiceFilter(
        method="in_state",
        label=_("State"),
        empty_label=_("All"),
        choices=[*CommitteeState.choices, (DORMANT, _("Dormant"))],
    )
    kind = django_filters.ChoiceFilter(choices=CommitteeKind.choices, label=_("Type"), empty_label=_("All"))
    balance = django_filters.ChoiceFilter(
        method="in_balance",
        label=_("Two sides"),
        empty_label=_("All"),
        choices=[(BALANCED, _("In balance")), (UNBALANCED, _("Not in balance"))],
    )
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        queryset=countries_of_committees,
        to_field_name="code",
        label=_("Country"),
        empty_label=_("All"),
    )

    class Meta:
        model = Committee
        fields = ["q", "state", "kind", "balance", "country"]

    def with_words(self, queryset: CommitteeQuerySet, name: str, value: str) -> CommitteeQuerySet:
        return queryset.filter(
            Q(name__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value))
            | Q(code__iexact=value.strip())
        )

    def in_state(self, queryset: CommitteeQuerySet, name: str, value: str) -> CommitteeQuerySet:
        """As the list shows it: what is dormant stands under no other word."""
        dormant = dormant_among(timezone.localdate())
        if value == DORMANT:
            return queryset.filter(dormant)
        rows = queryset.filter(state=value)
        return rows.exclude(dormant) if value in WORKING else rows

    def in_balance(self, queryset: CommitteeQuerySet, name: str, value: str) -> CommitteeQuerySet:
        """The rule of composition.is_balanced (BR5), asked of the database."""
        government, civil_society = votes(Side.GOVERNMENT), votes(Side.CIVIL_SOCIETY)
        rows = queryset.annotate(
            both_sides=government + civil_society, difference=Abs(government - civil_society)
        )
        balanced = Q(both_sides__gt=0, difference__lte=1)
        return rows.filter(balanced if value == BALANCED else ~balanced)


def dormant_among(today: datetime.date) -> Q:
    """Those of which Committee.is_dormant(today) is true."""
    last = last_day_before(today)
    met_since = Meeting.objects.held().filter(committee=OuterRef("pk"), day__gt=last)
    return (
        Q(state__in=sorted(WORKING))
        & (Q(activated_on=None, established_on__lte=last) | Q(activated_on__lte=last))
        & ~Q(Exists(met_since))
    )


def last_day_before(today: datetime.date) -> datetime.date:
    """The last day since which no meeting makes a committee dormant by `today`."""
    day = today - datetime.timedelta(days=180)
    while dormant_on(day) > today:
        day -= datetime.timedelta(days=1)
    return day


def votes(side: Side) -> Any:
    """How many votes that side has: voting seats that are there and not vacant."""
    seats: Any = Seat.objects.current().with_vacancy()
    seats = seats.filter(committee=OuterRef("pk"), voting=True, side=side, is_vacant=False)
    counted = seats.order_by().values("committee").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
