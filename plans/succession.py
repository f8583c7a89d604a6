"""From an item of a replaced National Action Plan to the one that it goes on as (BR18)."""

from collections.abc import Iterable

from frameworks.models import (
    Framework,
    FrameworkKind,
    LinkKind,
    LinkState,
    NapState,
    Provision,
    ProvisionLink,
)

LONGEST_CHAIN = 10  # generations; a country that has more has made a mistake


def last_successor(nap: Framework | None) -> Framework | None:
    """The plan that stands now in place of a replaced one, over several generations; None while it
    is not replaced."""
    seen: list[Framework] = []
    while nap is not None and nap.replaced_by is not None and len(seen) < LONGEST_CHAIN:
        nap = nap.replaced_by
        seen.append(nap)
    return seen[-1] if seen else None


def successors_on_offer(nap: Framework) -> list[Framework]:
    """Later plans of the same country that may take its place: not drafts, and not replaced themselves."""
    if nap.kind != FrameworkKind.NAP:
        return []
    later = Framework.objects.naps().filter(country=nap.country_id, generation__gt=nap.generation)
    return list(later.exclude(state__in=[NapState.DRAFT, NapState.SUPERSEDED]).order_by("generation"))


def continued(items: Iterable[Provision], nap: Framework) -> dict[int, Provision]:
    """By key of each item, the item of `nap` that it goes on as, over confirmed links only."""
    found = {item.pk: item for item in items}
    for _generation in range(LONGEST_CHAIN):
        open_ends = {item.pk for item in found.values() if item.framework_id != nap.pk}
        if not open_ends:
            break
        links = (
            ProvisionLink.objects.filter(
                kind=LinkKind.CONTINUED_BY, state=LinkState.CONFIRMED, lower__in=open_ends
            )
            .select_related("upper__framework")
            .order_by("-score", "upper__order")
        )
        onward: dict[int, Provision] = {}
        for link in links:
            onward.setdefault(link.lower_id, link.upper)
        found = {
            key: item if item.framework_id == nap.pk else onward[item.pk]
            for key, item in found.items()
            if item.framework_id == nap.pk or item.pk in onward
        }
    return {key: item for key, item in found.items() if item.framework_id == nap.pk}
