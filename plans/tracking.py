"""Remembering a part of a plan as each save left it (models.Revision; decision 0013).

Values are kept as they can be restored on any site: codes for rows, ISO dates, numbers as text.
"""

import datetime
from decimal import Decimal
from typing import Any

from django.db import models

from accounts.models import User
from core.conflicts import RowRemoved
from frameworks.models import Provision
from plans.models import Activity, Alignment, BudgetLine, Indicator, Objective, Revision, Subject
from plans.subjects import subject_kind

TRACKED: dict[Subject, tuple[str, ...]] = {
    Subject.PLAN: (
        "title",
        "local_name",
        "generation",
        "predecessor",
        "period_start",
        "period_end",
        "period_label",
        "language",
        "nap",
        "no_nap_reason",
        "foreword_by",
        "is_public",
    ),
    Subject.SECTION: ("text",),
    Subject.ISSUE: ("text", "affected", "themes"),
    Subject.OBJECTIVE: ("text", "pillar", "local_reason"),
    Subject.ACTIVITY: (
        "text",
        "expected_output",
        "target_groups",
        "location",
        "responsible",
        "supporting",
        "starts_on",
        "ends_on",
        "cost",
        "no_cost",
        "gender_lens",
        "conflict_lens",
        "do_no_harm",
        "risks",
        "themes",
        "issues",
        "engages_men_boys",
        "state",
        "state_reason",
        "state_note",
    ),
    Subject.INDICATOR: (
        "text",
        "kind",
        "unit",
        "split_by",
        "baseline",
        "baseline_on",
        "baseline_text",
        "target",
        "target_text",
        "yearly_targets",
        "means_of_verification",
        "frequency",
        "responsible",
        "definition",
    ),
    Subject.BUDGET_LINE: (
        "source",
        "source_name",
        "fiscal_year",
        "planned",
        "allocated",
        "disbursed",
        "spent",
        "is_core",
        "is_long_term",
        "is_consortium",
        "note",
    ),
}

# What became of it, not what was planned: kept, and left alone when an old text is taken back.
PROGRESS: dict[Subject, frozenset[str]] = {
    Subject.ACTIVITY: frozenset({"state", "state_reason", "state_note"}),
    Subject.BUDGET_LINE: frozenset({"allocated", "disbursed", "spent"}),
}

# What a part stands under: where it belongs when it is taken back after it was removed.
PARENTS: dict[Subject, str] = {
    Subject.ACTIVITY: "objective",
    Subject.INDICATOR: "activity",
    Subject.BUDGET_LINE: "activity",
}

# Where a part came from: no text, so it is kept only for a part that is made again.
ORIGINS: dict[Subject, str] = {
    Subject.ISSUE: "found_as",
    Subject.OBJECTIVE: "started_from",
    Subject.ACTIVITY: "commitment",
}

ORIGIN = "origin"
SERVES = "serves"  # of objectives and activities: [framework, provision, strength, why], in order


def values_of(row: Any) -> dict[str, Any]:
    """The tracked fields of `row` as JSON can hold and `plans.restoring` can read them."""
    kind = subject_kind(row)
    values = {name: _kept(row, name) for name in TRACKED[kind]}
    if kind in {Subject.OBJECTIVE, Subject.ACTIVITY}:
        values[SERVES] = _serves(row.alignments.select_related("provision__framework"))
    if kind in PARENTS:
        values[PARENTS[kind]] = _kept(row, PARENTS[kind])
    if kind in ORIGINS:
        values[ORIGIN] = _origin(getattr(row, ORIGINS[kind]))
    return values


def _origin(row: Any) -> list[str]:
    """The code of a row; a provision's is its own only together with that of its framework."""
    if row is None:
        return []
    return [row.framework.code, row.code] if isinstance(row, Provision) else [row.code]


def _serves(alignments: models.QuerySet[Alignment]) -> list[list[str]]:
    return [
        [each.provision.framework.code, each.provision.code, each.strength, each.justification]
        for each in alignments.order_by("provision__framework__code", "provision__order")
    ]


def _kept(row: Any, name: str) -> Any:
    field = row._meta.get_field(name)
    if isinstance(field, models.ManyToManyField):
        return sorted(getattr(row, name).values_list("code", flat=True))
    value = getattr(row, name)
    if isinstance(field, models.ForeignKey):
        return value.code if value else None
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(field, models.DecimalField) and value is not None:
        # 10 and 10.00 are the same number; a default may be no Decimal yet.
        return format(Decimal(value).normalize(), "f")
    return value


def keep_baseline(row: Any) -> None:
    """Remember the row as it stands in the database, if that version is not remembered yet: rows that
    are older than their history begin with it. Call before the row is written."""
    current = type(row)._default_manager.filter(pk=row.pk).first()
    if current is not None and not _is_kept(current):
        keep_revision(current, by=current.updated_by)


def keep_revision(row: Any, *, by: User | None, note: str = "") -> Revision:
    """Remember the row as it is now, with its lists. Call after everything of it is written."""
    return Revision.objects.create(
        plan=row.plan,
        subject=subject_kind(row),
        subject_code=row.code,
        version=row.row_version,
        values=values_of(row),
        by=by,
        note=note,
    )


def keep_removal(row: Any, *, by: User, note: str = "") -> None:
    """Remember that the row was taken away, as it was then, and with it what stands under it.
    Call before it is deleted, with its plan held. `note` is the code of the part that it went with.
    Raises RowRemoved when somebody was faster."""
    try:
        row.refresh_from_db()
    except type(row).DoesNotExist:
        raise RowRemoved from None
    for part in _under(row):
        keep_removal(part, by=by, note=row.code)
    row.row_version += 1
    revision = keep_revision(row, by=by, note=note)
    revision.removed = True
    revision.save(update_fields=["removed"])


def _under(row: Any) -> list[Any]:
    if isinstance(row, Objective):
        return list(Activity.objects.filter(objective=row).select_related("objective__plan"))
    if isinstance(row, Activity):
        lines = [model.objects.filter(activity=row) for model in (Indicator, BudgetLine)]
        return [part for parts in lines for part in parts.select_related("activity__objective__plan")]
    return []


def _is_kept(row: Any) -> bool:
    return revisions_of(row).filter(version=row.row_version).exists()


def revisions_of(row: Any) -> models.QuerySet[Revision]:
    """What is remembered of the row, newest first."""
    return Revision.objects.filter(plan=row.plan, subject=subject_kind(row), subject_code=row.code)
