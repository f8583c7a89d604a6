"""Positions, which outlive whoever holds them, and who held them when."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import record
from accounts.requests import SignedInRequest
from accounts.roles import Capability
from core.access import require
from core.lists import listing
from people.corrections import note_names_read
from people.filters import PositionFilter
from people.forms import EndForm, HoldingDaysForm, IncumbencyForm, PositionForm
from people.incumbencies import HoldingRefused, change_holding, hold, remove_holding
from people.models import Incumbency, Person, Position
from people.reports import HolderLine, PositionRow, PositionSheet, positions_seen_by
from people.rules import can_correct_person, can_edit_position, can_record_holder
from people.views.gone import opened_note, person_gone, seen_person, typed_in


@require_safe
def position_list(request: SignedInRequest) -> HttpResponse:
    found = PositionFilter(request.GET, queryset=positions_seen_by(request.user))
    context = listing(request, found)
    context["rows"] = PositionRow.from_positions(context["page"], user=request.user)
    note_holders_read(request, [line for row in context["rows"] for line in row.holders])
    return render(request, "people/position_list.html", context)


def note_holders_read(request: SignedInRequest, holders: list[HolderLine]) -> None:
    if any(line.person for line in holders):
        note_names_read("people", by=request.user)


def seen_position(request: SignedInRequest, code: str) -> Position:
    positions = Position.objects.visible_to(request.user).select_related("organization", "locality__country")
    return get_object_or_404(positions, code=code)


@require_safe
def position_detail(request: SignedInRequest, code: str) -> HttpResponse:
    position = seen_position(request, code)
    sheet = PositionSheet.from_position(position, user=request.user)
    note_holders_read(request, sheet.holders)
    if sheet.candidates:
        note_names_read("people", by=request.user)
    context = {
        "position": position,
        "sheet": sheet,
        "today": timezone.localdate(),
        "may_edit": can_edit_position(request.user, position),
        "may_record": can_record_holder(request.user, position),
    }
    return render(request, "people/position_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def position_edit(request: SignedInRequest, code: str) -> HttpResponse:
    position = seen_position(request, code)
    require(can_edit_position(request.user, position))
    form = PositionForm(request.POST or None, instance=position)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
                record(request.user, "corrected position", position)
        except IntegrityError:  # named so by somebody else at the same moment
            form.add_error("title", _("There is another position of this title here already."))
        else:
            messages.success(request, _("Corrected, wherever the position is named."))
            return redirect(position)
    context = {"position": position, "form": form}
    return render(request, "people/position_edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def incumbency_new(request: SignedInRequest, code: str) -> HttpResponse:
    """The person holds a position, or held it: one that she was registered with, or the one asked for."""
    person = seen_person(request, code)
    if person is None:
        return person_gone(request, code, typed_in(request, "starts_on", "ends_on"))
    require(can_correct_person(request.user, person))
    asked = request.GET.get("position", "")
    positions = positions_for(request, person, asked)
    if request.method == "POST":
        return held(request, person, IncumbencyForm(request.POST, positions=positions))
    initial = {"position": asked, "opened": opened_note(person, request)}
    return holding_page(request, person, IncumbencyForm(positions=positions, initial=initial))


def positions_for(request: SignedInRequest, person: Person, asked: str) -> Any:
    """Positions that this person may be said to hold, in places where the reader runs workshops."""
    registered = person.participations.with_names_for(request.user).values("position")
    here = request.user.scope.rows(Capability.RUN_WORKSHOPS)
    seen = Position.objects.visible_to(request.user).filter(here, locality__country=person.country_id)
    wanted = Q(pk__in=registered) | Q(code=asked)
    return seen.filter(wanted).select_related("organization")


def held(request: SignedInRequest, person: Person, form: IncumbencyForm) -> HttpResponse:
    if not form.is_valid():
        return holding_page(request, person, form, status=422)
    position = form.cleaned_data["position"]
    require(can_record_holder(request.user, position))
    others = form.cleaned_data["others"]
    try:
        hold(position, person=person, by=request.user, others=others, **form.days())
    except HoldingRefused as refusal:
        form.add_error(refusal.field, str(refusal))
        return holding_page(request, person, form, position=position, status=422)
    messages.success(request, _("Written down."))
    return redirect("person_detail", person.code)


def holding_page(
    request: SignedInRequest,
    person: Person,
    form: IncumbencyForm,
    *,
    position: Position | None = None,
    status: int = 200,
) -> HttpResponse:
    note_names_read(person, by=request.user)
    still = position.incumbencies.current().exclude(person=person) if position else []
    context = {
        "person": person,
        "form": form,
        "others": HolderLine.from_rows(still, user=request.user),
    }
    return render(request, "people/incumbency_new.html", context, status=status)


def seen_holding(request: SignedInRequest, code: str, holder: str) -> Incumbency:
    """One holder of a position that the reader sees, if the reader may write down who holds it."""
    rows = Incumbency.objects.visible_to(request.user).select_related(
        "position__locality__country", "position__organization"
    )
    row = get_object_or_404(rows, position__code=code, code=holder)
    require(can_record_holder(request.user, row.position))
    return row


def holder_context(request: SignedInRequest, row: Incumbency) -> dict[str, Any]:
    line = HolderLine.from_rows([row], user=request.user)[0]
    note_holders_read(request, [line])
    return {"position": row.position, "row": row, "line": line}


@require_http_methods(["GET", "HEAD", "POST"])
def incumbency_edit(request: SignedInRequest, code: str, holder: str) -> HttpResponse:
    row = seen_holding(request, code, holder)
    written = {"starts_on": row.starts_on, "ends_on": row.ends_on, "how_ended": row.how_ended}
    context = holder_context(request, row)
    form = HoldingDaysForm(request.POST or None, initial=written)
    if request.method == "POST" and form.is_valid():
        try:
            change_holding(row, by=request.user, **form.days())
        except HoldingRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Corrected."))
            return redirect(row.position)
    status = 422 if form.errors else 200
    return render(request, "people/incumbency_edit.html", context | {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def incumbency_end(request: SignedInRequest, code: str, holder: str) -> HttpResponse:
    row = seen_holding(request, code, holder)
    context = holder_context(request, row)
    form = EndForm(request.POST or None, row=row)
    if request.method == "POST" and form.is_valid():
        days = {"starts_on": row.starts_on} | form.cleaned_data
        try:
            change_holding(row, by=request.user, **days)
        except HoldingRefused as refusal:
            form.add_error("ends_on", str(refusal))
        else:
            messages.success(request, _("The position is open again. What it promised stays with it."))
            return redirect(row.position)
    status = 422 if form.errors else 200
    return render(request, "people/incumbency_end.html", context | {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def incumbency_remove(request: SignedInRequest, code: str, holder: str) -> HttpResponse:
    row = seen_holding(request, code, holder)
    if request.method == "POST":
        remove_holding(row, by=request.user)
        messages.success(request, _("Taken back."))
        return redirect(row.position)
    return render(request, "people/incumbency_remove.html", holder_context(request, row))
