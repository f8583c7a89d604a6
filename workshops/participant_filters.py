"""Filters of the people of one workshop, for who runs it."""

from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from localities.categories import ActorCategory
from localities.models import Locality
from people.consent import Purpose
from people.models import AgeBand, Consent, Sex
from workshops.models import Attendance, Disability, Entry, Participation, Residence, Standing, Workshop

YES_NO = [("yes", _("Yes")), ("no", _("No"))]

Rows = QuerySet[Participation]


def agrees_to_contact() -> Exists:
    given = Consent.objects.filter(purpose=Purpose.CONTACT, withdrawn_at=None)
    return Exists(given.filter(person=OuterRef("person")))


def with_consent(rows: Rows) -> Rows:
    """`may_contact`: whether the person agrees to be contacted."""
    return rows.annotate(may_contact=agrees_to_contact())


def choices(values: Any, label: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(choices=values, label=label, empty_label=_("All"))


class ParticipantFilter(django_filters.FilterSet):
    text = django_filters.CharFilter(method="with_text", label=_("Position or organisation"))
    category = choices(ActorCategory.choices, _("Category"))
    stage = django_filters.ChoiceFilter(
        method="at_stage",
        label=_("Attendance"),
        empty_label=_("All"),
        choices=[("attended", _("Was there")), ("not", _("Not marked as there"))],
    )
    authority = django_filters.ChoiceFilter(
        method="is_authority", label=_("Local authority"), choices=YES_NO, empty_label=_("All")
    )
    sex = choices(Sex.choices, _("Sex"))
    age_band = choices(AgeBand.choices, _("Age"))
    comes_from = django_filters.ChoiceFilter(method="from_place", label=_("Comes from"), empty_label=_("All"))
    contact = django_filters.ChoiceFilter(
        method="may_be_contacted", label=_("May be contacted"), choices=YES_NO, empty_label=_("All")
    )
    entry = choices(Entry.choices, _("Entered"))
    residence = choices(Residence.choices, _("Lives in"))
    standing = choices(Standing.choices, _("Office, money or title"))
    disability = choices(Disability.choices, _("Disability"))

    class Meta:
        model = Participation
        fields: list[str] = []

    def __init__(self, *args: Any, workshop: Workshop, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Locality.objects.filter(pk__in=workshop.participations.order_by().values("locality"))
        places = [(place.code, str(place)) for place in used]
        self.filters["comes_from"].field.choices = [("", _("All")), *places, ("unstated", _("Not stated"))]

    def with_text(self, rows: Rows, name: str, value: str) -> Rows:
        for word in value.split()[:10]:
            rows = rows.filter(
                Q(position__title__icontains=word)
                | Q(organization__name__icontains=word)
                | Q(position__organization__name__icontains=word)
            )
        return rows

    def at_stage(self, rows: Rows, name: str, value: str) -> Rows:
        was_there = Exists(Attendance.objects.filter(participation=OuterRef("pk")))
        return rows.filter(was_there if value == "attended" else ~was_there)

    def is_authority(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(counted_as_local_authority=value == "yes")

    def from_place(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(locality=None) if value == "unstated" else rows.filter(locality__code=value)

    def may_be_contacted(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(agrees_to_contact() if value == "yes" else ~agrees_to_contact())
