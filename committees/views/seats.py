"""Pages of the seats of a committee."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from committees.forms.offices import suggestions
from committees.forms.seats import EndSeatForm, SeatForm
from committees.forms.states import ReopenForm
from committees.models import Committee, Seat
from committees.reports.seats import AppointmentLine, SeatLine
from committees.reports.sheet import Roll
from committees.rules import can_edit_seats, can_keep_committee
from committees.services import seats as services
from committees.services.reopening import reopen_seat
from committees.states import CommitteeState
from core.access import require
from core.pages import page
from core.refusals import FieldRefused
from people.corrections import note_names_read


@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Made for ten in a row: after each save the form is empty and the list has grown."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_edit_seats(request.user, committee))
    form = SeatForm(request.POST if request.method == "POST" else None)
    added, status = None, 200
    if request.method == "POST":
        status = 422
        added = _saved(form, lambda: services.add_seat(committee, form.values(), by=request.user))
    if added:
        if not request.htmx:
            messages.success(request, _("Seat added: %(seat)s.") % {"seat": added})
            return redirect("seat_new", committee.code)
        form, status = SeatForm(), 200
    context = {
        "committee": committee,
        "form": form,
        "added": added,
        "roll": Roll.from_committee(committee, user=request.user, today=timezone.localdate()),
        "known": suggestions(committee.locality, request.user),
        "can_edit_seats": True,
    }
    return page(request, "committees/seat_new.html", context, part="adding", status=status)


def _saved(form: Any, save: Callable[[], Seat]) -> Seat | None:
    """The seat, or None with the reason at the field."""
    if not form.is_valid():
        return None
    try:
        return save()
    except FieldRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return None


def seen_seat(request: SignedInRequest, code: str, seat: str) -> Seat:
    seats = Seat.objects.visible_to(request.user).for_list()
    return get_object_or_404(
        seats.select_related("committee__locality__country"), committee__code=code, code=seat
    )


@require_safe
def seat_detail(request: SignedInRequest, code: str, seat: str) -> HttpResponse:
    """Who sat there from when to when. The one page of a committee on which a name may stand."""
    row = seen_seat(request, code, seat)
    committee, today = row.committee, timezone.localdate()
    appointments = list(row.appointments.select_related("incumbency"))
    history = AppointmentLine.from_rows(appointments, committee, user=request.user, today=today)
    if any(line.name for line in history):
        note_names_read(committee.code, by=request.user)
    works_on = committee.state != CommitteeState.DISSOLVED
    can_keep = can_keep_committee(request.user, committee) and works_on
    context = {
        "committee": committee,
        "seat": row,
        "line": SeatLine.from_seats([row], appointments, today=today)[0],
        "history": history,
        "can_edit_seats": can_edit_seats(request.user, committee) and works_on,
        "can_keep": can_keep,
    }
    return render(request, "committees/seat_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_edit(request: SignedInRequest, code: str, seat: str) -> HttpResponse:
    row = seen_seat(request, code, seat)
    require(can_edit_seats(request.user, row.committee))
    named = str(row)
    form = SeatForm(request.POST if request.method == "POST" else None, seat=row)
    if request.method == "POST" and _saved(
        form, lambda: services.change_seat(row, form.values(), by=request.user)
    ):
        messages.success(request, _("The seat is saved."))
        return redirect(row.committee)
    context = {
        "committee": row.committee,
        "seat": row,
        "named": named,
        "form": form,
        "known": suggestions(row.committee.locality, request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/seat_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_remove(request: SignedInRequest, code: str, seat: str) -> HttpResponse:
    """A seat without a history is deleted; one with a history ends on a day and stays in it."""
    row = seen_seat(request, code, seat)
    require(can_edit_seats(request.user, row.committee))
    if not row.is_current:
        messages.error(request, _("This seat has ended already."))
        return redirect("seat_detail", code, seat)
    today = timezone.localdate()
    ends = services.has_history(row)
    initial = {"ended_on": today}
    form = EndSeatForm(request.POST if request.method == "POST" else None, initial=initial) if ends else None
    status, refusal = 200, ""
    if request.method == "POST":
        status = 422
        if form is None:
            try:
                services.remove_seat(row, by=request.user)
            except services.SeatRefused as refused:
                refusal = str(refused)
            else:
                messages.success(request, _("The seat is removed."))
                return redirect(row.committee)
        elif _saved(form, lambda: _ended(request, row, form)):
            messages.success(request, _("The seat has ended. Its history stays."))
            return redirect(row.committee)
    context = {"committee": row.committee, "seat": row, "form": form, "refusal": refusal}
    return render(request, "committees/seat_remove.html", context, status=status)


def _ended(request: SignedInRequest, row: Seat, form: EndSeatForm) -> Seat:
    return services.end_seat(
        row,
        on=form.cleaned_data["ended_on"],
        reason=form.cleaned_data["reason"],
        by=request.user,
        today=timezone.localdate(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def seat_reopen(request: SignedInRequest, code: str, seat: str) -> HttpResponse:
    row = seen_seat(request, code, seat)
    require(can_edit_seats(request.user, row.committee))
    if row.is_current:
        messages.error(request, _("This seat has not ended."))
        return redirect("seat_detail", code, seat)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and _saved(
        form, lambda: reopen_seat(row, reason=form.cleaned_data["reason"], by=request.user)
    ):
        messages.success(request, _("The seat is there again, with who sat there."))
        return redirect("seat_detail", code, seat)
    context = {"committee": row.committee, "seat": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/seat_reopen.html", context, status=status)
