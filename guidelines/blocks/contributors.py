"""Who made it possible: institutions and councils, never persons (F100, domain.md §2.7).

Institutions are those that hold a seat on a committee, which its page tells anyway. Who is known from a
registration in a workshop only would be known to have come: nothing is read of participants."""

from collections import defaultdict

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from committees.models import Committee, Seat
from core.joints import listed
from guidelines.blocks.asked import Asked
from guidelines.blocks.values import BlockValue, Column, RowGroup, TableValue
from guidelines.models import Block, FieldTest, Signatory
from localities.search import search_text
from people.models import Organization, OrganizationKind

PLACES = 3  # named beside an institution; of more, how many


def contributors(asked: Asked) -> BlockValue:
    found = [
        RowGroup(_("Ministries that sign"), _signatories(asked)),
        *_of_committees(asked),
        RowGroup(_("Localities in which it was tried"), _field_tests(asked)),
    ]
    groups = tuple(group for group in found if group.rows)
    columns = (Column(_("Institution"), 5), Column(_("Where"), 4))
    return BlockValue(
        Block.CONTRIBUTORS,
        _("Contributors, by institution"),
        asked.today,
        _("Committees, field tests and signatories, as recorded in the portal. No person is named."),
        parts=(TableValue(_("Institutions that contributed"), columns, groups),) if groups else (),
        empty="" if groups else _("No committee has seats yet, and no locality has tried the text."),
    )


def _signatories(asked: Asked) -> tuple[tuple[str, ...], ...]:
    country = asked.guidelines.country
    rows = Signatory.objects.filter(country=country, ended_on=None).order_by("order", "pk")
    return tuple((row.institution, str(country)) for row in rows if row.is_named)


def _field_tests(asked: Asked) -> tuple[tuple[str, ...], ...]:
    tests = FieldTest.objects.filter(guidelines=asked.guidelines, starts_on__lte=asked.today)
    return _sorted({(str(test.locality), test.locality.kind) for test in tests.select_related("locality")})


def _of_committees(asked: Asked) -> list[RowGroup]:
    """Organisations by kind, then the committees themselves; none of a place where it may not be known that
    a workshop at high risk takes place."""
    country = asked.guidelines.country
    hidden = asked.hidden_places
    seats = (
        Seat.objects.current()
        .filter(committee__in=Committee.objects.working().filter(locality__country=country))
        .select_related("committee__locality", "position__organization", "organization")
    )
    places: dict[Organization, set[str]] = defaultdict(set)
    committees: set[tuple[str, ...]] = set()
    for seat in seats:
        locality = seat.committee.locality
        if any(locality.path.startswith(path) for path in hidden):
            continue
        committees.add((seat.committee.name, str(locality)))
        organization = seat.organization or (seat.position and seat.position.organization)
        if organization:
            places[organization].add(str(locality))
    by_kind: dict[str, set[tuple[str, ...]]] = defaultdict(set)
    for organization, where in places.items():
        by_kind[organization.kind].add((organization.name, _where(where)))
    groups = [RowGroup(str(kind.label), _sorted(by_kind[kind])) for kind in OrganizationKind]
    return [*groups, RowGroup(_("Committees"), _sorted(committees))]


def _where(places: set[str]) -> str:
    names = sorted(places, key=search_text)
    if len(names) <= PLACES:
        return listed(names)
    more = len(names) - PLACES
    words = ngettext("%(places)s and %(n)s more", "%(places)s and %(n)s more", more)
    return words % {"places": listed(names[:PLACES]), "n": more}


def _sorted(rows: set[tuple[str, ...]]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(rows, key=lambda row: (search_text(row[0]), row)))
