"""Hand-overs: from one holder of an office to the next, until the successor says: I have it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Case, Value, When
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from lapportal.memory.stages import HandoverRow, HandoverSheet, known_accounts
from people import handovers
from people.handover_forms import (
    AcknowledgeForm,
    HandoverFilter,
    HandoverForm,
    MeetingForm,
    SendForm,
    StaysForm,
    SuccessorForm,
)
from people.handovers import HandoverRefused
from people.models import Handover, Position
from people.rules import can_acknowledge_handover, can_keep_handover, can_keep_handovers_of

BOTH = ["GET", "HEAD", "POST"]


@require_safe
def handover_list(request: SignedInRequest) -> HttpResponse:
    """Open ones first, of those the overdue ones, by the day on which the office changes hands."""
    today = timezone.localdate()
    is_closed = Case(When(acknowledged_on=None, stays_on=None, then=Value(0)), default=Value(1))
    rows = Handover.objects.visible_to(request.user).for_list().order_by(is_closed, "due_on", "pk")
    context = listing(request, HandoverFilter(request.GET, queryset=rows, request=request))
    context["rows"] = HandoverRow.from_handovers(context["page"], today=today)
    return render(request, "lapportal/handover_list.html", context)


def seen_handover(request: SignedInRequest, code: str) -> Handover:
    rows = Handover.objects.visible_to(request.user).for_list().select_related("outgoing", "incoming")
    return get_object_or_404(rows, code=code)


def kept_handover(request: SignedInRequest, code: str) -> Handover:
    """One that the reader keeps: others of the committee read, and change nothing."""
    handover = seen_handover(request, code)
    require(can_keep_handover(request.user, handover))
    return handover


@require_http_methods(BOTH)
def handover_new(request: SignedInRequest, code: str) -> HttpResponse:
    rows = Position.objects.visible_to(request.user).select_related("organization", "locality__country")
    position = get_object_or_404(rows, code=code)
    require(can_keep_handovers_of(request.user, position))
    holds = position.incumbencies.current().order_by("-starts_on", "-pk").first()
    term = holds.term_ends_on if holds else None
    form = HandoverForm(request.POST or None, initial={"due_on": term or timezone.localdate()})
    if request.method == "POST" and form.is_valid():

        def make() -> Handover:
            today = timezone.localdate()
            said = form.cleaned_data
            # Who holds the office since that day, or later, is the one who came.
            came = bool(holds and holds.starts_on and holds.starts_on >= said["due_on"])
            who: dict[str, Any] = {"incoming" if came else "outgoing": holds}
            return handovers.open_handover(position, today=today, by=request.user, **who, **said)

        try:
            return redirect(made_once(request, make, address=Handover.get_absolute_url))
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
    is_open = position.handovers.still_open().first()
    context = {"position": position, "form": form, "open": is_open}
    return form_page(request, "lapportal/handover_new.html", context)


def form_page(request: SignedInRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page of a form; with 422 where something in it is to be looked at again."""
    wrong = request.method == "POST" and bool(context["form"].errors)
    return render(request, template, context, status=422 if wrong else 200)


@require_safe
def handover_detail(request: SignedInRequest, code: str) -> HttpResponse:
    return detail_page(request, seen_handover(request, code))


def detail_page(
    request: SignedInRequest, handover: Handover, *, wrong: forms.Form | None = None, line: int | None = None
) -> HttpResponse:
    """The page, with a form of the checklist that could not be accepted where there is one."""
    today = timezone.localdate()
    may_keep = can_keep_handover(request.user, handover)
    context = {
        "handover": handover,
        "position": handover.position,
        "sheet": HandoverSheet.from_handover(handover, user=request.user, today=today),
        "today": today,
        "may_keep": may_keep,
        "may_acknowledge": can_acknowledge_handover(request.user, handover),
        "wrong": wrong,
        "wrong_line": line,
    }
    return render(request, "lapportal/handover_detail.html", context, status=422 if wrong else 200)


@require_http_methods(BOTH)
def handover_successor(request: SignedInRequest, code: str) -> HttpResponse:
    handover = kept_handover(request, code)
    known = known_accounts(handover.position, user=request.user)
    form = SuccessorForm(request.POST or None, giver=request.user, known=known, chosen=handover.successor)
    if request.method == "POST" and form.is_valid():
        try:
            handovers.name_successor(handover, user=form.user, by=request.user)
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            chosen = _("The account of the successor is chosen.")
            messages.success(request, chosen if form.user else _("No account is chosen any more."))
            return redirect(handover)
    context = {"handover": handover, "form": form}
    return form_page(request, "lapportal/handover_successor.html", context)


@require_http_methods(BOTH)
def handover_send(request: SignedInRequest, code: str) -> HttpResponse:
    handover = kept_handover(request, code)
    initial = {"sent_on": timezone.localdate(), "how": "account" if handover.successor else "paper"}
    form = SendForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            handovers.send_pack(
                handover,
                on=form.cleaned_data["sent_on"],
                on_paper=form.cleaned_data["how"] == "paper",
                today=timezone.localdate(),
                by=request.user,
            )
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The pack is sent. The successor acknowledges it next."))
            return redirect(handover)
    return form_page(request, "lapportal/handover_send.html", {"handover": handover, "form": form})


@require_http_methods(BOTH)
def handover_meeting(request: SignedInRequest, code: str) -> HttpResponse:
    handover = kept_handover(request, code)
    written = {
        "meets_on": handover.meets_on,
        "met_on": handover.met_on,
        "met_note": handover.met_note,
    }
    form = MeetingForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        try:
            meet(handover, form.cleaned_data, by=request.user)
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Written down."))
            return redirect(handover)
    sheet = HandoverSheet.from_handover(handover, user=request.user, today=timezone.localdate())
    context = {"handover": handover, "form": form, "sheet": sheet}
    return form_page(request, "lapportal/handover_meeting.html", context)


def meet(handover: Handover, said: dict[str, Any], *, by: User) -> None:
    """A day that is planned, a meeting that was held, or both at once."""
    if said["meets_on"] != handover.meets_on:
        handover = handovers.plan_meeting(handover, on=said["meets_on"], by=by)
    if said["met_on"]:
        handovers.hold_meeting(
            handover, on=said["met_on"], note=said["met_note"], today=timezone.localdate(), by=by
        )


@require_http_methods(BOTH)
def handover_acknowledge(request: SignedInRequest, code: str) -> HttpResponse:
    """By the successor's account; else by who keeps the hand-over and holds the signed paper."""
    handover = seen_handover(request, code)
    is_successor = can_acknowledge_handover(request.user, handover)
    require(is_successor or can_keep_handover(request.user, handover))
    today = timezone.localdate()
    form = AcknowledgeForm(request.POST or None, on_paper=not is_successor, initial={"on": today})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            handovers.acknowledge(
                handover,
                on=said["on"],
                on_paper=not is_successor,
                note=said["note"],
                today=today,
                by=request.user,
            )
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The office is handed over. What it promised stays with it."))
            return redirect(handover)
    context = {"handover": handover, "form": form, "is_successor": is_successor}
    return form_page(request, "lapportal/handover_acknowledge.html", context)


@require_http_methods(BOTH)
def handover_stays(request: SignedInRequest, code: str) -> HttpResponse:
    handover = kept_handover(request, code)
    form = StaysForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            handovers.let_stay(handover, today=timezone.localdate(), by=request.user, **form.cleaned_data)
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The hand-over is closed: the holder stays."))
            return redirect(handover)
    return form_page(request, "lapportal/handover_stays.html", {"handover": handover, "form": form})
