"""Pages of the minutes: written, commented on, approved, read."""

import datetime
from types import SimpleNamespace
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.editing import Difference
from committees.forms.minutes import AnswerForm, ApproveForm, CommentForm, MinutesForm, OpenForm
from committees.models import Meeting, MinutesComment, MinutesState
from committees.papers.languages import paper_language, paper_languages
from committees.reports.minutes import Minutes
from committees.rules import can_keep_committee, can_read_drafts_of
from committees.services import minutes as services
from core.access import require
from core.pages import page
from core.prose import to_html
from core.refusals import FieldRefused


@require_safe
def minutes_detail(request: SignedInRequest, code: str) -> HttpResponse:
    """Before approval a draft, for who works for the committee; after it for all who see the committee."""
    meeting = meeting_to_read(request, code)
    may_keep = can_keep_committee(request.user, meeting.committee)
    may_comment = can_read_drafts_of(request.user, meeting.committee)
    context = {
        "meeting": meeting,
        "committee": meeting.committee,
        "minutes": Minutes.from_meeting(meeting, comments=may_comment),
        "may_keep": may_keep,
        "may_read_drafts": may_comment,
        "may_comment": may_comment and _takes_comments(meeting),
        "takes_comments": _takes_comments(meeting),
        "language": paper_language(meeting.committee),
        "languages": paper_languages(),
    }
    return render(request, "committees/minutes_detail.html", context)


def meeting_to_read(request: SignedInRequest, code: str) -> Meeting:
    """A meeting whose minutes the reader may read in their state."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(meeting.is_closed or can_read_drafts_of(request.user, meeting.committee))
    return meeting


def meeting_to_keep(request: SignedInRequest, code: str) -> Meeting:
    rows = Meeting.objects.visible_to(request.user).for_list().select_related("updated_by")
    meeting = get_object_or_404(rows, code=code)
    require(can_keep_committee(request.user, meeting.committee))
    return meeting


def _takes_comments(meeting: Meeting) -> bool:
    until = meeting.minutes_comments_until
    return meeting.minutes_state == MinutesState.COMMENT and (until is None or timezone.localdate() <= until)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """The whole page at once. With `preview` it is shown as it will look, and nothing is saved."""
    meeting = meeting_to_keep(request, code)
    if meeting.is_closed or not meeting.is_held:
        messages.error(request, _why_not(meeting))
        return redirect(meeting)
    form = MinutesForm(request.POST if request.method == "POST" else None, meeting=meeting)
    is_preview = "preview" in request.POST
    status, conflict, differences = 200, None, []
    if request.method == "POST" and not is_preview:
        status = 422
        if form.is_valid():
            try:
                services.save_minutes(meeting, form.typed(), by=request.user)
            except services.TextsChanged as changed:
                status, conflict, differences = 409, changed, _differences(form, changed)
            except FieldRefused as refused:
                form.add_error(refused.field, str(refused))
            else:
                if not form.lost:
                    messages.success(request, _("The minutes are saved."))
                    return redirect("minutes_detail", meeting.code)
                status = 409
    context = {
        "meeting": meeting,
        "committee": meeting.committee,
        "form": form,
        "status": status,
        "conflict": SimpleNamespace(current=conflict.meeting) if conflict else None,
        "differences": differences,
        "preview": _preview(form) if is_preview else None,
        "decisions": meeting.decisions.select_related("item").order_by("number"),
    }
    return page(request, "committees/minutes_edit.html", context, part="preview", status=status)


def _why_not(meeting: Meeting) -> str:
    if meeting.is_closed:
        return _("The minutes are approved: they stand as they are.")
    return _("Minutes are written of a meeting that was held.")


def _differences(form: MinutesForm, changed: services.TextsChanged) -> list[Difference]:
    """Both texts of what two people wrote; the form goes on knowing the other's."""
    notes = {item.code: item.notes for item in changed.meeting.agenda.all()}
    stand = {services.GENERAL: changed.meeting.minutes} | notes
    found = [
        Difference(str(form.fields[name].label), stand[name], form.cleaned_data[name])
        for name in changed.names
    ]
    form.know({name: stand[name] for name in changed.names})
    return found


def _preview(form: MinutesForm) -> list[tuple[str, str]]:
    """Each text that is not empty, under its name."""
    shown = [(str(form.fields[name].label), form[name].value() or "") for name in form.text_names]
    return [(label, to_html(text, top_heading=4)) for label, text in shown if text.strip()]


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_open(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask the committee what it says about the draft."""
    meeting = meeting_to_keep(request, code)
    form = OpenForm(request.POST if request.method == "POST" else None, initial={"until": _in_two_weeks()})
    return _step(
        request,
        "committees/minutes_open.html",
        meeting,
        form,
        lambda values: services.open_for_comments(meeting, until=values["until"], by=request.user),
        done=_("The minutes are open for comments. Whoever works for the committee is told."),
    )


def _in_two_weeks() -> datetime.date:
    return timezone.localdate() + datetime.timedelta(days=14)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_back(request: SignedInRequest, code: str) -> HttpResponse:
    """End the time for comments and write on."""
    meeting = meeting_to_keep(request, code)
    if request.method == "POST":
        try:
            services.back_to_draft(meeting, by=request.user)
        except FieldRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The minutes are a draft again."))
        return redirect("minutes_detail", meeting.code)
    context = {"meeting": meeting, "committee": meeting.committee}
    return render(request, "committees/minutes_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_approve(request: SignedInRequest, code: str) -> HttpResponse:
    """Shows once more what will stand, then closes it."""
    meeting = meeting_to_keep(request, code)
    form = ApproveForm(
        request.POST if request.method == "POST" else None,
        initial={"approved_on": timezone.localdate(), "seal": services.seal_of(meeting)},
    )
    return _step(
        request,
        "committees/minutes_approve.html",
        meeting,
        form,
        lambda values: services.approve_minutes(
            meeting, on=values["approved_on"], seal=values["seal"], by=request.user
        ),
        done=_("The minutes are approved. They stand as they are."),
        more=lambda: {"minutes": Minutes.from_meeting(meeting, comments=True)},
    )


def _step(
    request: SignedInRequest,
    template: str,
    meeting: Meeting,
    form: Any,
    act: Any,
    *,
    done: str,
    more: Any = dict,
) -> HttpResponse:
    """A step of the minutes that asks for something first: back to them when it is done."""
    if form.is_bound and form.is_valid():
        try:
            act(form.cleaned_data)
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
            if "seal" in form.fields:  # the page shows once more what stands now
                form.data = form.data.copy()
                form.data["seal"] = services.seal_of(meeting)
        else:
            messages.success(request, done)
            return redirect("minutes_detail", meeting.code)
    context = {"meeting": meeting, "committee": meeting.committee, "form": form} | more()
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_comment_new(request: SignedInRequest, code: str) -> HttpResponse:
    """`?item=AI-…`: about that point."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_read_drafts_of(request.user, meeting.committee))
    if request.method != "POST" and not _takes_comments(meeting):
        messages.error(request, _("The minutes are not open for comments now."))
        return redirect(meeting)
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        meeting=meeting,
        initial={"item": request.GET.get("item", "")[:12]},
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            address = made_once(
                request,
                lambda: services.add_comment(
                    meeting, text=values["text"], item=values["item"], by=request.user
                ),
                address=lambda made: f"{reverse('minutes_detail', args=[meeting.code])}#{made.code}",
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Your comment is sent to who keeps the minutes."))
            return redirect(address)
    context = {"meeting": meeting, "committee": meeting.committee, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/minutes_comment_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def minutes_comment_answer(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    rows = MinutesComment.objects.visible_to(request.user).select_related("item", "by")
    row = get_object_or_404(rows, meeting=meeting, code=comment)
    require(can_keep_committee(request.user, meeting.committee))
    if meeting.is_closed:
        messages.error(request, _why_not(meeting))
        return redirect("minutes_detail", meeting.code)
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=_answered(row))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.answer_comment(row, state=values["state"], answer=values["answer"], by=request.user)
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The comment is answered."))
            return redirect(f"{reverse('minutes_detail', args=[meeting.code])}#{row.code}")
    context = {"meeting": meeting, "committee": meeting.committee, "comment": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/minutes_comment_answer.html", context, status=status)


def _answered(row: MinutesComment) -> dict[str, str]:
    return {} if row.state == "open" else {"state": row.state, "answer": row.answer}
