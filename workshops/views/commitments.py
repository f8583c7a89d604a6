"""Commitments over all workshops: the list, one commitment, what was heard of it, how it ended."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from workshops.commitment_filters import CommitmentFilter
from workshops.followup import Milestone, day_of
from workshops.forms.commitments import ClosingForm, CommitmentForm, FollowUpForm, offices_suggested
from workshops.models import Commitment, CommitmentState, FollowUp, Progress
from workshops.rules import can_follow_up
from workshops.services.commitments import (
    AlreadyClosed,
    FollowUpRefused,
    close_commitment,
    hear,
    remove_commitment,
    reopen_commitment,
    save_commitment,
)
from workshops.views.entries import (
    added,
    entry_page,
    results_page,
    sent,
    warn_of_contacts,
    workshop_to_fill,
)

MOST_PRINTED = 500


@require_safe
def commitment_list(request: SignedInRequest) -> HttpResponse:
    """Overdue ones first. `?print=1` puts up to 500 on one page, for paper."""
    today = timezone.localdate()
    visible = Commitment.objects.visible_to(request.user)
    found = CommitmentFilter(request.GET, queryset=visible, today=today, user=request.user)
    rows = found.qs.for_list().with_heard().overdue_first(today)
    context = listing(request, found, rows)
    if request.GET.get("print"):
        context["page"] = Paginator(rows, MOST_PRINTED).get_page(1)
    context["rows"] = [(row, row.is_overdue(today), row.due_milestone(today)) for row in context["page"]]
    context |= {"today": today, "is_filtered": any(found.form.data.get(name) for name in found.filters)}
    return render(request, "workshops/commitment_list.html", context)


def commitment_of(request: SignedInRequest, code: str) -> Commitment:
    """One that the reader may see, with its workshop."""
    return get_object_or_404(Commitment.objects.visible_to(request.user).for_list(), code=code)


def commitment_to_change(request: SignedInRequest, code: str) -> Commitment:
    commitment = commitment_of(request, code)
    require(can_follow_up(request.user, commitment.workshop))
    return commitment


@require_safe
def commitment_detail(request: SignedInRequest, code: str) -> HttpResponse:
    today = timezone.localdate()
    commitment = commitment_of(request, code)
    may_change = can_follow_up(request.user, commitment.workshop)
    heard = list(commitment.follow_ups.all())
    by_milestone = {each.milestone: each for each in heard}
    last_day = commitment.workshop.ends_on
    # The days of the milestones would tell the last day of a workshop whose days are hidden.
    steps = [
        {"milestone": each, "day": day_of(last_day, each), "heard": by_milestone.get(each.value)}
        for each in Milestone
    ]
    context = {
        "commitment": commitment,
        "workshop": commitment.workshop,
        "is_overdue": commitment.is_overdue(today),
        "due": commitment.due_milestone(today),
        "steps": steps,
        "today": today,
        "may_change": may_change,
        # What plans made of it: a later app, reached through what it left behind (F10).
        "activities": commitment.activities.visible_to(request.user).select_related("objective__plan"),
    }
    return render(request, "workshops/commitment_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = workshop_to_fill(request, code)
    form = CommitmentForm(sent(request), instance=Commitment(workshop=workshop), workshop=workshop)
    if request.method == "POST" and form.is_valid():
        return added(
            request,
            form,
            lambda: save_commitment(form.save(commit=False), owner=form.owner(), by=request.user),
            to="commitment_new",
            block="commitments",
            done=_("The commitment is added."),
        )
    known = offices_suggested(workshop, request.user)
    return entry_page(request, "workshops/commitment_new.html", workshop, form, known=known)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_edit(request: SignedInRequest, code: str) -> HttpResponse:
    commitment = commitment_to_change(request, code)
    workshop = commitment.workshop
    form = CommitmentForm(sent(request), instance=commitment, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        save_commitment(form.save(commit=False), owner=form.owner(), by=request.user)
        messages.success(request, _("The commitment is saved."))
        warn_of_contacts(request, form)
        return redirect(commitment)
    more = {"commitment": commitment, "known": offices_suggested(workshop, request.user)}
    return entry_page(request, "workshops/commitment_edit.html", workshop, form, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_remove(request: SignedInRequest, code: str) -> HttpResponse:
    commitment = commitment_to_change(request, code)
    if request.method == "POST":
        remove_commitment(commitment, by=request.user)
        messages.success(request, _("The commitment is removed."))
        return redirect(results_page(commitment.workshop, "commitments"))
    context = {"commitment": commitment, "workshop": commitment.workshop}
    return render(request, "workshops/commitment_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_new(request: SignedInRequest, code: str) -> HttpResponse:
    """What was heard. `?after=30` chooses the milestone; heard already, it is corrected."""
    commitment, today = commitment_to_change(request, code), timezone.localdate()
    form = FollowUpForm(
        sent(request), commitment=commitment, today=today, initial=first_answer(request, commitment)
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            hear(
                commitment,
                milestone=data["milestone"],
                on=data["on"],
                progress=Progress(data["progress"]),
                note=data["note"],
                today=today,
                by=request.user,
            )
        except FollowUpRefused as refused:
            form.add_error(refused.field, str(refused))
        except AlreadyClosed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Written down."))
            warn_of_contacts(request, form)
            return redirect(commitment)
    more = {"commitment": commitment, "may_be_asked": bool(form.fields["milestone"].choices)}  # type: ignore[attr-defined]
    return entry_page(request, "workshops/follow_up_new.html", commitment.workshop, form, **more)


def first_answer(request: SignedInRequest, commitment: Commitment) -> dict[str, Any]:
    """The milestone that is asked for or due, with what was heard at it already."""
    today = timezone.localdate()
    asked = request.GET.get("after", "")
    due = commitment.due_milestone(today)
    milestone = asked if asked in map(str, Milestone.values) else due and str(due.value)
    known = FollowUp.objects.filter(commitment=commitment, milestone=milestone).first() if milestone else None
    if known is None:
        return {"milestone": milestone, "on": today}
    return {"milestone": milestone, "on": known.on, "progress": known.progress, "note": known.note}


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_close(request: SignedInRequest, code: str) -> HttpResponse:
    """Kept or dropped, between the milestones or after them."""
    commitment = commitment_to_change(request, code)
    form = ClosingForm(
        sent(request), commitment=commitment, initial={"on": timezone.localdate(), "state": "kept"}
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        state = CommitmentState(data["state"])
        try:
            close_commitment(commitment, state=state, on=data["on"], note=data["note"], by=request.user)
        except AlreadyClosed as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The commitment is closed."))
            warn_of_contacts(request, form)
            return redirect(commitment)
    more = {"commitment": commitment}
    return entry_page(request, "workshops/commitment_close.html", commitment.workshop, form, **more)


@require_POST
def commitment_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    commitment = commitment_to_change(request, code)
    reopen_commitment(commitment, by=request.user)
    messages.success(request, _("The commitment is open again."))
    return redirect(commitment)
