"""A National Action Plan that replaces another: which item goes on as which, and which plans it touches."""

from dataclasses import dataclass
from typing import Any

from frameworks.models import Framework, LinkKind, LinkState, Provision, ProvisionLink
from frameworks.similarity import LOADED_IN, Suggestion, suggest
from plans.models import Activity, Alignment, LocalActionPlan
from plans.states import PlanState
from plans.succession import continued, last_successor

OVER = [PlanState.CLOSED, PlanState.SUPERSEDED, PlanState.WITHDRAWN]  # these need no anchor any more
PROPOSED_FROM = 35  # percent; below it two items share little more than that they speak of women


@dataclass(frozen=True)
class ItemMapping:
    """One old item: what was decided about it, and what the portal proposes."""

    item: Provision
    goes_on_as: Provision | None
    is_declined: bool  # somebody said that nothing goes on from it
    proposal: Suggestion | None

    @property
    def is_open(self) -> bool:
        return self.goes_on_as is None and not self.is_declined


def mappings_between(nap: Framework, successor: Framework) -> list[ItemMapping]:
    """For each item of the old plan. Three queries."""
    items = list(nap.provisions.items().order_by("order"))
    new = list(successor.provisions.items().select_related("framework").order_by("order"))
    confirmed: dict[int, Provision] = {}
    declined: set[int] = set()
    links = ProvisionLink.objects.filter(
        kind=LinkKind.CONTINUED_BY, lower__framework=nap, upper__framework=successor
    )
    for link in links.select_related("upper"):
        if link.state == LinkState.CONFIRMED:
            confirmed[link.lower_id] = link.upper
        elif link.state == LinkState.DECLINED:
            declined.add(link.lower_id)
    return [
        ItemMapping(
            item=item,
            goes_on_as=confirmed.get(item.pk),
            is_declined=item.pk in declined and item.pk not in confirmed,
            proposal=next(iter(suggest(item.text, LOADED_IN, new, most=1, threshold=PROPOSED_FROM)), None),
        )
        for item in items
    ]


@dataclass(frozen=True)
class AffectedPlan:
    """A local plan that follows the old one: how many of its statements go on, and which do not."""

    plan: LocalActionPlan
    going_on: list[tuple[Provision, Provision]]
    ending: list[Provision]


def affected_plans(nap: Framework, successor: Framework | None, *, reader: Any) -> list[AffectedPlan]:
    """Those that `reader` may see and that are still followed or written."""
    plans = LocalActionPlan.objects.visible_to(reader).filter(nap=nap).exclude(state__in=OVER)
    known = {plan.pk: plan for plan in plans.for_list().order_by("locality__name", "code")}
    served: dict[int, dict[int, Provision]] = {key: {} for key in known}
    stated = Alignment.objects.filter(provision__framework=nap).select_related(
        "provision", "objective", "activity__objective"
    )
    for each in stated.visible_to(reader).order_by("provision__order"):
        plan = (each.objective or each.item.objective).plan_id
        if plan in served:
            served[plan][each.provision_id] = each.provision
    every = {item.pk: item for items in served.values() for item in items.values()}
    onward = continued(every.values(), successor) if successor else {}
    return [
        AffectedPlan(
            plan=plan,
            going_on=[(item, onward[item.pk]) for item in served[key].values() if item.pk in onward],
            ending=[item for item in served[key].values() if item.pk not in onward],
        )
        for key, plan in known.items()
    ]


@dataclass(frozen=True)
class Carrying:
    """A statement about the old plan and the item of the new one that it could be stated of."""

    alignment: Alignment
    number: str
    goes_on_as: Provision | None


def carryings(plan: LocalActionPlan) -> list[Carrying]:
    """For each statement about the replaced plan, in the order of the plan."""
    successor = last_successor(plan.nap)
    if successor is None:
        return []
    numbers = _numbers(plan)
    stated = list(
        Alignment.objects.of_plan(plan)
        .filter(provision__framework=plan.nap)
        .select_related("objective", "activity", "provision")
        .order_by("provision__order", "pk")
    )
    onward = continued({each.provision for each in stated}, successor)
    found = [
        Carrying(
            alignment=each,
            number=numbers["objective" if each.objective_id else "activity", each.item.pk],
            goes_on_as=onward.get(each.provision_id),
        )
        for each in stated
    ]
    return sorted(found, key=lambda each: [int(part) for part in each.number.split(".")])


def _numbers(plan: LocalActionPlan) -> dict[tuple[str, int], str]:
    """What objectives and activities are called in the plan: 2, 2.3."""
    numbers: dict[tuple[str, int], str] = {}
    count: dict[int, int] = {}
    for number, key in enumerate(
        plan.objectives.order_by("order", "pk").values_list("pk", flat=True), start=1
    ):
        numbers["objective", key], count[key] = str(number), 0
    rows = Activity.objects.filter(objective__plan=plan).order_by("order", "pk")
    for key, objective in rows.values_list("pk", "objective"):
        count[objective] += 1
        numbers["activity", key] = f"{numbers['objective', objective]}.{count[objective]}"
    return numbers
