"""Filters of the lists of people, organisations, positions and what becomes of these. Names are never part
of an address."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.roles import Capability
from localities.choices import locality_choices
from localities.models import Country, Locality
from people.consent import Purpose
from people.models import (
    Consent,
    Election,
    Incumbency,
    Organization,
    OrganizationKind,
    Person,
    Position,
    TrainingNeed,
    TrainingTopic,
)
from people.models.turnover import OPENS_BEFORE
from people.retention import MONTHS_KEPT, months_before

SEARCH = forms.TextInput(attrs={"type": "search", "autocomplete": "off"})


class PersonFilter(django_filters.FilterSet):
    """Over reports.people_seen_by(user): by place and workshop, contact, and how long ago."""

    workshop = django_filters.ChoiceFilter(
        label=_("Workshop"), method="of_workshop", empty_label=_("All workshops")
    )
    locality = django_filters.ChoiceFilter(label=_("Locality"), method="of_locality", empty_label=None)
    contact = django_filters.ChoiceFilter(
        label=_("Contact"),
        method="by_contact",
        empty_label=_("All"),
        choices=[("yes", _("May be contacted")), ("no", _("Not to be contacted"))],
    )
    last = django_filters.ChoiceFilter(
        label=_("Last event"),
        method="by_last_event",
        empty_label=_("Any time"),
        choices=[
            ("within-6", _("In the last 6 months")),
            ("within-12", _("In the last 12 months")),
            ("before-12", _("More than 12 months ago")),
            (f"before-{MONTHS_KEPT}", _("More than 24 months ago")),
        ],
    )

    class Meta:
        model = Person
        fields: list[str] = []

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        here = user.scope.rows(Capability.RUN_WORKSHOPS)
        self.workshops = {
            workshop.code: workshop
            for workshop in user.workshops.filter(here).select_related("locality__country").distinct()
        }
        places = {workshop.locality.code: workshop.locality for workshop in self.workshops.values()}
        self.filters["workshop"].extra["choices"] = [
            (code, f"{each.title} · {each.starts_on:%Y-%m}") for code, each in self.workshops.items()
        ]
        self.places = places
        everywhere = [("", _("All localities"))]
        choices = locality_choices(sorted(places.values(), key=lambda place: place.path))[1:]
        self.filters["locality"].extra["choices"] = everywhere + choices

    def of_workshop(self, queryset: QuerySet, name: str, value: str) -> Any:
        came = Person.objects.filter(participations__workshop=self.workshops[value])
        return queryset.filter(key__in=came.values("pk"))

    def of_locality(self, queryset: QuerySet, name: str, value: str) -> Any:
        there = [each.pk for each in self.workshops.values() if each.locality.code == value]
        came = Person.objects.filter(participations__workshop__in=there)
        return queryset.filter(key__in=came.values("pk"))

    def by_contact(self, queryset: QuerySet, name: str, value: str) -> Any:
        agreed = Consent.objects.filter(purpose=Purpose.CONTACT, withdrawn_at=None).values("person")
        return queryset.filter(key__in=agreed) if value == "yes" else queryset.exclude(key__in=agreed)

    def by_last_event(self, queryset: QuerySet, name: str, value: str) -> Any:
        which, months = value.split("-")
        day = months_before(timezone.localdate(), int(months))
        return queryset.filter(last_on__gte=day) if which == "within" else queryset.filter(last_on__lt=day)


class OfCountryFilter(django_filters.FilterSet):
    """With a country to choose, among those of the rows."""

    country_path = "country"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.queryset.order_by().values(self.country_path)
        self.filters["country"].field.queryset = Country.objects.filter(pk__in=found)


def country_filter(path: str) -> django_filters.ModelChoiceFilter:
    return django_filters.ModelChoiceFilter(
        field_name=path,
        to_field_name="code",
        queryset=Country.objects.none(),
        label=_("Country"),
        empty_label=_("All countries"),
    )


class OrganizationFilter(OfCountryFilter):
    q = django_filters.CharFilter(label=_("Name"), field_name="name", lookup_expr="icontains", widget=SEARCH)
    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=OrganizationKind.choices, empty_label=_("All kinds")
    )
    women_led = django_filters.ChoiceFilter(
        label=_("Led by women"),
        method="by_lead",
        choices=[("yes", _("Yes")), ("no", _("No")), ("unknown", _("Not stated"))],
        empty_label=_("All"),
    )
    country = country_filter("country")

    class Meta:
        model = Organization
        fields: list[str] = []

    def by_lead(self, queryset: QuerySet[Organization], name: str, value: str) -> Any:
        return queryset.filter(women_led={"yes": True, "no": False, "unknown": None}[value])


class PositionFilter(OfCountryFilter):
    country_path = "locality__country"

    q = django_filters.CharFilter(label=_("Title or place"), method="with_words", widget=SEARCH)
    holder = django_filters.ChoiceFilter(
        label=_("Holder"),
        method="by_holder",
        choices=[
            ("known", _("Known")),
            ("unknown", _("Not known")),
            ("vacant", _("Vacant: the last one left")),
            ("ending", _("Term ends within 60 days")),
        ],
        empty_label=_("All"),
    )
    needs = django_filters.ChoiceFilter(
        label=_("Training"),
        method="by_need",
        choices=[("yes", _("Needs training"))],
        empty_label=_("All"),
    )
    locality = django_filters.ChoiceFilter(label=_("Place"), method="in_place", empty_label=None)
    country = country_filter("locality__country")

    class Meta:
        model = Position
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(self.queryset, "locality")
        self.filters["locality"].extra["choices"] = [("", _("All places")), *locality_choices(places)[1:]]

    def with_words(self, queryset: QuerySet[Position], name: str, value: str) -> Any:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(organization__name__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value).order_by().values("pk"))
        )

    def by_holder(self, queryset: Any, name: str, value: str) -> Any:
        """Asks for `was_held` of reports.positions_seen_by."""
        holds = Incumbency.objects.current().filter(position=OuterRef("pk"))
        if value == "ending":
            return queryset.filter(
                Exists(holds.filter(term_ends_on__lte=timezone.localdate() + OPENS_BEFORE))
            )
        if value == "vacant":
            return queryset.filter(~Exists(holds), was_held=True)
        return queryset.filter(Exists(holds) if value == "known" else ~Exists(holds))

    def by_need(self, queryset: Any, name: str, value: str) -> Any:
        return queryset.filter(needs_training=True)

    def in_place(self, queryset: QuerySet[Position], name: str, value: str) -> Any:
        return within(queryset, value, path="locality")


def places_of(queryset: QuerySet, path: str) -> QuerySet[Locality]:
    """The places of the rows, in tree order, to be chosen from."""
    here = queryset.order_by().values(path)
    return Locality.objects.filter(pk__in=here).select_related("country")


def within(queryset: QuerySet, code: str, *, path: str) -> Any:
    """The rows of the place of this code and of all that lies below it."""
    place = Locality.objects.get(code=code)
    return queryset.filter(**{f"{path}__path__startswith": place.path})


class TrainingNeedFilter(OfCountryFilter):
    """Over the training needs of all positions; the open ones, unless all are asked for."""

    country_path = "position__locality__country"

    topic = django_filters.ChoiceFilter(
        label=_("Topic"), choices=TrainingTopic.choices, empty_label=_("All topics")
    )
    locality = django_filters.ChoiceFilter(label=_("Place"), method="in_place", empty_label=None)
    country = country_filter("position__locality__country")
    met = django_filters.ChoiceFilter(
        label=_("Met"), method="by_met", choices=[("yes", _("Met already"))], empty_label=_("Still open")
    )

    class Meta:
        model = TrainingNeed
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_of(self.queryset, "position__locality")
        self.filters["locality"].extra["choices"] = [("", _("All places")), *locality_choices(places)[1:]]

    def filter_queryset(self, queryset: QuerySet) -> Any:
        rows = super().filter_queryset(queryset)
        if not self.form.cleaned_data.get("met"):
            rows = rows.still_open()
        return rows.order_by("topic", "position__locality__path", "position__title", "pk")

    def by_met(self, queryset: QuerySet, name: str, value: str) -> Any:
        return queryset.filter(met_on__isnull=False)

    def in_place(self, queryset: QuerySet, name: str, value: str) -> Any:
        return within(queryset, value, path="position__locality")


class ElectionFilter(OfCountryFilter):
    """Over elections.calendar_of: its order stays."""

    country = country_filter("country")
    when = django_filters.ChoiceFilter(
        label=_("When"),
        method="by_time",
        choices=[("coming", _("To come")), ("past", _("Past"))],
        empty_label=_("All"),
    )

    class Meta:
        model = Election
        fields: list[str] = []

    def by_time(self, queryset: QuerySet, name: str, value: str) -> Any:
        return queryset.filter(is_over=1 if value == "past" else 0)
