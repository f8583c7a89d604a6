"""Where a user's roles hold, as a value: asked by rules and turned into filters by `visible_to`."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from accounts.roles import ROLES, Capability, Role

if TYPE_CHECKING:
    from localities.models import Locality


@dataclass(frozen=True)
class Grant:
    """One role in one place: everywhere (both None), a country, or a locality's subtree by path."""

    role: Role
    country_id: int | None = None
    path: str | None = None

    def allows(self, capability: Capability) -> bool:
        return capability in ROLES[self.role].capabilities

    def covers(self, locality: "Locality") -> bool:
        if self.path is not None:
            return locality.path.startswith(self.path)
        return self.country_id is None or self.country_id == locality.country_id


@dataclass(frozen=True)
class Scope:
    """All grants of a user."""

    grants: tuple[Grant, ...] = ()

    def anywhere(self, capability: Capability) -> bool:
        """Whether the user holds the capability in any place at all (what the menu offers)."""
        return any(grant.allows(capability) for grant in self.grants)

    def everywhere(self, capability: Capability) -> bool:
        """Whether the user holds it without any limit of place."""
        return any(
            grant.allows(capability) and grant.country_id is None and grant.path is None
            for grant in self.grants
        )

    def countries(self, capability: Capability) -> list[int]:
        """Ids of the whole countries in which the user holds it."""
        return [g.country_id for g in self.grants if g.allows(capability) and g.country_id is not None]

    def covers(self, capability: Capability, locality: "Locality") -> bool:
        """Whether the user holds the capability for this locality."""
        return any(grant.allows(capability) and grant.covers(locality) for grant in self.grants)

    def covers_country(self, capability: Capability, country_id: int) -> bool:
        """Whether the user holds the capability for a whole country."""
        return self.everywhere(capability) or country_id in self.countries(capability)

    def rows(self, capability: Capability, *, locality: str = "locality") -> Q:
        """The filter for rows whose `locality` (a lookup path, "" for Locality itself) is in scope."""
        if self.everywhere(capability):
            return ~Q(pk__in=[])  # all rows; an empty Q would vanish when it is or-ed with another
        prefix = f"{locality}__" if locality else ""
        found = Q(pk__in=[])
        for grant in self.grants:
            if not grant.allows(capability):
                continue
            if grant.path is not None:
                found |= Q(**{f"{prefix}path__startswith": grant.path})
            else:
                found |= Q(**{f"{prefix}country_id": grant.country_id})
        return found
