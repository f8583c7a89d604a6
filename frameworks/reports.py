"""The numbered items of a framework as the tree that its document prints."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from frameworks.models import Provision


@dataclass
class ProvisionNode:
    """An item and those below it, in reading order."""

    provision: Provision
    children: list["ProvisionNode"] = field(default_factory=list)


def provision_tree(items: Iterable[Provision]) -> list[ProvisionNode]:
    """The items of one framework as a tree; its roots are the pillars, axes or goals."""
    nodes = {item.pk: ProvisionNode(item) for item in sorted(items, key=lambda item: item.order)}
    roots: list[ProvisionNode] = []
    for node in nodes.values():
        parent = nodes.get(node.provision.parent_id) if node.provision.parent_id else None
        (parent.children if parent else roots).append(node)
    return roots
