"""Positions and organisations of many rows, looked up together and made where they are new."""

from typing import Any

from people.models import Organization, Position
from people.names import text_key
from workshops.models import Workshop


def in_one_order(office: tuple[tuple[int | None, str], str]) -> tuple[int, str]:
    (organization, key), _title = office
    return organization or 0, key


class Offices:
    """What rows name, as keys of the database. Each name is looked up once in an import."""

    def __init__(self, workshop: Workshop) -> None:
        self.workshop = workshop
        self.organizations: dict[str, int] = {}
        self.positions: dict[tuple[int | None, str], int] = {}

    def make(self, rows: list[dict[str, Any]]) -> None:
        """Make sure that every office of these rows exists."""
        self._make_organizations(
            {text_key(row["organization"])[:200]: row["organization"] for row in rows if row["organization"]}
        )
        self._make_positions(
            {
                (self.organization_of(row), text_key(row["position"])[:160]): row["position"]
                for row in rows
                if row["position"]
            }
        )

    def of(self, row: dict[str, Any]) -> tuple[int | None, int | None]:
        """Position and organisation of one row."""
        organization = self.organization_of(row)
        position = self.positions.get((organization, text_key(row["position"])[:160]))
        return position, organization

    def organization_of(self, row: dict[str, Any]) -> int | None:
        return self.organizations.get(text_key(row["organization"])[:200])

    def _make_organizations(self, names: dict[str, str]) -> None:
        wanted = {key: name for key, name in names.items() if key not in self.organizations}
        country = self.workshop.locality.country
        known = Organization.objects.filter(country=country, key__in=wanted)
        self.organizations |= dict(known.values_list("key", "pk"))
        # Sorted, so that two lists with the same new names do not wait for each other.
        missing = sorted(key for key in wanted if key not in self.organizations)
        if missing:
            is_demo = self.workshop.is_demo
            Organization.objects.bulk_create(
                [
                    Organization(country=country, key=key, name=wanted[key], is_demo=is_demo)
                    for key in missing
                ],
                ignore_conflicts=True,
            )
            self.organizations |= dict(known.values_list("key", "pk"))

    def _make_positions(self, titles: dict[tuple[int | None, str], str]) -> None:
        wanted = {office: title for office, title in titles.items() if office not in self.positions}
        self._look_up({key for _organization, key in wanted})
        missing = {office: title for office, title in wanted.items() if office not in self.positions}
        if missing:
            Position.objects.bulk_create(
                [
                    Position(
                        locality=self.workshop.locality,
                        organization_id=organization,
                        key=key,
                        title=title,
                        is_demo=self.workshop.is_demo,
                    )
                    for (organization, key), title in sorted(missing.items(), key=in_one_order)
                ],
                ignore_conflicts=True,
            )
            self._look_up({key for _organization, key in missing})

    def _look_up(self, keys: set[str]) -> None:
        known = Position.objects.filter(locality=self.workshop.locality, key__in=keys)
        for organization, key, pk in known.values_list("organization", "key", "pk"):
            self.positions[organization, key] = pk
