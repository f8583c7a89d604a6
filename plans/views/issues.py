"""Priority issues: written here, taken over from the workshop, answered by activities."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from plans.completeness import Part
from plans.editing import attempt
from plans.forms.issues import FoundIssuesForm, IssueForm
from plans.guidance import GUIDANCE
from plans.models import LocalActionPlan, PriorityIssue
from plans.reports.issues import found_issues
from plans.rules import can_write_plan
from plans.services import issues as services
from plans.services.refusals import PlanClosed
from plans.views.gone import remove_part, typed_for_removed


@require_http_methods(["GET", "HEAD", "POST"])
def issue_new(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    issue = PriorityIssue(plan=plan)
    form = IssueForm(request.POST if request.method == "POST" else None, instance=issue, plan=plan)
    tried = attempt(
        form,
        plan,
        lambda: made_once(
            request,
            lambda: services.add_issue(issue, themes=form.chosen_themes(), by=request.user),
            address=lambda made: made.get_absolute_url(),
        ),
    )
    if tried.saved:
        messages.success(request, _("The issue is added. Now an activity that answers it."))
        return redirect(tried.result)
    context = {"plan": plan, "form": form, "attempt": tried, "guidance": GUIDANCE[Part.ISSUES]}
    return render(request, "plans/issue_new.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def issue_edit(request: SignedInRequest, code: str, issue: str) -> HttpResponse:
    issues = PriorityIssue.objects.visible_to(request.user).for_page().select_related("found_as__workshop")
    row = issues.filter(plan__code=code, code=issue).first()
    if row is None:
        return typed_for_removed(request, code, IssueForm)
    plan = row.plan
    require(can_write_plan(request.user, plan))
    form = IssueForm(request.POST if request.method == "POST" else None, instance=row, plan=plan)
    tried = attempt(
        form,
        plan,
        lambda: services.save_issue(
            row, themes=form.chosen_themes(), opened_version=form.opened_version, by=request.user
        ),
    )
    if tried.saved:
        messages.success(request, _("The issue is saved."))
        return redirect(row)
    context = {
        "plan": plan,
        "issue": row,
        "form": form,
        "attempt": tried,
        "guidance": GUIDANCE[Part.ISSUES],
        "answers": row.activities.select_related("objective").order_by("objective__order", "order", "pk"),
        "objectives": plan.objectives.order_by("order", "pk"),
    }
    return render(request, "plans/issue_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def issue_remove(request: SignedInRequest, code: str, issue: str) -> HttpResponse:
    row = get_object_or_404(
        PriorityIssue.objects.visible_to(request.user).for_page(), plan__code=code, code=issue
    )
    require(can_write_plan(request.user, row.plan))
    if request.method == "POST":
        remove_part(
            request, lambda: services.remove_issue(row, by=request.user), done=_("The issue is removed.")
        )
        return redirect(f"{row.plan.get_absolute_url()}#issues")
    context = {"plan": row.plan, "issue": row, "answers": row.activities.count()}
    return render(request, "plans/issue_remove.html", context)


@require_POST
def issue_move(request: SignedInRequest, code: str, issue: str) -> HttpResponse:
    """One place up, or down with `to=down`."""
    row = get_object_or_404(
        PriorityIssue.objects.visible_to(request.user).for_page(), plan__code=code, code=issue
    )
    require(can_write_plan(request.user, row.plan))
    try:
        services.move_issue(row, up=request.POST.get("to") != "down", by=request.user)
    except PlanClosed as closed:
        messages.error(request, str(closed))
    return redirect(row)


@require_http_methods(["GET", "HEAD", "POST"])
def issues_from_workshop(request: SignedInRequest, code: str) -> HttpResponse:
    """What conflict analyses found here, to be ticked and taken over, each once."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    if not plan.is_open:
        messages.error(request, str(PlanClosed(plan)))
        return redirect(plan)
    form = FoundIssuesForm(request.POST if request.method == "POST" else None, plan=plan, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            taken = services.take_over_issues(plan, form.cleaned_data["issues"], by=request.user)
        except PlanClosed as closed:
            messages.error(request, str(closed))
        else:
            words = ngettext("%(count)d issue added.", "%(count)d issues added.", len(taken))
            messages.success(request, words % {"count": len(taken)})
        return redirect(f"{plan.get_absolute_url()}#issues")
    there = set(plan.issues.exclude(found_as=None).values_list("found_as", flat=True))
    groups = [
        {"workshop": workshop, "issues": [(issue, issue.pk in there) for issue in issues]}
        for workshop, issues in groupby(found_issues(plan, request.user), key=lambda each: each.workshop)
    ]
    context = {
        "plan": plan,
        "form": form,
        "groups": groups,
        "left": any(not is_there for group in groups for _issue, is_there in group["issues"]),
        "ticked": request.POST.getlist("issues"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/issues_from_workshop.html", context, status=status)
