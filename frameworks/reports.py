"""The numbered items of a framework as the tree that its document prints."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from frameworks.models import Framework, Provision, ProvisionLink


@dataclass
class Links:
    """What items carry out, and what carries them out, by their keys (F05)."""

    up: dict[int, list[Provision]] = field(default_factory=dict)
    down: dict[int, list[Provision]] = field(default_factory=dict)


@dataclass
class ProvisionNode:
    """An item and those below it, in reading order; what it carries out, and what carries it out."""

    provision: Provision
    children: list["ProvisionNode"] = field(default_factory=list)
    carries_out: list[Provision] = field(default_factory=list)
    carried_out_by: list[Provision] = field(default_factory=list)


def links_of(framework: Framework) -> Links:
    """Both ends of the chain from one framework. One query."""
    found = Links()
    known = ProvisionLink.objects.serving().filter(
        Q(lower__framework=framework) | Q(upper__framework=framework)
    )
    for link in known.select_related("lower__framework", "upper__framework").order_by(
        "lower__framework__code", "lower__order", "upper__framework__code", "upper__order"
    ):
        found.up.setdefault(link.lower_id, []).append(link.upper)
        found.down.setdefault(link.upper_id, []).append(link.lower)
    return found


def provision_tree(items: Iterable[Provision], links: Links | None = None) -> list[ProvisionNode]:
    """The items of one framework as a tree; its roots are the pillars, axes or goals."""
    links = links or Links()
    nodes = {
        item.pk: ProvisionNode(
            item, carries_out=links.up.get(item.pk, []), carried_out_by=links.down.get(item.pk, [])
        )
        for item in sorted(items, key=lambda item: item.order)
    }
    roots: list[ProvisionNode] = []
    for node in nodes.values():
        parent = nodes.get(node.provision.parent_id) if node.provision.parent_id else None
        (parent.children if parent else roots).append(node)
    return roots
