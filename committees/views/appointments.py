"""Pages on which is written down who sits on a seat, from when to when."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.forms.appointments import AppointmentForm, EndAppointmentForm
from committees.models import Appointment, Committee, Seat
from committees.reports.seats import AppointmentLine
from committees.rules import can_keep_committee
from committees.services import appointments as services
from committees.views.seats import seen_seat
from core.access import require
from people.corrections import note_names_read
from people.models import Incumbency, Person

MOST_OFFERED = 300  # names in a list to choose from


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_new(request: SignedInRequest, code: str, seat: str) -> HttpResponse:
    row = seen_seat(request, code, seat)
    require(can_keep_committee(request.user, row.committee))
    today = timezone.localdate()
    incumbency = holder_of(row)
    form = AppointmentForm(
        request.POST if request.method == "POST" else None,
        initial={"starts_on": today, "who": "office" if incumbency else ""},
        people=people_for(request, row),
        incumbency=incumbency,
        is_taken=row.appointments.filter(ends_on=None).exists(),
    )
    if address := saved(form, lambda: _appointed(request, row, form)):
        messages.success(request, _("Written down: who sits there, and since when."))
        return redirect(address)
    return appointment_page(request, "committees/appointment_new.html", row, form)


def _appointed(request: SignedInRequest, row: Seat, form: AppointmentForm) -> str:
    """Once, however often the form is sent."""
    return made_once(
        request,
        lambda: services.appoint(
            row,
            form.values(),
            by=request.user,
            today=timezone.localdate(),
            replaces=form.cleaned_data.get("replaces") or "",
        ),
        address=lambda _made: reverse("seat_detail", args=[row.committee.code, row.code]),
    )


def saved(form: forms.Form, save: Callable[[], Any]) -> Any:
    """What saving answered, or None with the reason at the field."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return save()
    except services.AppointmentRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return None


def appointment_page(
    request: SignedInRequest, template: str, seat: Seat, form: AppointmentForm, **more: Any
) -> HttpResponse:
    if form.people:
        note_names_read(seat.committee.code, by=request.user)
    context = {"committee": seat.committee, "seat": seat, "form": form, **more}
    return render(request, template, context, status=422 if form.errors else 200)


def holder_of(seat: Seat) -> Incumbency | None:
    """Who holds the seat's position now, where it is written down."""
    if seat.position is None:
        return None
    return seat.position.incumbencies.current().select_related("person").first()


def people_for(request: SignedInRequest, seat: Seat) -> list[Person]:
    """Those whom the reader may see and who may well sit here: registered with this position, for this
    organisation, or at a workshop in this place. By name."""
    committee = seat.committee
    here = Q(participations__workshop__locality=committee.locality_id)
    if committee.established_at_id:
        here |= Q(participations__workshop=committee.established_at_id)
    if seat.position_id:
        here |= Q(participations__position=seat.position_id)
    organization = seat.position.organization_id if seat.position else seat.organization_id
    if organization:
        here |= Q(participations__organization=organization)
    seen = Person.objects.visible_to(request.user).filter(here).distinct()
    return sorted(seen[:MOST_OFFERED], key=lambda person: person.full_name.casefold())


def seen_appointment(request: SignedInRequest, code: str, appointment: str) -> tuple[Committee, Appointment]:
    """One appointment of a committee that the reader keeps."""
    rows = Appointment.objects.visible_to(request.user).select_related(
        "person",
        "incumbency__person",
        "seat__committee__locality__country",
        "seat__position__organization",
        "seat__organization",
    )
    row = get_object_or_404(rows, seat__committee__code=code, code=appointment)
    require(can_keep_committee(request.user, row.seat.committee))
    return row.seat.committee, row


def line_of(request: SignedInRequest, committee: Committee, row: Appointment) -> AppointmentLine:
    """With the name where the reader may read it, which is noted."""
    line = AppointmentLine.from_rows([row], committee, user=request.user, today=timezone.localdate())[0]
    if line.name:
        note_names_read(committee.code, by=request.user)
    return line


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_edit(request: SignedInRequest, code: str, appointment: str) -> HttpResponse:
    committee, row = seen_appointment(request, code, appointment)
    form = AppointmentForm(
        request.POST if request.method == "POST" else None,
        people=people_for(request, row.seat),
        incumbency=row.incumbency or holder_of(row.seat),
        appointment=row,
    )
    today = timezone.localdate()
    if saved(form, lambda: services.change_appointment(row, form.values(), by=request.user, today=today)):
        messages.success(request, _("Corrected."))
        return redirect("seat_detail", committee.code, row.seat.code)
    return appointment_page(request, "committees/appointment_edit.html", row.seat, form, appointment=row)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_end(request: SignedInRequest, code: str, appointment: str) -> HttpResponse:
    committee, row = seen_appointment(request, code, appointment)
    line = line_of(request, committee, row)
    if row.ends_on is not None:
        messages.error(request, _("This ended already. You can correct the day here."))
        return redirect("appointment_edit", committee.code, row.code)
    today = timezone.localdate()
    form = EndAppointmentForm(request.POST if request.method == "POST" else None, initial={"ends_on": today})
    if saved(form, lambda: services.end_appointment(row, by=request.user, today=today, **form.cleaned_data)):
        messages.success(request, _("Written down. The seat is vacant until somebody else sits there."))
        return redirect("seat_detail", committee.code, row.seat.code)
    context = {"committee": committee, "seat": row.seat, "line": line, "form": form}
    status = 422 if form.errors else 200
    return render(request, "committees/appointment_end.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def appointment_remove(request: SignedInRequest, code: str, appointment: str) -> HttpResponse:
    committee, row = seen_appointment(request, code, appointment)
    if request.method == "POST":
        try:
            services.take_back(row, by=request.user)
        except services.AppointmentRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("Taken back."))
        return redirect("seat_detail", committee.code, row.seat.code)
    context = {"committee": committee, "seat": row.seat, "line": line_of(request, committee, row)}
    return render(request, "committees/appointment_remove.html", context)
