"""The whole of a list of which the page of a position or an organisation shows the first rows."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core.lists import listing
from people.memory import PARTS, Document, people_of
from people.models import Organization
from people.parts import Part, PartFilter
from people.reports import ORGANIZATION_PARTS, HolderLine, PositionRow
from people.rules import can_record_holder
from people.views.positions import note_holders_read, seen_position


@require_safe
def position_part(request: SignedInRequest, code: str, part: str) -> HttpResponse:
    position = seen_position(request, code)
    asked = _part(PARTS, part)
    open_only = request.GET.get("show") == "open"
    rows = asked.rows(position, user=request.user, open_only=open_only)
    found = PartFilter(request.GET, queryset=rows, part=asked, has_open=part != "documents")
    context = listing(request, found)
    shown: list[Any] = list(context["page"])
    if part == "documents":
        shown = [Document(*row) for row in shown]
    elif part == "holders":
        people = people_of(position, [row.person_id for row in shown if row.person_id], user=request.user)
        shown = HolderLine.knowing(shown, people)
        note_holders_read(request, shown)
    context |= {
        "position": position,
        "part": part,
        "title": asked.title,
        "rows": shown,
        "today": timezone.localdate(),
        "may_record": can_record_holder(request.user, position),
    }
    return render(request, "people/position_part.html", context)


@require_safe
def organization_part(request: SignedInRequest, code: str, part: str) -> HttpResponse:
    organizations = Organization.objects.visible_to(request.user).select_related("country")
    organization = get_object_or_404(organizations, code=code)
    asked = _part(ORGANIZATION_PARTS, part)
    rows = asked.rows(organization, user=request.user)
    found = PartFilter(request.GET, queryset=rows, part=asked, has_open=False)
    context = listing(request, found)
    shown: list[Any] = list(context["page"])
    if part == "positions":
        shown = PositionRow.from_positions(shown, user=request.user)
        note_holders_read(request, [line for row in shown for line in row.holders])
    context |= {"organization": organization, "part": part, "title": asked.title, "rows": shown}
    return render(request, "people/organization_part.html", context)


def _part(parts: dict[str, Part], name: str) -> Part:
    if name not in parts:
        raise Http404
    return parts[name]
