"""Positions, which outlive whoever holds them: what each owes and knows."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import record
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from people.corrections import note_names_read
from people.filters import PositionFilter
from people.forms import PositionForm
from people.memory import PositionSheet
from people.models import Position
from people.reports import HolderLine, PositionRow, positions_seen_by
from people.rules import can_edit_position, can_record_holder


@require_safe
def position_list(request: SignedInRequest) -> HttpResponse:
    found = PositionFilter(request.GET, queryset=positions_seen_by(request.user))
    context = listing(request, found) | {"today": timezone.localdate()}
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
    open_only = request.GET.get("show") == "open"
    sheet = PositionSheet.from_position(position, user=request.user, open_only=open_only)
    if sheet.candidates or any(line.person for line in sheet.holders):
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
