"""Adoption: the council's act, its scan, the first edition, and the plan that is replaced by it."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User
from core.refusals import FieldRefused
from core.uploads import CheckedFile
from plans.attachments import keep_file
from plans.models import AttachmentKind, Edition, LocalActionPlan
from plans.services.decisions import supersede_plan
from plans.services.editions import ActReference, freeze
from plans.services.moving import held_for, moved, not_in_future
from plans.services.refusals import DateRefused, GateClosed, MoveRefused
from plans.states import PlanState


@dataclass(frozen=True)
class Act:
    """What a council, an assembly or a governor decided, and where it is written."""

    body: str
    number: str
    on: datetime.date
    kind: str = ""
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstained: int | None = None
    scan: CheckedFile | None = None
    no_scan_reason: str = ""

    @property
    def reference(self) -> ActReference:
        return ActReference(self.body, self.kind, self.number, self.on)


@transaction.atomic
def adopt_plan(
    plan: LocalActionPlan, act: Act, *, by: User, replaces: LocalActionPlan | None = None
) -> LocalActionPlan:
    """The council adopted it: it is in force, its text is frozen as edition 1, and the plan that it
    `replaces` is superseded from the same day."""
    row = held_for(plan, PlanState.ADOPTED)
    not_in_future("adopted_on", act.on)
    _after(row.submitted_on, act.on, gettext("The plan went to the council on %(day)s, after this day."))
    _after(row.endorsed_on, act.on, gettext("The committee endorsed the plan on %(day)s, after this day."))
    row.adopting_body, row.adopting_act, row.adopted_on = act.body, act.number, act.on
    row.act_kind, row.no_scan_reason = act.kind, "" if act.scan else act.no_scan_reason
    row.votes_for, row.votes_against = act.votes_for, act.votes_against
    row.votes_abstained = act.votes_abstained
    moved(row, PlanState.ADOPTED, by=by, verb="adopted plan", on=act.on, actor=act.body)
    edition = freeze(row, act.reference, by=by)
    if replaces:
        _replace(replaces, by_newer=row, act=act, by=by)
    keep_scan(edition, act, by=by)
    return row


def _replace(older: LocalActionPlan, *, by_newer: LocalActionPlan, act: Act, by: User) -> None:
    try:
        supersede_plan(older, newer=by_newer, on=act.on, actor=act.body, by=by)
    except (DateRefused, GateClosed, MoveRefused) as refused:
        raise FieldRefused("supersedes", f"{older.code}: {refused}") from refused


def keep_scan(edition: Edition, act: Act, *, by: User) -> None:
    """Last of all: what is refused must leave no file behind."""
    if act.scan:
        keep_file(act.scan, kind=AttachmentKind.ADOPTION, by=by, plan=edition.plan, edition=edition)


def _after(before: datetime.date | None, on: datetime.date, message: str) -> None:
    if before and on < before:
        raise DateRefused("adopted_on", message % {"day": date_format(before)})
