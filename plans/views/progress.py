"""How far a plan came, quarter by quarter: to read, to print and to fill in by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import PER_PAGE
from core.refusals import FieldRefused
from plans.forms.progress import PeriodReopenForm
from plans.models import ActivityState, LocalActionPlan
from plans.progress_filters import EntryFilter, ProgressFilter
from plans.reports.progress import PlanProgress, QuarterProgress, with_indicators
from plans.reports.values import BlankIndicator
from plans.rules import can_decide_plan, can_report_progress
from plans.services import periods as services
from plans.states import REPORTING_STATES


def _plan(request: SignedInRequest, code: str) -> LocalActionPlan:
    return get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)


@require_safe
def plan_progress(request: SignedInRequest, code: str) -> HttpResponse:
    plan = _plan(request, code)
    progress = PlanProgress.from_plan(plan, today=timezone.localdate())
    can_report = can_report_progress(request.user, plan)
    found = ProgressFilter(request.GET, progress)
    shown = Paginator(found.rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "plan": plan,
        "progress": progress,
        "filter": found,
        "page": shown,
        "query": found.query,
        "rows": with_indicators(list(shown), with_small_numbers=can_report),
        "is_reporting": plan.state in REPORTING_STATES,
        "can_report": can_report,
        "can_decide": can_report and can_decide_plan(request.user, plan),
    }
    return render(request, "plans/plan_progress.html", context)


def _quarter(request: SignedInRequest, code: str, number: int) -> tuple[PlanProgress, QuarterProgress]:
    """One quarter of a plan with all that is expected in it."""
    plan = _plan(request, code)
    get_object_or_404(plan.periods, number=number)
    progress = PlanProgress.from_plan(plan, today=timezone.localdate())
    return progress, next(each for each in progress.quarters if each.period.number == number)


@require_safe
def period_detail(request: SignedInRequest, code: str, period: int) -> HttpResponse:
    """What came in one quarter and what is missing. Readers see what is approved."""
    progress, quarter = _quarter(request, code, period)
    plan = progress.plan
    can_report = can_report_progress(request.user, plan)
    found = EntryFilter(request.GET, quarter)
    context = {
        "plan": plan,
        "quarter": quarter,
        "period": quarter.period,
        "filter": found,
        "page": Paginator(found.entries, PER_PAGE).get_page(request.GET.get("page")),
        "query": found.query,
        "can_report": can_report,
        "can_decide": can_report and can_decide_plan(request.user, plan),
        "may_reopen": plan.state in REPORTING_STATES and quarter.has_begun and not quarter.is_open,
    }
    return render(request, "plans/period_detail.html", context)


@require_safe
def progress_blank(request: SignedInRequest, code: str, period: int) -> HttpResponse:
    """The forms of one quarter on paper, for the committee: filled in by hand and typed in later."""
    progress, quarter = _quarter(request, code, period)
    require(can_report_progress(request.user, progress.plan))
    expected = [each.row for each in quarter.entries]
    rows = [
        (row, [BlankIndicator.of(shown) for shown in indicators])
        for row, indicators in with_indicators(expected, with_small_numbers=True)
    ]
    context = {
        "plan": progress.plan,
        "period": quarter.period,
        "rows": rows,
        "states": ActivityState.labels,
    }
    return render(request, "plans/progress_blank.html", context)


@require_POST
def periods_new(request: SignedInRequest, code: str) -> HttpResponse:
    """The quarters that a plan in implementation lacks: it came there before, or its period changed."""
    plan = _plan(request, code)
    require(can_decide_plan(request.user, plan))
    if plan.state not in REPORTING_STATES:
        messages.error(request, _("Progress is reported once the plan is in implementation."))
    elif plan.is_amending:
        messages.error(request, _("An amendment is open: the quarters follow when it is adopted or dropped."))
    else:
        made = len(services.create_periods(plan))
        messages.success(
            request,
            ngettext("%(made)d quarter is added.", "%(made)d quarters are added.", made) % {"made": made},
        )
    return redirect("plan_progress", plan.code)


@require_http_methods(["GET", "HEAD", "POST"])
def period_reopen(request: SignedInRequest, code: str, period: int) -> HttpResponse:
    plan = _plan(request, code)
    row = get_object_or_404(plan.periods, number=period)
    row.plan = plan
    require(can_decide_plan(request.user, plan))
    if plan.state not in REPORTING_STATES or row.is_open(timezone.localdate()):
        messages.info(request, _("There is nothing to reopen here."))
        return redirect("period_detail", code, period)
    form = PeriodReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.reopen_period(row, **form.cleaned_data, by=request.user)
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The quarter is open again."))
            return redirect("period_detail", code, period)
    status = 422 if request.method == "POST" else 200
    context = {"plan": plan, "period": row, "form": form}
    return render(request, "plans/period_reopen.html", context, status=status)
