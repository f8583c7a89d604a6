"""Filters of the list of workshops."""

import calendar
import datetime
import re
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from localities.categories import ActorCategory
from localities.models import Country, Locality
from localities.search import search_text
from workshops.models import Answer, Invitation, Workshop
from workshops.states import TO_COME, WorkshopKind, WorkshopState

MOST_PLACES = 300


class MonthInput(forms.DateInput):
    """The browser's own choice of a month; elsewhere a plain field that takes 2026-03."""

    input_type = "month"


class MonthField(forms.CharField):
    """A month as its first day. Days are not asked for: those of some workshops are hidden."""

    widget = MonthInput

    def clean(self, value: Any) -> Any:
        match = re.fullmatch(r"([0-9]{4})-([0-9]{2})", (value or "").strip())
        if match is None or not (1 <= int(match[2]) <= 12 and 1900 <= int(match[1]) <= 2200):
            return None
        return datetime.date(int(match[1]), int(match[2]), 1)


class MonthFilter(django_filters.Filter):
    field_class = MonthField


HAS_COME = "registered"


class WorkshopFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="with_text", label=_("Title or place"))
    kind = django_filters.ChoiceFilter(choices=WorkshopKind.choices, label=_("Type"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(choices=WorkshopState.choices, label=_("State"), empty_label=_("All"))
    when = django_filters.ChoiceFilter(
        choices=[("coming", _("Still to come")), ("held", _("Took place"))],
        method="in_time",
        label=_("When"),
        empty_label=_("All"),
    )
    mine = django_filters.ChoiceFilter(
        choices=[("yes", _("Run by me"))], method="run_by_reader", label=_("Whose"), empty_label=_("All")
    )
    place = django_filters.ChoiceFilter(
        choices=[], method="in_place", label=_("Locality"), empty_label=_("All")
    )
    series = django_filters.CharFilter(
        field_name="series", lookup_expr="icontains", label=_("Programme or project")
    )
    since = MonthFilter(method="from_month", label=_("From month"))
    until = MonthFilter(method="until_month", label=_("To month"))
    country = django_filters.ModelChoiceFilter(
        field_name="locality__country",
        to_field_name="code",
        queryset=Country.objects.none(),
        label=_("Country"),
        empty_label=_("All"),
    )
    order = django_filters.ChoiceFilter(
        choices=[("oldest", _("Oldest first"))],
        method="in_order",
        label=_("Order"),
        empty_label=_("Newest first"),
    )

    class Meta:
        model = Workshop
        fields = ["q", "kind", "state", "when", "mine"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held_in = self.queryset.order_by().values("locality")
        places = Locality.objects.filter(pk__in=held_in).select_related("country")[:MOST_PLACES]
        named = sorted(places, key=lambda place: search_text(str(place)))
        self.filters["place"].field.choices = [(place.code, str(place)) for place in named]
        countries = Country.objects.filter(pk__in={place.country_id for place in named})
        self.filters["country"].field.queryset = countries
        if len({place.country_id for place in named}) < 2:
            del self.form.fields["country"]
        for name in ("q", "series"):
            self.form.fields[name].widget.attrs["maxlength"] = 100

    @property
    def first(self) -> list[Any]:
        """The fields that always stand there."""
        return [self.form[name] for name in ("q", "kind", "state", "when", "mine")]

    @property
    def more(self) -> list[Any]:
        """Those that are folded away until one is used."""
        names = ("place", "series", "since", "until", "country", "order")
        return [self.form[name] for name in names if name in self.form.fields]

    @property
    def uses_more(self) -> bool:
        return any(field.value() for field in self.more)

    def filter_queryset(self, queryset: Any) -> Any:
        """In the order of the days that the reader may know (WorkshopQuerySet.listed_on)."""
        return super().filter_queryset(queryset.order_by("-listed_on", "code"))

    def with_text(self, queryset: QuerySet[Workshop], name: str, value: str) -> QuerySet[Workshop]:
        """Every word somewhere in the title, or in a name of the locality, with or without accents."""
        for word in value.split()[:10]:
            queryset = queryset.filter(
                Q(title__icontains=word) | Q(locality__search_text__contains=search_text(word))
            )
        return queryset

    def in_time(self, queryset: QuerySet[Workshop], name: str, value: str) -> QuerySet[Workshop]:
        """By state, which everybody sees, and not by day, which not everybody may know."""
        return queryset.filter(state__in=TO_COME) if value == "coming" else queryset.held()  # type: ignore[attr-defined]

    def run_by_reader(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(reader_runs_it=True)

    def in_place(self, queryset: QuerySet[Workshop], name: str, value: str) -> QuerySet[Workshop]:
        """Held in the locality or below it, or for it."""
        place = Locality.objects.filter(code=value).first()
        if place is None:
            return queryset
        also_for = Workshop.other_localities.through.objects.filter(locality=place).values("workshop")
        return queryset.filter(Q(locality__path__startswith=place.path) | Q(pk__in=also_for))

    def from_month(self, queryset: QuerySet[Workshop], name: str, value: datetime.date) -> QuerySet[Workshop]:
        return queryset.filter(starts_on__gte=value)

    def until_month(
        self, queryset: QuerySet[Workshop], name: str, value: datetime.date
    ) -> QuerySet[Workshop]:
        last = value.replace(day=calendar.monthrange(value.year, value.month)[1])
        return queryset.filter(starts_on__lte=last)

    def in_order(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.order_by("listed_on", "code")


class InvitationFilter(django_filters.FilterSet):
    answer = django_filters.ChoiceFilter(
        choices=[*Answer.choices, (HAS_COME, _("Is registered"))],
        method="with_answer",
        label=_("Answer"),
        empty_label=_("All"),
    )
    category = django_filters.ChoiceFilter(
        choices=ActorCategory.choices, label=_("Category"), empty_label=_("All")
    )

    class Meta:
        model = Invitation
        fields = ["answer", "category"]

    def with_answer(self, queryset: QuerySet[Invitation], name: str, value: str) -> QuerySet[Invitation]:
        """Whoever is registered has given the best answer of all, whatever was written down before."""
        if value == HAS_COME:
            return queryset.filter(participation__isnull=False)
        return queryset.filter(answer=value, participation=None)
