"""Pages of the agenda of a meeting: points written, moved, taken from what is open."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.editing import attempt
from committees.forms.agenda import AgendaItemForm
from committees.models import AgendaItem, Meeting
from committees.reports.agenda import AgendaTime
from committees.rules import can_keep_committee
from committees.services import agenda as services
from core.access import require
from core.conflicts import RowRemoved
from core.pages import removed
from core.refusals import FieldRefused


def _meeting(request: SignedInRequest, code: str) -> Meeting:
    """The meeting, for who keeps its papers."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    return meeting


def _item(request: SignedInRequest, code: str, item: str) -> AgendaItem:
    rows = AgendaItem.objects.visible_to(request.user).select_related(
        "meeting__committee__locality__country", "came_from"
    )
    row = get_object_or_404(rows, meeting__code=code, code=item)
    require(can_keep_committee(request.user, row.meeting.committee))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_new(request: SignedInRequest, code: str) -> HttpResponse:
    """One point after the other: after each save the form is empty and the list has grown."""
    meeting = _meeting(request, code)
    if not meeting.takes_agenda:
        return _closed(request, meeting)
    form = AgendaItemForm(
        request.POST if request.method == "POST" else None, instance=AgendaItem(meeting=meeting)
    )
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid() and _added(request, form):
            return redirect("agenda_new", meeting.code)
    items = list(meeting.agenda.all())
    context = {
        "committee": meeting.committee,
        "meeting": meeting,
        "form": form,
        "items": items,
        "time": AgendaTime.from_meeting(meeting, items),
    }
    return render(request, "committees/agenda_new.html", context, status=status)


def _added(request: SignedInRequest, form: AgendaItemForm) -> bool:
    try:
        made_once(
            request,
            lambda: services.add_point(form.save(commit=False), by=request.user),
            address=lambda made: reverse("agenda_new", args=[made.meeting.code]),
        )
    except FieldRefused as refused:
        form.add_error(refused.field, str(refused))
        return False
    messages.success(request, _("The point is on the agenda."))
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_edit(request: SignedInRequest, code: str, item: str) -> HttpResponse:
    try:
        row = _item(request, code, item)
    except Http404:
        return _typed_for_removed(request, code)
    if not row.meeting.takes_agenda:
        return _closed(request, row.meeting)
    form = AgendaItemForm(request.POST if request.method == "POST" else None, instance=row)
    tried = attempt(form, lambda: _changed(request, form))
    if tried.saved and tried.result:
        messages.success(request, _("The point is saved."))
        return redirect(_to_agenda(row.meeting))
    context = {
        "committee": row.meeting.committee,
        "meeting": row.meeting,
        "item": row,
        "form": form,
        "attempt": tried,
    }
    status = 422 if form.errors else tried.status
    return render(request, "committees/agenda_edit.html", context, status=status)


def _changed(request: SignedInRequest, form: AgendaItemForm) -> bool:
    try:
        services.change_point(form.save(commit=False), opened_version=form.opened_version, by=request.user)
    except FieldRefused as refused:
        form.add_error(refused.field, str(refused))
        return False
    return True


def _typed_for_removed(request: SignedInRequest, code: str) -> HttpResponse:
    """The meeting is there, the point is not: a sent form is shown, all else is a 404."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    if request.method != "POST":
        raise Http404
    require(can_keep_committee(request.user, meeting.committee))
    return removed(request, AgendaItemForm(request.POST), back=meeting)


@require_http_methods(["GET", "HEAD", "POST"])
def agenda_remove(request: SignedInRequest, code: str, item: str) -> HttpResponse:
    row = _item(request, code, item)
    if request.method == "POST":
        _do(request, lambda: services.remove_point(row, by=request.user), done=_("The point is removed."))
        return redirect(_to_agenda(row.meeting))
    context = {"committee": row.meeting.committee, "meeting": row.meeting, "item": row}
    return render(request, "committees/agenda_remove.html", context)


@require_POST
def agenda_move(request: SignedInRequest, code: str, item: str) -> HttpResponse:
    """`direction` is up or down."""
    row = _item(request, code, item)
    up = request.POST.get("direction") == "up"
    _do(request, lambda: services.move_point(row, up=up, by=request.user), done="")
    return redirect(_to_agenda(row.meeting))


@require_POST
def agenda_take(request: SignedInRequest, code: str) -> HttpResponse:
    """`suggestion` is the key of something open (committees.reports.agenda)."""
    meeting = _meeting(request, code)
    key = request.POST.get("suggestion", "")
    _do(
        request,
        lambda: services.take_suggestion(meeting, key, today=timezone.localdate(), by=request.user),
        done=_("The point is on the agenda."),
    )
    return redirect(_to_agenda(meeting))


@require_POST
def agenda_copy(request: SignedInRequest, code: str) -> HttpResponse:
    """The points of the last meeting that had an agenda."""
    meeting = _meeting(request, code)
    try:
        count = services.copy_agenda(meeting, by=request.user)
    except FieldRefused as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("%(count)s point is copied.", "%(count)s points are copied.", count)
        messages.success(request, said % {"count": count})
    return redirect(_to_agenda(meeting))


def _do(request: SignedInRequest, act: Callable[[], Any], *, done: str) -> None:
    """Do it, and say how it ended."""
    try:
        act()
    except FieldRefused as refused:
        messages.error(request, str(refused))
    except RowRemoved:  # sent twice, or by two people
        messages.info(request, _("Somebody removed it already."))
    else:
        if done:
            messages.success(request, done)


def _to_agenda(meeting: Meeting) -> str:
    return f"{meeting.get_absolute_url()}#agenda"


def _closed(request: SignedInRequest, meeting: Meeting) -> HttpResponse:
    messages.info(request, _("The agenda of this meeting stands as it is."))
    return redirect(meeting)
