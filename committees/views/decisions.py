"""Pages of decisions: written down at a meeting, carried out after it, found again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.composition import Side
from committees.decision_filters import CommitteeDecisionFilter, DecisionFilter
from committees.editing import Attempt, attempt
from committees.forms.decisions import CloseForm, DecisionForm
from committees.forms.offices import suggestions
from committees.models import Attendance, Committee, Decision, Forwarding, ForwardingState, Meeting
from committees.reports.chains import Chain
from committees.reports.votes import Ballot
from committees.rules import can_keep_committee, can_read_drafts_of
from committees.services import decisions as services
from committees.votes import quorum_of
from core.access import require
from core.lists import listing
from core.refusals import FieldRefused


@require_safe
def decision_list(request: SignedInRequest) -> HttpResponse:
    decisions = Decision.objects.visible_to(request.user).for_list().order_by("-meeting__day", "-pk")
    found = DecisionFilter(request.GET, queryset=decisions, request=request)
    context = listing(request, found) | {"today": timezone.localdate()}
    return render(request, "committees/decision_list.html", context)


@require_safe
def committee_decisions(request: SignedInRequest, code: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    decisions = Decision.objects.visible_to(request.user).filter(meeting__committee=committee)
    found = CommitteeDecisionFilter(
        request.GET, queryset=decisions.for_list().order_by("-meeting__day", "number"), request=request
    )
    today = timezone.localdate()
    context = listing(request, found) | {
        "committee": committee,
        "today": today,
        "overdue": decisions.overdue(today).count(),
        "waiting": Forwarding.objects.filter(to=committee, state=ForwardingState.WAITING).count(),
        "may_keep": can_keep_committee(request.user, committee),
        "may_read_drafts": can_read_drafts_of(request.user, committee),
    }
    return render(request, "committees/committee_decisions.html", context)


@require_safe
def decision_detail(request: SignedInRequest, code: str) -> HttpResponse:
    decision = _decision(request, code)
    committee = decision.meeting.committee
    may_keep = can_keep_committee(request.user, committee)
    context = {
        "decision": decision,
        "meeting": decision.meeting,
        "committee": committee,
        "today": timezone.localdate(),
        "ballot": Ballot.from_decision(decision, by_seat=True),
        "chain": Chain.from_decision(decision, request.user),
        "sent": decision.forwardings.select_related("to"),
        "links": _links(request, decision),
        "may_link": Committee.objects.giving_access_to(request.user).exists(),
        "may_keep": may_keep,
        "may_change": may_keep and not decision.meeting.is_closed,
    }
    return render(request, "committees/decision_detail.html", context)


def _links(request: SignedInRequest, decision: Decision) -> Any:
    """The parts of plans that it concerns, as far as the reader sees the plan (a later app's rows)."""
    rows = decision.plan_links.select_related("plan", "objective", "activity__objective")
    return (
        rows.model._default_manager.visible_to(request.user)
        .filter(pk__in=rows.values("pk"))
        .select_related("plan", "objective__plan", "activity__objective__plan")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decision_new(request: SignedInRequest, code: str) -> HttpResponse:
    """`?item=AI-…`: of that point of the agenda. What was sent to this committee is answered so."""
    meeting = _meeting_to_keep(request, code)
    if meeting.is_closed or not meeting.is_held:
        messages.error(request, _why_not(meeting))
        return redirect(meeting)
    attendance = _attendance(meeting)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        instance=Decision(meeting=meeting),
        meeting=meeting,
        attendance=attendance,
        initial={"item": request.GET.get("item", "")[:12], "how": "consensus", "result": "adopted"},
    )

    def save() -> str:
        return made_once(
            request,
            lambda: services.add_decision(meeting, form.values(), by=request.user),
            address=lambda made: made.get_absolute_url(),
        )

    tried = attempt(form, save)
    if tried.saved:
        messages.success(request, _("The decision is written down."))
        return redirect(f"{meeting.get_absolute_url()}#decisions")
    return _form_page(request, "committees/decision_new.html", form, tried, meeting, attendance)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_edit(request: SignedInRequest, code: str) -> HttpResponse:
    decision = _decision(request, code)
    meeting = decision.meeting
    require(can_keep_committee(request.user, meeting.committee))
    if meeting.is_closed:
        messages.error(request, _why_not(meeting))
        return redirect(decision)
    attendance = _attendance(meeting)
    form = DecisionForm(
        request.POST if request.method == "POST" else None,
        instance=decision,
        meeting=meeting,
        attendance=attendance,
    )

    def save() -> Decision:
        return services.change_decision(
            decision, form.values(), opened_version=form.opened_version, by=request.user
        )

    tried = attempt(form, save)
    if tried.saved:
        messages.success(request, _("The decision is saved."))
        return redirect(decision)
    context = {"decision": decision}
    return _form_page(request, "committees/decision_edit.html", form, tried, meeting, attendance, context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_remove(request: SignedInRequest, code: str) -> HttpResponse:
    decision = _decision(request, code)
    meeting = decision.meeting
    require(can_keep_committee(request.user, meeting.committee))
    if request.method == "POST":
        try:
            services.remove_decision(decision, by=request.user)
        except FieldRefused as refused:
            messages.error(request, str(refused))
            return redirect(decision)
        messages.success(request, _("The decision is taken out of the draft."))
        return redirect(f"{meeting.get_absolute_url()}#decisions")
    context = {"decision": decision, "meeting": meeting, "committee": meeting.committee}
    return render(request, "committees/decision_remove.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_close(request: SignedInRequest, code: str) -> HttpResponse:
    decision = _decision(request, code)
    require(can_keep_committee(request.user, decision.meeting.committee))
    form = CloseForm(
        request.POST if request.method == "POST" else None, initial={"closed_on": timezone.localdate()}
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            services.close_decision(
                decision,
                state=values["state"],
                on=values["closed_on"],
                note=values["closing_note"],
                by=request.user,
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The decision is closed. It can be opened again."))
            return redirect(decision)
    context = {"decision": decision, "committee": decision.meeting.committee, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/decision_close.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def decision_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    decision = _decision(request, code)
    require(can_keep_committee(request.user, decision.meeting.committee))
    if request.method == "POST":
        try:
            services.reopen_decision(decision, by=request.user)
        except FieldRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The decision is open again."))
        return redirect(decision)
    context = {"decision": decision, "committee": decision.meeting.committee}
    return render(request, "committees/decision_reopen.html", context)


def _decision(request: SignedInRequest, code: str) -> Decision:
    rows = Decision.objects.visible_to(request.user).for_list().select_related("item")
    votes = ("votes__seat__position__organization", "votes__seat__organization")
    return get_object_or_404(rows.prefetch_related(*votes), code=code)


def _meeting_to_keep(request: SignedInRequest, code: str) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_committee(request.user, meeting.committee))
    return meeting


def _attendance(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendance.select_related("seat__position__organization", "seat__organization")
    sides = list(Side)
    return sorted(rows, key=lambda row: (sides.index(Side(row.seat.side)), row.pk))


def _why_not(meeting: Meeting) -> str:
    if meeting.is_closed:
        return _("The minutes of this meeting are approved: its decisions stand as they are.")
    return _("The meeting has not been held yet. Write down who was there, then what was decided.")


def _form_page(
    request: SignedInRequest,
    template: str,
    form: DecisionForm,
    tried: Attempt,
    meeting: Meeting,
    attendance: list[Attendance],
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {
        "meeting": meeting,
        "committee": meeting.committee,
        "form": form,
        "attempt": tried,
        "attendance": attendance,
        "quorum": quorum_of(meeting, attendance),
        "known": suggestions(meeting.committee.locality, request.user),
    }
    return render(request, template, context | (more or {}), status=tried.status)
