"""What changed in a plan, when and by whom: readable differences of every field of every part."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from core.differences import Piece, pieces
from plans.models import BudgetSource, LocalActionPlan, PlanSection, Revision, Subject
from plans.reports.vocabulary import Vocabulary, label_of
from plans.tracking import ORIGIN


@dataclass(frozen=True)
class FieldChange:
    """One field of one save: what was taken out and what came in."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True)
class HistoryEntry:
    """One save of one part. `labels` names the fields that it changed."""

    revision: Revision
    name: str
    is_first: bool
    labels: list[str]
    changes: list[FieldChange]


def with_previous(revisions: QuerySet[Revision]) -> QuerySet[Revision]:
    """Each with `previous_pk`, the save of the same part before it."""
    before = Revision.objects.filter(
        plan=OuterRef("plan"),
        subject=OuterRef("subject"),
        subject_code=OuterRef("subject_code"),
        version__lt=OuterRef("version"),
    ).order_by("-version")
    return revisions.select_related("by").annotate(previous_pk=Subquery(before.values("pk")[:1]))


def history_of(
    plan: LocalActionPlan, revisions: Iterable[Any], *, in_full: bool = False
) -> list[HistoryEntry]:
    """The entries of a page. Two queries, and those of the words when the values are shown `in_full`."""
    rows = list(revisions)
    before = Revision.objects.in_bulk({row.previous_pk for row in rows if row.previous_pk})
    sections = dict(plan.sections.values_list("code", "kind"))
    words = Vocabulary(plan)
    if in_full:
        words.learn((row.subject, row.values) for row in [*rows, *before.values()])
    found = []
    for row in rows:
        old = before[row.previous_pk].values if row.previous_pk else {}
        names = changed(old, row.values) if not row.removed else []
        changes = [FieldChange(label_of(row.subject, name), words.change(row, old, name)) for name in names]
        labels = [change.label for change in changes]
        name = part_name(row.subject, row.values, section=sections.get(row.subject_code, ""))
        found.append(HistoryEntry(row, name, not old, labels, changes if in_full else []))
    return found


def changed(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """The fields in which two saves differ; of the first, those that hold something. A field that was
    not remembered yet did not change."""
    shown = {name: value for name, value in new.items() if name != ORIGIN}
    if not old:
        return [name for name, value in shown.items() if value not in (None, "", [], {}, False)]
    return [name for name, value in shown.items() if name in old and old[name] != value]


def part_name(kind: Subject | str, values: dict[str, Any], *, section: str = "") -> str:
    """What a part is called in a list: from its own words, for it may be gone."""
    label = str(Subject(kind).label)
    if kind == Subject.PLAN:
        return label
    if kind == Subject.SECTION:
        return str(dict(PlanSection._meta.get_field("kind").flatchoices).get(section, label))
    if kind == Subject.BUDGET_LINE:
        source = dict(BudgetSource.choices).get(values.get("source", ""), "")
        return f"{label}: {values.get('fiscal_year', '')} {source}"
    text = str(values.get("text", ""))
    return f"{label}: {text[:77]}…" if len(text) > 78 else f"{label}: {text}"


def differences_of(
    plan: LocalActionPlan, kind: Subject | str, old: dict[str, Any], new: dict[str, Any]
) -> list[FieldChange]:
    """What would change from the one state of a part to the other."""
    words = Vocabulary(plan)
    words.learn([(kind, old), (kind, new)])
    return [
        FieldChange(
            label_of(kind, name),
            pieces(words.of(kind, name, old.get(name)), words.of(kind, name, new.get(name))),
        )
        for name in new
        if name != ORIGIN and old.get(name) != new.get(name)
    ]


def who(revision: Revision, *, may_know: bool) -> str:
    """The account's name for whoever works on the plan; nobody else needs to know who it was."""
    if not may_know:
        return gettext("the committee")
    return str(revision.by) if revision.by else gettext("not known")
