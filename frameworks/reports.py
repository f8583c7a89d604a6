"""What the pages of frameworks show: the tree of items as printed, and who leads the national plans."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Self

from django.db.models import Q

from frameworks.models import Framework, Lead, LeadKind, Provision, ProvisionLink


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


@dataclass(frozen=True)
class LedPlan:
    """A National Action Plan, who leads it, and how many local plans follow it that the reader may see."""

    lead: Lead
    local_plans: int


@dataclass(frozen=True)
class LeadShare:
    """What the plans led by one kind of institution have in common (F93)."""

    kind: str
    plans: int
    with_budget: int
    localized: int  # with at least one local plan that the reader may see


@dataclass(frozen=True)
class LeadComparison:
    """National Action Plans by the kind of institution that leads them (F93)."""

    rows: list[LedPlan]
    shares: list[LeadShare]

    @classmethod
    def from_leads(cls, leads: Any, *, user: Any) -> Self:
        """Two queries."""
        found = list(leads.select_related("framework__country"))
        plans: Any = Framework._meta.get_field("local_plans").related_model._default_manager
        seen = plans.visible_to(user).filter(nap__in=[lead.framework_id for lead in found])
        local = Counter(seen.order_by().values_list("nap", flat=True))
        rows = [LedPlan(lead, local[lead.framework_id]) for lead in found]
        rows.sort(key=lambda row: (str(row.lead.framework.country), row.lead.framework.generation))
        return cls(rows, [cls._share(kind, rows) for kind in LeadKind if _led_by(kind, rows)])

    @staticmethod
    def _share(kind: LeadKind, rows: list[LedPlan]) -> LeadShare:
        own = _led_by(kind, rows)
        return LeadShare(
            kind=str(kind.label),
            plans=len(own),
            with_budget=sum(bool(row.lead.framework.has_budget) for row in own),
            localized=sum(row.local_plans > 0 for row in own),
        )


def _led_by(kind: LeadKind, rows: list[LedPlan]) -> list[LedPlan]:
    return [row for row in rows if row.lead.kind == kind]
