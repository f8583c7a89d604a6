"""Attendance: half-day by half-day, “all present except”."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from workshops.forms.attendance import ABSENT, PRESENT, Ticks
from workshops.models import Attendance, Participation, Workshop
from workshops.reports.attendance import HalfDayCount, Register, by_name, with_name_like
from workshops.rules import can_run_workshop
from workshops.services import note_names_read
from workshops.services.attendance import (
    Changed,
    MarkedMeanwhile,
    clear_attendance,
    copy_attendance,
    mark_attendance,
    mark_everybody,
)
from workshops.services.refusals import WorkshopRefusal

PER_PAGE = 100  # a form must stay far under a thousand fields


@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: SignedInRequest, code: str) -> HttpResponse:
    """Names are searched by POST, so that none stands in an address."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    people = by_name(workshop.participations.for_list())
    register = Register.from_workshop(workshop, registered=len(people), today=timezone.localdate())
    asked = request.GET.get("half", "")
    line = register.line(asked)
    if request.method == "POST" and "find" not in request.POST:
        if line is None:
            messages.error(request, _("This half-day is not in the programme any more: nothing was saved."))
            return redirect("attendance", workshop.code)
        return change(request, workshop, register, line)
    return attendance_page(request, workshop, register, line or register.usual(), people)


def change(
    request: SignedInRequest, workshop: Workshop, register: Register, line: HalfDayCount
) -> HttpResponse:
    """Do what the form asks, and say what was done or why not."""
    if "clear" in request.POST and "sure" not in request.POST:
        context = {"workshop": workshop, "line": line}
        return render(request, "workshops/attendance_clear.html", context)
    try:
        changed = changed_by(request, workshop, register, line)
    except WorkshopRefusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said(changed, line))
    asked = {"half": line.half.key, "tick": mode_of(request)}
    if request.GET.get("page"):
        asked["page"] = request.GET["page"]
    return redirect(f"{reverse('attendance', args=[workshop.code])}?{urlencode(asked)}")


def changed_by(
    request: SignedInRequest, workshop: Workshop, register: Register, line: HalfDayCount
) -> Changed:
    half, by = line.half, request.user
    if "clear" in request.POST:
        return clear_attendance(workshop, half=half, by=by)
    if "everybody" in request.POST:
        return mark_everybody(workshop, half=half, by=by)
    if "copy" in request.POST:
        earlier = register.before(line)
        if earlier is None:
            raise MarkedMeanwhile
        return copy_attendance(workshop, half=half, earlier=earlier.half, by=by)
    ticks = Ticks.from_post(request.POST)
    if ticks.is_for_all:
        try:
            return mark_everybody(workshop, half=half, except_for=ticks.ticked, by=by)
        except MarkedMeanwhile:
            # Somebody else was first: what was ticked here holds, what was left alone stays as it is now.
            return mark_attendance(workshop, half=half, present=(), absent=ticks.ticked, by=by)
    return mark_attendance(workshop, half=half, present=ticks.came, absent=ticks.left, by=by)


def said(changed: Changed, line: HalfDayCount) -> str:
    """What was changed, in words; no names."""
    if not (changed.present or changed.absent):
        return _("%(half)s: nothing was changed.") % {"half": line.half.label}
    parts = []
    if changed.present:
        parts.append(
            ngettext("%(n)s marked present", "%(n)s marked present", changed.present) % {"n": changed.present}
        )
    if changed.absent:
        parts.append(
            ngettext("%(n)s marked absent", "%(n)s marked absent", changed.absent) % {"n": changed.absent}
        )
    return _("%(half)s: %(changes)s.") % {"half": line.half.label, "changes": ", ".join(parts)}


def mode_of(request: SignedInRequest) -> str:
    return PRESENT if request.GET.get("tick") == PRESENT else ABSENT


def attendance_page(
    request: SignedInRequest,
    workshop: Workshop,
    register: Register,
    line: HalfDayCount,
    people: list[Participation],
) -> HttpResponse:
    find = request.POST.get("find", "")[:200].strip()
    shown = with_name_like(people, find) if find else people
    pages = Paginator(shown, PER_PAGE)
    page = pages.get_page(1 if find else request.GET.get("page"))
    if page.object_list:
        note_names_read(workshop, by=request.user)
    marked = Attendance.objects.filter(
        participation__in=[each.pk for each in page], day=line.half.day, half=line.half.half
    )
    present = set(marked.values_list("participation", flat=True))
    mode = mode_of(request)
    context: dict[str, Any] = {
        "workshop": workshop,
        "register": register,
        "line": line,
        "earlier": register.before(line),
        "page": page,
        "rows": [(each, is_ticked(each.pk in present, mode=mode, line=line)) for each in page],
        "shown": ",".join(each.person.code for each in page),
        "was": ",".join(each.person.code for each in page if each.pk in present),
        "mode": mode,
        "query": urlencode({"half": line.half.key, "tick": mode}),
        "find": find,
        "may_mark": workshop.accepts_registrations and not line.is_to_come,
    }
    return render(request, "workshops/attendance.html", context)


def is_ticked(is_present: bool, *, mode: str, line: HalfDayCount) -> bool:
    """On a half-day that nobody marked yet, nobody is ticked as absent: all are there except …"""
    return is_present if mode == PRESENT else line.is_marked and not is_present
