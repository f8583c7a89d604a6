"""Taking an old state of a part back, as a new version; also of a part that was removed."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import EditConflict
from plans.models import Activity, Alignment, AlignmentState, LocalActionPlan, Objective, Revision, Subject
from plans.reports.vocabulary import label_of
from plans.restoring import Restored, provisions_of, restored
from plans.services.holding import held_open, save_part
from plans.subjects import MODELS, rows_of, subject_of
from plans.tracking import ORIGIN, ORIGINS, PARENTS, PROGRESS, SERVES, keep_revision, values_of

SAME_STEP = datetime.timedelta(minutes=1)  # what was removed with a part was remembered just before it


class RestoreRefused(Exception):
    """The old state does not fit the plan of today. `reasons` are sentences."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


@transaction.atomic
def restore_revision(revision: Revision, *, opened_version: int, by: User) -> Any:
    """The part as that revision holds it, as its next version. `opened_version` is that of the part as
    it stands, 0 when it is gone. Raises PlanClosed, RestoreRefused or EditConflict."""
    plan = held_open(revision.plan)
    row = subject_of(plan, revision.subject, revision.subject_code)
    if row is None:
        row = _recreate(plan, revision, by=by)
    else:
        _restore(row, revision, opened_version=opened_version, by=by)
    record(
        by,
        "restored part of plan",
        plan,
        kind=revision.subject,
        part=revision.subject_code,
        version=revision.version,
    )
    return row


def restored_values(revision: Revision, row: Any | None) -> dict[str, Any]:
    """The values that the part would have: its place and its progress stay as they are."""
    if row is None:
        return revision.values
    now = values_of(row)
    return now | {name: value for name, value in revision.values.items() if name not in _left_alone(revision)}


def _left_alone(revision: Revision) -> set[str]:
    kind = Subject(revision.subject)
    return {*PROGRESS.get(kind, ()), PARENTS.get(kind, "")}


def _restore(row: Any, revision: Revision, *, opened_version: int, by: User) -> None:
    if row.row_version != opened_version:
        raise EditConflict(row)
    found = _fitting(revision, but=_left_alone(revision))
    for name, value in found.fields.items():
        setattr(row, name, value)
    _check(row)
    try:
        with transaction.atomic():
            save_part(row, opened_version=opened_version, by=by)
    except IntegrityError as unfit:
        raise RestoreRefused([gettext("It no longer fits beside the rest of the plan.")]) from unfit
    _write_lists(row, found, revision, by=by)
    keep_revision(row, by=by, note=f"restored {revision.version}")


def _recreate(plan: LocalActionPlan, revision: Revision, *, by: User) -> Any:
    """A removed part again, with its code, and what was removed with it."""
    kind = Subject(revision.subject)
    found = _fitting(revision)
    row: Any = MODELS[kind](code=revision.subject_code, updated_by=by, is_demo=plan.is_demo)
    _place(row, plan, revision)
    for name, value in found.fields.items():
        setattr(row, name, value)
    _give_origin(row, revision)
    row.row_version = _last_version(revision) + 1
    _check(row)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as unfit:
        raise RestoreRefused([gettext("It no longer fits beside the rest of the plan.")]) from unfit
    _write_lists(row, found, revision, by=by)
    keep_revision(row, by=by, note=f"restored {revision.version}")
    for part in _removed_with(revision):
        _recreate(plan, part, by=by)
    return row


def _place(row: Any, plan: LocalActionPlan, revision: Revision) -> None:
    """Under its objective or activity; at the end of them."""
    kind = Subject(revision.subject)
    if kind in {Subject.PLAN, Subject.SECTION}:
        raise RestoreRefused([gettext("This part of the plan cannot be made again.")])
    if kind not in PARENTS:
        row.plan = plan
    else:
        name = PARENTS[kind]
        parent_kind = Subject.OBJECTIVE if name == "objective" else Subject.ACTIVITY
        parent = rows_of(plan, parent_kind).filter(code=revision.values.get(name)).first()
        if parent is None:
            said = gettext("What it stood under is gone: %(part)s. Restore that first.")
            raise RestoreRefused([said % {"part": str(parent_kind.label)}])
        setattr(row, name, parent)
    if hasattr(row, "order"):
        beside = rows_of(plan, kind)
        beside = beside.filter(objective=row.objective) if isinstance(row, Activity) else beside
        row.order = (beside.order_by("-order").values_list("order", flat=True).first() or 0) + 1


def _give_origin(row: Any, revision: Revision) -> None:
    """Where it came from, if that is still there: a restored activity keeps its commitment."""
    name, codes = ORIGINS.get(Subject(revision.subject)), revision.values.get(ORIGIN)
    if not name or not codes:
        return
    origins = row._meta.get_field(name).related_model._default_manager.filter(code=codes[-1])
    origins = origins.filter(framework__code=codes[0]) if len(codes) > 1 else origins
    setattr(row, name, origins.first())


def _last_version(revision: Revision) -> int:
    same = Revision.objects.filter(
        plan=revision.plan, subject=revision.subject, subject_code=revision.subject_code
    )
    return same.order_by("-version").values_list("version", flat=True)[0]


def _removed_with(revision: Revision) -> list[Revision]:
    """What went in the same step, when `revision` is the removal of a part with others under it."""
    if not revision.removed:
        return []
    return list(
        Revision.objects.filter(
            plan=revision.plan, removed=True, note=revision.subject_code, pk__lt=revision.pk
        )
        .exclude(subject_code=revision.subject_code)
        .filter(at__gte=revision.at - SAME_STEP)
        .order_by("pk")
    )


def _fitting(revision: Revision, *, but: set[str] | None = None) -> Restored:
    """The values as rows and dates. Raises RestoreRefused for what is gone since."""
    found = restored(revision.subject, revision.values, but=but or ())
    provisions = provisions_of(revision.values)
    reasons = [
        gettext("%(field)s: what was chosen then is no longer there.")
        % {"field": label_of(revision.subject, name)}
        for name in found.missing
    ]
    reasons += [
        gettext("%(field)s: this value is not taken any more.") % {"field": label_of(revision.subject, name)}
        for name in found.unfit
    ]
    reasons += [
        gettext("%(number)s of %(framework)s, which it served, is no longer there.")
        % {"number": code, "framework": framework}
        for framework, code, *_rest in revision.values.get(SERVES, [])
        if (framework, code) not in provisions
    ]
    if reasons:
        raise RestoreRefused(reasons)
    return found


def _check(row: Any) -> None:
    """Whether the row may hold all that today. Raises RestoreRefused, each reason a sentence."""
    reasons = []
    try:
        row.clean_fields(exclude=_blank(row))
    except ValidationError as wrong:
        for name, said in wrong.message_dict.items():
            reasons += [f"{row._meta.get_field(name).verbose_name}: {each}" for each in said]
    if isinstance(row, LocalActionPlan):
        reasons += _misfits_of_plan(row)
    if isinstance(row, Activity):
        reasons += _misfits_of_activity(row)
    if reasons:
        raise RestoreRefused(reasons)


def _blank(row: Any) -> list[str]:
    return [field.name for field in row._meta.concrete_fields if not field.editable]


def _misfits_of_plan(plan: LocalActionPlan) -> list[str]:
    reasons = []
    if plan.nap and plan.nap.country_id != plan.locality.country_id:
        reasons.append(gettext("The National Action Plan is of another country."))
    outside = Activity.objects.filter(objective__plan=plan)
    early = outside.filter(starts_on__lt=plan.period_start) | outside.filter(ends_on__gt=plan.period_end)
    if early.exists():
        reasons.append(gettext("Activities lie outside the period that the plan had then."))
    return reasons


def _misfits_of_activity(activity: Activity) -> list[str]:
    plan = activity.objective.plan
    days = [day for day in (activity.starts_on, activity.ends_on) if day]
    if all(plan.period_start <= day <= plan.period_end for day in days):
        return []
    words = {"start": date_format(plan.period_start), "end": date_format(plan.period_end)}
    return [gettext("Its dates lie outside the plan, which runs from %(start)s to %(end)s.") % words]


def _write_lists(row: Any, found: Restored, revision: Revision, *, by: User) -> None:
    for name, rows in found.lists.items():
        getattr(row, name).set(rows)
    if isinstance(row, Objective | Activity):
        _write_alignments(row, revision, by=by)


def _write_alignments(row: Objective | Activity, revision: Revision, *, by: User) -> None:
    """What it served then. A statement that still stands as it was keeps its review; one that reads
    otherwise is stated anew, to be reviewed again, by somebody else than who took it back."""
    provisions = provisions_of(revision.values)
    wanted = {
        provisions[framework, code].pk: (strength, why)
        for framework, code, strength, why in revision.values.get(SERVES, [])
    }
    standing = {each.provision_id: each for each in row.alignments.all()}
    same = [key for key, each in standing.items() if wanted.get(key) == (each.strength, each.justification)]
    row.alignments.exclude(provision__in=wanted).delete()
    of = {"objective": row} if isinstance(row, Objective) else {"activity": row}
    for key, (strength, why) in wanted.items():
        if key in same:
            continue
        stated = {"strength": strength, "justification": why, "stated_by": by, "stated_at": timezone.now()}
        unreviewed = {
            "state": AlignmentState.STATED,
            "reviewed_version": None,
            "reviewer": None,
            "reviewed_at": None,
            "review_note": "",
        }
        Alignment.objects.update_or_create(
            **of,
            provision_id=key,
            defaults=stated | unreviewed,
            create_defaults=stated | {"is_demo": row.is_demo},
        )
