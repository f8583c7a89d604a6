"""What of a plan under amendment differs from its last edition, part by part."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from plans.document import document_of
from plans.models import Edition, LocalActionPlan, SectionKind, Subject

Part = tuple[Subject, str]
Document = dict[str, Any]

# Facts about the plan that are not its text, and what is derived from other parts.
NOT_WRITTEN = {
    Subject.PLAN: {"format", "code", "country", "locality", "committee", "adoption"},
    Subject.ISSUE: {"number", "activities"},
    Subject.OBJECTIVE: {"number", "activities"},
    Subject.ACTIVITY: {"number", "indicators", "budget"},
}
# Names of positions, institutions, themes and frameworks. They may change outside of the plan, where
# nobody amends it: such a change counts only in a part that was written meanwhile.
NAMES = {"lead", "supporting", "responsible", "foreword_by", "themes"}
IN_A_STATEMENT = ("framework", "provision", "strength", "justification")


@dataclass(frozen=True)
class PartDifference:
    """One part that was changed, added or removed since the edition; `code` leads to its history."""

    kind: Subject
    code: str
    name: str
    what: str
    is_in_edition: bool = True


def differences(plan: LocalActionPlan, edition: Edition, *, since: datetime.datetime) -> list[PartDifference]:
    """Empty when the plan says what the edition says. `since` is when its texts were opened."""
    then, now = edition.content, document_of(plan)
    sections = dict(plan.sections.values_list("kind", "code"))
    old, new = dict(_parts(then, sections)), dict(_parts(now, sections))
    written = set(plan.revisions.filter(at__gte=since).values_list("subject", "subject_code"))
    found = []
    for part in [*old, *(part for part in new if part not in old)]:
        if part not in new:
            what = gettext("removed")
        elif part not in old:
            what = gettext("added")
        elif _differs(old[part], new[part], with_names=(part[0].value, part[1]) in written):
            what = gettext("changed")
        else:
            continue
        name = _name(part, new.get(part) or old[part], sections)
        found.append(PartDifference(*part, name, what, is_in_edition=part in old))
    if not found and _order(then) != _order(now):
        order = gettext("Order of issues, objectives or activities")
        found.append(PartDifference(Subject.PLAN, plan.code, order, gettext("changed")))
    return found


def _parts(document: Document, sections: dict[str, str]) -> Iterator[tuple[Part, Document]]:
    """Every part with what is written in it, in the order of the plan."""
    frame = {
        key: value for key, value in document.items() if not isinstance(value, list) and key != "sections"
    }
    yield (Subject.PLAN, document["code"]), _written(Subject.PLAN, frame)
    for kind, text in document["sections"].items():
        yield (Subject.SECTION, sections.get(kind, kind)), {"text": text}
    for issue in document["issues"]:
        yield (Subject.ISSUE, issue["code"]), _written(Subject.ISSUE, issue)
    for objective in document["objectives"]:
        yield (Subject.OBJECTIVE, objective["code"]), _written(Subject.OBJECTIVE, objective)
        for activity in objective["activities"]:
            own = _written(Subject.ACTIVITY, activity) | {"objective": objective["code"]}
            yield (Subject.ACTIVITY, activity["code"]), own
            for indicator in activity["indicators"]:
                yield (Subject.INDICATOR, indicator["code"]), indicator | {"activity": activity["code"]}
            for line in activity["budget"]:
                yield (Subject.BUDGET_LINE, line["code"]), line | {"activity": activity["code"]}


def _written(kind: Subject, values: Document) -> Document:
    kept = {key: value for key, value in values.items() if key not in NOT_WRITTEN[kind]}
    if "serves" in kept:
        kept["serves"] = [[each.get(key) for key in IN_A_STATEMENT] for each in kept["serves"]]
    if kept.get("nap"):
        kept["nap"] = kept["nap"]["code"]
    return kept


def _differs(old: Document, new: Document, *, with_names: bool) -> bool:
    left_out: set[str] = set() if with_names else NAMES
    return any(old.get(key) != new.get(key) for key in {*old, *new} - left_out)


def _order(document: Document) -> list[Any]:
    return [
        [issue["code"] for issue in document["issues"]],
        [(each["code"], [one["code"] for one in each["activities"]]) for each in document["objectives"]],
    ]


def _name(part: Part, values: Document, sections: dict[str, str]) -> str:
    """What the part is called in a list: its kind, and how its text begins."""
    kind, code = part
    if kind == Subject.SECTION:
        return next((str(SectionKind(each).label) for each, own in sections.items() if own == code), code)
    text = values.get("text") or values.get("source_name") or values.get("title") or ""
    return f"{kind.label}: {text[:80]}" if text else str(kind.label)
