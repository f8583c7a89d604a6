"""Saving the lines of a spreadsheet: all of them, or none."""

from django.db import transaction

from accounts.models import User, record
from plans.budget_sheet import SheetRow
from plans.models import LocalActionPlan
from plans.reports.budget_import import Proposal
from plans.services.budget import can_take_money
from plans.services.holding import held, save_part
from plans.services.refusals import PlanClosed
from plans.tracking import keep_revision


class ImportRefused(Exception):
    """Something changed since the rows were looked at. `proposal` is what they would do now."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__("rows refused")
        self.proposal = proposal


@transaction.atomic
def apply_proposal(plan: LocalActionPlan, rows: list[SheetRow], *, by: User) -> Proposal:
    """Write what the rows say, each line with its history. Raises PlanClosed or ImportRefused: nothing
    is written then."""
    row = held(plan)
    if not can_take_money(row):
        raise PlanClosed(row)
    proposal = Proposal.from_plan(row, rows)
    if proposal.refused:
        raise ImportRefused(proposal)
    for change in proposal.changed:
        save_part(change.line, opened_version=change.line.row_version, by=by)
        keep_revision(change.line, by=by)
    for change in proposal.added:
        change.line.updated_by, change.line.is_demo = by, row.is_demo
        change.line.save()
        keep_revision(change.line, by=by)
    record(by, "imported budget", row, added=len(proposal.added), changed=len(proposal.changed))
    return proposal
