"""What the state has promised, by pillar, and what localities do about it: the heart of Guidelines (S0)."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.joints import listed
from frameworks.models import Framework, Provision
from frameworks.pillars import Pillar
from guidelines.blocks.asked import Asked
from guidelines.blocks.values import BlockValue, Column, RowGroup, TableValue, TextValue
from guidelines.models import Block
from localities.models import name_in
from plans.models import Activity, ActivityState, Alignment, AlignmentState
from plans.states import IN_FORCE_STATES

EXAMPLES = 3  # activities shown of an item
LONGEST_EXAMPLE = 180  # characters of one
WIDE_FROM = 30  # items: from then on a page across


@dataclass(frozen=True)
class Served:
    """Who serves an item: how many adopted plans, and a few of their activities in words."""

    plans: int
    examples: tuple[str, ...]


NOBODY = Served(0, ())


def nap_items_by_pillar(asked: Asked) -> BlockValue:
    nap = asked.guidelines.nap
    items = list(nap.provisions.items().order_by("order")) if nap else []
    parts: tuple[TableValue | TextValue, ...] = ()
    if nap and items:
        parts = (_table(nap, items), *_notes(items))
    return BlockValue(
        Block.NAP_ITEMS,
        nap.title if nap else _("Items of the National Action Plan"),
        asked.today,
        _source(nap),
        parts=parts,
        empty="" if parts else _nothing(nap),
    )


def _table(nap: Framework, items: list[Provision]) -> TableValue:
    served = served_by_plans(nap)
    has_examples = any(each.examples for each in served.values())
    columns = [Column(_("No."), 2), Column(_("Item"), 10)]
    if has_examples:
        columns.append(Column(_("Activities of local plans, as examples"), 10))
    columns.append(Column(_("Local plans"), 3, is_number=True))
    rows: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    language = get_language() or "en"
    for item in items:
        first, *others = item.pillars or [Pillar.SUPPORT]
        Pillar(first)  # an unknown pillar is a broken block, not a row that vanishes
        found = served.get(item.pk, NOBODY)
        cells = [item.code + ("*" if item.own_number else ""), _with_pillars(item.text_in(language), others)]
        if has_examples:
            cells.append("\n".join(found.examples) or "–")
        rows[first].append((*cells, str(found.plans)))
    groups = tuple(RowGroup(str(pillar.label), tuple(rows[pillar])) for pillar in Pillar if pillar in rows)
    caption = _("Items of the National Action Plan, by pillar")
    return TableValue(caption, tuple(columns), groups, is_wide=len(items) >= WIDE_FROM)


def _with_pillars(text: str, others: list[str]) -> str:
    """An item stands once, under the first of its pillars, with the others named."""
    if not others:
        return text
    labels = listed(Pillar(pillar).label for pillar in others)
    return f"{text}\n" + _("Serves also: %(pillars)s") % {"pillars": labels}


def served_by_plans(nap: Framework) -> dict[int, Served]:
    """By item: plans in force that serve it by an objective or an activity, and examples. An activity that
    names the item itself comes before one whose objective does; then the newest plan first.

    Examples are only what the public may read as it is: plans shown to the public, not under amendment,
    statements nobody doubts, activities that were not dropped."""
    plans: dict[int, set[int]] = defaultdict(set)
    by_objective: dict[int, list[int]] = defaultdict(list)
    by_activity: dict[int, list[int]] = defaultdict(list)
    in_force = Q(objective__plan__state__in=IN_FORCE_STATES)
    of_activity = Q(activity__objective__plan__state__in=IN_FORCE_STATES)
    stated = Alignment.objects.filter(in_force | of_activity, provision__framework=nap).order_by("pk")
    for item, state, objective, activity, plan, other_plan in stated.values_list(
        "provision", "state", "objective", "activity", "objective__plan", "activity__objective__plan"
    ):
        plans[item].add(plan or other_plan)
        if state != AlignmentState.DOUBTED:
            (by_activity[activity] if activity else by_objective[objective]).append(item)
    examples: dict[int, list[str]] = defaultdict(list)
    activities = _activities(nap) if plans else []
    said: dict[int, str] = {}  # one activity serves several items
    for names_it in (by_activity, by_objective):
        for row in activities:
            key = row["pk"] if names_it is by_activity else row["objective"]
            for item in names_it.get(key, ()):
                if len(examples[item]) == EXAMPLES:
                    continue
                words = said.get(row["pk"]) or said.setdefault(row["pk"], _in_words(row))
                if words not in examples[item]:
                    examples[item].append(words)
    return {item: Served(len(found), tuple(examples.get(item, ()))) for item, found in plans.items()}


def _activities(nap: Framework) -> list[dict[str, Any]]:
    """Those that serve an item of it, or whose objective does; the newest plans first."""
    stated = Alignment.objects.filter(provision__framework=nap).exclude(state=AlignmentState.DOUBTED)
    activities = Activity.objects.filter(
        Q(pk__in=stated.exclude(activity=None).values("activity"))
        | Q(objective__in=stated.exclude(objective=None).values("objective")),
        objective__plan__state__in=IN_FORCE_STATES,
        objective__plan__is_public=True,
        objective__plan__is_amending=False,
    ).exclude(state=ActivityState.DROPPED)
    place = "objective__plan__locality__"
    return list(
        activities.order_by("-objective__plan__adopted_on", "objective__order", "order", "pk").values(
            "pk", "objective", "text", f"{place}name", f"{place}names"
        )
    )


def _in_words(row: dict[str, Any]) -> str:
    place = "objective__plan__locality__"
    text = " ".join(row["text"].split())
    if len(text) > LONGEST_EXAMPLE:  # it is slow, and most are short
        text = Truncator(text).chars(LONGEST_EXAMPLE)
    return f"{text} ({name_in(row[f'{place}names'], row[f'{place}name'])})"


def _notes(items: list[Provision]) -> tuple[TextValue, ...]:
    if not any(item.own_number for item in items):
        return ()
    return (TextValue(_("* The source gives no number: it was numbered in the portal.")),)


def _source(nap: Framework | None) -> str:
    here = _("plans adopted, from the records of this portal.")
    if nap is None or not nap.source:
        return _("Items, shortened; %(here)s") % {"here": here}
    if nap.as_of is None:
        return _("Items, shortened: %(source)s; %(here)s") % {"source": nap.source.rstrip("."), "here": here}
    return _("Items, shortened: %(source)s, as of %(day)s; %(here)s") % {
        "source": nap.source.rstrip("."),
        "day": date_format(nap.as_of),
        "here": here,
    }


def _nothing(nap: Framework | None) -> str:
    if nap is None:
        return _(
            "These guidelines rest on no National Action Plan: "
            "local plans align with the resolutions directly."
        )
    return _("The items of the %(title)s are not in the portal yet.") % {"title": nap.title}
