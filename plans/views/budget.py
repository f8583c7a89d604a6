"""The budget: what is planned, found and spent, line by line."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import PER_PAGE
from plans.editing import attempt
from plans.forms.budget import BudgetFilterForm, BudgetLineForm
from plans.models import Activity, BudgetLine, LocalActionPlan
from plans.reports.budget import ActivityBudget, Budget
from plans.rules import can_write_plan
from plans.services import budget as services
from plans.views.gone import remove_part


@require_safe
def plan_budget(request: SignedInRequest, code: str) -> HttpResponse:
    """Totals of the whole plan; 25 of its activities with their lines."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    budget = Budget.from_plan(plan)
    form = BudgetFilterForm(request.GET, years=[year for year, _amounts in budget.years])
    query = request.GET.copy()
    query.pop("page", None)
    writes = can_write_plan(request.user, plan)
    context = {
        "plan": plan,
        "budget": budget,
        "form": form,
        "page": Paginator(_shown(budget, form), PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "is_filtered": any(query.values()),
        "can_write": plan.is_open and writes,
        "can_follow": services.can_take_money(plan) and writes,
    }
    return render(request, "plans/plan_budget.html", context)


def _shown(budget: Budget, form: BudgetFilterForm) -> list[ActivityBudget]:
    """The activities that the reader asked for. A word that is no choice asks for nothing."""
    asked = form.cleaned_data if form.is_valid() else {}
    fits = {
        "gap": lambda row: row.amounts.gap > 0,
        "unsourced": lambda row: row.unsourced > 0,
        "not_costed": lambda row: not row.is_costed,
        "warnings": lambda row: row.warnings or any(line.warnings for line in row.lines),
    }.get(asked.get("show", ""), lambda row: True)
    source, year = asked.get("source", ""), asked.get("year", "")
    return [
        row
        for row in budget.activities
        if fits(row)
        and (
            not (source or year)
            or any(
                source in ("", each.line.source) and year in ("", each.line.fiscal_year) for each in row.lines
            )
        )
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def budget_line_new(request: SignedInRequest, code: str, activity: str) -> HttpResponse:
    row = get_object_or_404(
        Activity.objects.visible_to(request.user).for_page(), objective__plan__code=code, code=activity
    )
    plan = row.plan
    require(can_write_plan(request.user, plan))
    line = BudgetLine(activity=row)
    form = BudgetLineForm(
        request.POST if request.method == "POST" else None,
        instance=line,
        activity=row,
        plan=plan,
        initial={"fiscal_year": str(plan.period_start.year)},
    )
    tried = attempt(
        form,
        plan,
        lambda: made_once(
            request,
            lambda: services.add_budget_line(line, by=request.user),
            address=lambda made: _after(request, made),
        ),
    )
    if tried.saved:
        messages.success(request, _("The budget line is added."))
        return redirect(tried.result)
    context = {"plan": plan, "activity": row, "form": form, "attempt": tried}
    return render(request, "plans/budget_line_new.html", context, status=tried.status)


def _after(request: SignedInRequest, line: BudgetLine) -> str:
    """Back to the activity in the budget, or on to another line of it."""
    if request.POST.get("then") == "another":
        return reverse("budget_line_new", args=[line.plan.code, line.activity.code])
    return _in_budget(line.activity)


def _in_budget(activity: Activity) -> str:
    """The activity in the budget, on the page on which it stands."""
    keys = list(
        Activity.objects.filter(objective__plan=activity.objective.plan_id)
        .order_by("objective__order", "objective", "order", "pk")
        .values_list("pk", flat=True)
    )
    number = keys.index(activity.pk) // PER_PAGE + 1
    page_number = f"?page={number}" if number > 1 else ""
    return reverse("plan_budget", args=[activity.plan.code]) + f"{page_number}#{activity.code}"


@require_http_methods(["GET", "HEAD", "POST"])
def budget_line_edit(request: SignedInRequest, code: str, line: str) -> HttpResponse:
    """In an adopted plan only what came of the line can be changed; the form says so."""
    row = get_object_or_404(
        BudgetLine.objects.visible_to(request.user).for_page(),
        activity__objective__plan__code=code,
        code=line,
    )
    plan = row.plan
    require(can_write_plan(request.user, plan))
    form = BudgetLineForm(
        request.POST if request.method == "POST" else None, instance=row, activity=row.activity, plan=plan
    )
    tried = attempt(
        form,
        plan,
        lambda: services.save_budget_line(row, opened_version=form.opened_version, by=request.user),
        is_open=services.can_take_money(plan),
    )
    if tried.saved:
        messages.success(request, _("The budget line is saved."))
        return redirect(_in_budget(row.activity))
    stored = BudgetLine.objects.filter(pk=row.pk).first() or row  # validating wrote what was typed into `row`
    context = {"plan": plan, "activity": row.activity, "line": stored, "form": form, "attempt": tried}
    return render(request, "plans/budget_line_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def budget_line_remove(request: SignedInRequest, code: str, line: str) -> HttpResponse:
    row = get_object_or_404(
        BudgetLine.objects.visible_to(request.user).for_page(),
        activity__objective__plan__code=code,
        code=line,
    )
    plan = row.plan
    require(can_write_plan(request.user, plan))
    if request.method == "POST":
        activity = row.activity
        remove_part(
            request,
            lambda: services.remove_budget_line(row, by=request.user),
            done=_("The budget line is removed. It stays in the plan's history."),
        )
        return redirect(_in_budget(activity))
    return render(request, "plans/budget_line_remove.html", {"plan": plan, "line": row})
