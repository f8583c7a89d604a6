"""Institutions that an office works with. No person, no address, no telephone number."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext

from committees.models import Committee, Seat
from lapportal.memory.activities import ActivityLine
from lapportal.views.places import DUTIES
from people.models import Organization, Position

MOST = 40


@dataclass(frozen=True)
class Contact:
    """An institution, and why one meets it."""

    name: str
    why: str
    url: str


def contacts_of(
    position: Position, committees: Iterable[Committee], led: Iterable[ActivityLine]
) -> list[Contact]:
    """Who is responsible, who sits on the same committees, who supports its activities, which ministries
    lead. Each once, for its first reason."""
    found: dict[str, Contact] = {}

    def add(organization: Organization | None, why: str) -> None:
        if organization is not None and organization.pk != position.organization_id:
            contact = Contact(str(organization), why, organization.get_absolute_url())
            found.setdefault(contact.name, contact)

    known = {committee.pk: committee for committee in committees}
    for committee in known.values():
        add(committee.responsible, gettext("responsible for %(committee)s") % {"committee": committee})
    seats = Seat.objects.current().filter(committee__in=known)
    for seat in seats.select_related("organization", "position__organization").order_by("pk"):
        sends = seat.organization or (seat.position.organization if seat.position else None)
        add(sends, gettext("sits on %(committee)s") % {"committee": known[seat.committee_id]})
    partners = Organization.objects.filter(
        positions__supported_activities__in=[line.activity.pk for line in led if line.is_going_on]
    )
    for organization in partners.distinct():
        add(organization, gettext("supports an activity of this office"))
    ministries = [
        Contact(name, str(DUTIES.get(duty, duty)), "")
        for duty, name in position.locality.country.ministries.items()
    ]
    return [*list(found.values())[:MOST], *ministries]
