"""The budget as a spreadsheet: out, and the same one in again."""

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from plans.budget_sheet import SheetRow, read_budget_rows, written_budget
from plans.forms.budget import BudgetFileForm
from plans.models import LocalActionPlan
from plans.reports.budget import Budget
from plans.reports.budget_import import Proposal
from plans.rules import can_write_plan
from plans.services.budget import can_take_money
from plans.services.budget_import import ImportRefused, apply_proposal
from plans.services.refusals import PlanClosed
from workshops.spreadsheets import Unreadable
from workshops.views.files import XLSX, handed_out

LONGEST_LOOK = 2 * 60 * 60  # seconds between reading a file and saving it


@require_safe
def budget_export(request: SignedInRequest, code: str) -> HttpResponse:
    """For whoever may read the plan: the file says no more than the page."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    return handed_out(written_budget(Budget.from_plan(plan)), f"{plan.code}-budget.xlsx", XLSX)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_import(request: SignedInRequest, code: str) -> HttpResponse:
    """Choose the file, look at what it would change, save all of it or nothing.

    Between the two the rows travel with the form, signed: nothing is kept on the server."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    if not can_take_money(plan):
        return _page(
            request, plan, closed=str(PlanClosed(plan)), status=409 if request.method == "POST" else 200
        )
    if request.method != "POST":
        return _page(request, plan, form=BudgetFileForm())
    if "rows" in request.POST:
        return _saved(request, plan)
    form = BudgetFileForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, plan, form=form, status=422)
    try:
        rows = read_budget_rows(form.cleaned_data["file"].read())
    except Unreadable as unreadable:
        form.add_error("file", str(unreadable))
        return _page(request, plan, form=form, status=422)
    proposal = Proposal.from_plan(plan, rows)
    return _page(request, plan, proposal=proposal, status=422 if proposal.refused else 200)


def _saved(request: SignedInRequest, plan: LocalActionPlan) -> HttpResponse:
    """Save the rows that were looked at; show them again when something came in between."""
    try:
        sent = signing.loads(request.POST["rows"], salt=_salt(request, plan), max_age=LONGEST_LOOK)
    except signing.BadSignature:
        form = BudgetFileForm()
        error = _("The list that you looked at is too old, or was not made here. Choose the file again.")
        return _page(request, plan, form=form, error=error, status=422)
    try:
        done = apply_proposal(plan, [SheetRow.from_sent(row) for row in sent], by=request.user)
    except ImportRefused as refused:
        return _page(request, plan, proposal=refused.proposal, came_between=True, status=409)
    except PlanClosed as closed:
        return _page(request, plan, closed=str(closed), status=409)
    number = len(done.added) + len(done.changed)
    messages.success(
        request,
        ngettext("%(number)s budget line is saved.", "%(number)s budget lines are saved.", number)
        % {"number": number},
    )
    return redirect("plan_budget", code=plan.code)


def _salt(request: SignedInRequest, plan: LocalActionPlan) -> str:
    """What was looked at can be saved by the same account in the same plan only."""
    return f"plans.budget_import:{plan.code}:{request.user.pk}"


def _page(
    request: SignedInRequest,
    plan: LocalActionPlan,
    *,
    form: BudgetFileForm | None = None,
    proposal: Proposal | None = None,
    closed: str = "",
    error: str = "",
    came_between: bool = False,
    status: int = 200,
) -> HttpResponse:
    rows = ""
    if proposal and proposal.is_savable:
        rows = signing.dumps(
            [row.to_send() for row in proposal.to_save], salt=_salt(request, plan), compress=True
        )
    context = {
        "plan": plan,
        "form": form,
        "proposal": proposal,
        "rows": rows,
        "closed": closed,
        "error": error,
        "came_between": came_between,
    }
    return render(request, "plans/budget_import.html", context, status=status)
