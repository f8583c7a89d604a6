"""What a workshop finds out: the issues of its conflict analysis, mapped policies, needs."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from workshops.forms.results import ConflictIssueForm, NeedForm, PolicyForm
from workshops.models import ConflictIssue, Need, PolicyMapping
from workshops.reports.issues import CountryThemes
from workshops.services.results import move_issue, next_place
from workshops.views.entries import (
    added,
    entry_page,
    results_page,
    row_to_change,
    sent,
    warn_of_contacts,
    workshop_to_fill,
)


@require_safe
def conflict_issue_list(request: SignedInRequest) -> HttpResponse:
    """Which themes come up where, over all workshops that the reader sees: `visible_to` in the report."""
    context = {"countries": CountryThemes.seen_by(request.user)}
    return render(request, "workshops/conflict_issue_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_issue_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = workshop_to_fill(request, code)
    issue = ConflictIssue(workshop=workshop, is_demo=workshop.is_demo, order=next_place(workshop))
    form = ConflictIssueForm(sent(request), instance=issue)
    if request.method == "POST" and form.is_valid():
        done = _("The issue is added.")
        return added(request, form, form.save, to="conflict_issue_new", block="issues", done=done)
    return entry_page(request, "workshops/conflict_issue_new.html", workshop, form)


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_issue_edit(request: SignedInRequest, code: str, issue: str) -> HttpResponse:
    row = row_to_change(request, ConflictIssue.objects, code, issue)
    form = ConflictIssueForm(sent(request), instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The issue is saved."))
        warn_of_contacts(request, form)
        return redirect(results_page(row.workshop, "issues"))
    return entry_page(request, "workshops/conflict_issue_edit.html", row.workshop, form, issue=row)


@require_POST
def conflict_issue_move(request: SignedInRequest, code: str, issue: str) -> HttpResponse:
    """One place up or down, by the button that was pressed."""
    row = row_to_change(request, ConflictIssue.objects, code, issue)
    move_issue(row, up=request.POST.get("to") == "up", by=request.user)
    return redirect(results_page(row.workshop, "issues"))


@require_http_methods(["GET", "HEAD", "POST"])
def conflict_issue_remove(request: SignedInRequest, code: str, issue: str) -> HttpResponse:
    row = row_to_change(request, ConflictIssue.objects, code, issue)
    if request.method == "POST":
        row.delete()
        messages.success(request, _("The issue is removed."))
        return redirect(results_page(row.workshop, "issues"))
    context = {"workshop": row.workshop, "issue": row}
    return render(request, "workshops/conflict_issue_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def policy_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = workshop_to_fill(request, code)
    policy = PolicyMapping(workshop=workshop, is_demo=workshop.is_demo)
    form = PolicyForm(sent(request), instance=policy, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        policy.locality = form.cleaned_data["locality"]
        done = _("The policy is added.")
        return added(request, form, form.save, to="policy_new", block="policies", done=done)
    return entry_page(request, "workshops/policy_new.html", workshop, form)


@require_http_methods(["GET", "HEAD", "POST"])
def policy_edit(request: SignedInRequest, code: str, policy: str) -> HttpResponse:
    row = row_to_change(request, PolicyMapping.objects.select_related("locality"), code, policy)
    form = PolicyForm(sent(request), instance=row, workshop=row.workshop)
    if request.method == "POST" and form.is_valid():
        row.locality = form.cleaned_data["locality"]
        form.save()
        messages.success(request, _("The policy is saved."))
        warn_of_contacts(request, form)
        return redirect(results_page(row.workshop, "policies"))
    return entry_page(request, "workshops/policy_edit.html", row.workshop, form, policy=row)


@require_http_methods(["GET", "HEAD", "POST"])
def policy_remove(request: SignedInRequest, code: str, policy: str) -> HttpResponse:
    row = row_to_change(request, PolicyMapping.objects, code, policy)
    if request.method == "POST":
        row.delete()
        messages.success(request, _("The policy is removed."))
        return redirect(results_page(row.workshop, "policies"))
    return render(request, "workshops/policy_remove.html", {"workshop": row.workshop, "policy": row})


@require_http_methods(["GET", "HEAD", "POST"])
def need_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = workshop_to_fill(request, code)
    form = NeedForm(sent(request), instance=Need(workshop=workshop, is_demo=workshop.is_demo))
    if request.method == "POST" and form.is_valid():
        done = _("The need is added.")
        return added(request, form, form.save, to="need_new", block="needs", done=done)
    return entry_page(request, "workshops/need_new.html", workshop, form)


@require_http_methods(["GET", "HEAD", "POST"])
def need_edit(request: SignedInRequest, code: str, need: str) -> HttpResponse:
    row = row_to_change(request, Need.objects, code, need)
    form = NeedForm(sent(request), instance=row)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The need is saved."))
        warn_of_contacts(request, form)
        return redirect(results_page(row.workshop, "needs"))
    return entry_page(request, "workshops/need_edit.html", row.workshop, form, need=row)


@require_http_methods(["GET", "HEAD", "POST"])
def need_remove(request: SignedInRequest, code: str, need: str) -> HttpResponse:
    row = row_to_change(request, Need.objects, code, need)
    if request.method == "POST":
        row.delete()
        messages.success(request, _("The need is removed."))
        return redirect(results_page(row.workshop, "needs"))
    return render(request, "workshops/need_remove.html", {"workshop": row.workshop, "need": row})
