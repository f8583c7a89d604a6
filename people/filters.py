"""Filters of the lists of people, organisations and positions. Names are never part of an address."""

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
from people.models import Consent, Incumbency, Organization, OrganizationKind, Person, Position
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
        choices=[("known", _("Known")), ("unknown", _("Not known"))],
        empty_label=_("All"),
    )
    country = country_filter("locality__country")

    class Meta:
        model = Position
        fields: list[str] = []

    def with_words(self, queryset: QuerySet[Position], name: str, value: str) -> Any:
        return queryset.filter(
            Q(title__icontains=value)
            | Q(organization__name__icontains=value)
            | Q(locality__in=Locality.objects.named_like(value).order_by().values("pk"))
        )

    def by_holder(self, queryset: QuerySet[Position], name: str, value: str) -> Any:
        held = Exists(Incumbency.objects.current().filter(position=OuterRef("pk")))
        return queryset.filter(held if value == "known" else ~held)
