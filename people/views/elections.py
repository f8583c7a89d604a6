"""The election calendar of each country, and what came of an election for the offices (F44)."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict
from core.lists import listing
from people.elections import (
    add_election,
    calendar_of,
    change_election,
    record_outcome,
    terms_around,
    to_record,
)
from people.filters import ElectionFilter
from people.incumbencies import HoldingRefused
from people.models import Election, ElectionState
from people.rules import can_keep_election, can_keep_some_elections, can_record_outcome
from people.turnover_forms import ElectionForm, OutcomeForm

OFFICES_A_PAGE = 50


@require_safe
def election_list(request: SignedInRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = calendar_of(Election.objects.visible_to(request.user).for_list(), today=today)
    found = ElectionFilter(request.GET, queryset=rows)
    context = listing(request, found) | {
        "today": today,
        "may_add": can_keep_some_elections(request.user),
    }
    return render(request, "people/election_list.html", context)


def seen_election(request: SignedInRequest, code: str) -> Election:
    elections = Election.objects.visible_to(request.user).for_list()
    return get_object_or_404(elections.select_related("updated_by"), code=code)


@require_safe
def election_detail(request: SignedInRequest, code: str) -> HttpResponse:
    election = seen_election(request, code)
    terms = Paginator(terms_around(election, user=request.user), OFFICES_A_PAGE)
    context = {
        "election": election,
        "today": timezone.localdate(),
        "page": terms.get_page(request.GET.get("page")),
        "may_keep": can_keep_election(request.user, election),
        "may_record": can_record_outcome(request.user, election),
    }
    return render(request, "people/election_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def election_new(request: SignedInRequest) -> HttpResponse:
    require(can_keep_some_elections(request.user))
    sent = request.POST if request.method == "POST" else None
    asked = {"country": request.GET.get("country", "")}
    form = ElectionForm(sent, user=request.user, instance=Election(), initial=asked)
    if form.is_bound and form.is_valid():
        today = timezone.localdate()
        address = made_once(
            request,
            lambda: add_election(form.save(commit=False), by=request.user, today=today),
            address=Election.get_absolute_url,
        )
        messages.success(request, _("The election stands in the calendar."))
        return redirect(address)
    return render(request, "people/election_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def election_edit(request: SignedInRequest, code: str) -> HttpResponse:
    election = seen_election(request, code)
    require(can_keep_election(request.user, election))
    sent = request.POST if request.method == "POST" else None
    form = ElectionForm(sent, user=request.user, instance=election)
    context: dict[str, Any] = {"election": election, "title": election.title, "form": form}
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                changed = form.save(commit=False)
                change_election(changed, opened_version=form.opened_version, by=request.user)
            except EditConflict as conflict:
                context |= {"conflict": conflict, "differences": form.differences(conflict.current)}
                form.take_version(conflict.current)
                status = 409
            else:
                messages.success(request, _("Saved."))
                return redirect(election)
    return render(request, "people/election_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def election_outcome(request: SignedInRequest, code: str) -> HttpResponse:
    """Who stays and who left, office by office: all of a page in one go."""
    election = seen_election(request, code)
    require(can_record_outcome(request.user, election))
    today = timezone.localdate()
    page = Paginator(to_record(election, user=request.user), OFFICES_A_PAGE).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "election": election,
        "page": page,
        "is_held": election.state == ElectionState.HELD,
        "may_keep": can_keep_election(request.user, election),
    }
    if not context["is_held"] or not page.object_list:
        return render(request, "people/election_outcome.html", context, status=409 if request.POST else 200)
    sent = request.POST if request.method == "POST" else None
    form = OutcomeForm(sent, election=election, rows=page.object_list, today=today)
    if form.is_bound and form.is_valid() and (address := outcome_recorded(request, election, form)):
        messages.success(request, _("Written down. What the offices promised stays with them."))
        return redirect(address)
    context["form"] = form
    return render(request, "people/election_outcome.html", context, status=422 if form.is_bound else 200)


def outcome_recorded(request: SignedInRequest, election: Election, form: OutcomeForm) -> str:
    """The address to go on at; empty when it was refused, with the reason in the form."""
    try:
        return made_once(
            request,
            lambda: record_outcome(
                election,
                lines=form.lines(),
                changed_on=form.cleaned_data["changed_on"],
                term_ends_on=form.cleaned_data["term_ends_on"],
                today=timezone.localdate(),
                by=request.user,
            ),
            address=Election.get_absolute_url,
        )
    except HoldingRefused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return ""
