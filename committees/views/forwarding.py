"""Pages of what one committee sends on to another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.forms.forwarding import SendBackForm, SendOnForm, TakeUpForm
from committees.models import Committee, Decision, Forwarding
from committees.reports.chains import Chain
from committees.rules import can_keep_committee
from committees.services import forwarding as services
from core.access import require
from core.refusals import FieldRefused


@require_http_methods(["GET", "HEAD", "POST"])
def forward_decision(request: SignedInRequest, code: str) -> HttpResponse:
    decision = get_object_or_404(Decision.objects.visible_to(request.user).for_list(), code=code)
    committee = decision.meeting.committee
    require(can_keep_committee(request.user, committee))
    offered = services.higher_committees(committee)
    form = SendOnForm(
        request.POST if request.method == "POST" else None, offered=offered, first=committee.reports_to_id
    )
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            address = made_once(
                request,
                lambda: services.send_on(
                    decision,
                    to=values["to"],
                    note=values["note"],
                    on=timezone.localdate(),
                    by=request.user,
                ),
                address=lambda made: made.get_absolute_url(),
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The decision is sent on. You are told when it is answered."))
            return redirect(address)
    context = {"decision": decision, "committee": committee, "form": form, "offered": offered.exists()}
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/forward_decision.html", context, status=status)


@require_safe
def forwarding_detail(request: SignedInRequest, code: str) -> HttpResponse:
    sent = _forwarding(request, code)
    sender = sent.decision.meeting.committee
    may_deal = can_keep_committee(request.user, sent.to) and services.can_be_taken_up(sent)
    seen = set(
        Committee.objects.visible_to(request.user)
        .filter(pk__in=[sender.pk, sent.to_id])
        .values_list("pk", flat=True)
    )
    context = {
        "forwarding": sent,
        "sender": sender,
        "sees_sender": sender.pk in seen,
        "sees_receiver": sent.to_id in seen,
        "chain": Chain.from_forwarding(sent, request.user),
        "item": getattr(sent, "taken_up", None) if sent.to_id in seen else None,
        "may_deal": may_deal,
    }
    return render(request, "committees/forwarding_detail.html", context)


@require_safe
def committee_forwardings(request: SignedInRequest, code: str) -> HttpResponse:
    """What other committees sent to this one, and what it sent on."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    rows = Forwarding.objects.visible_to(request.user).for_list()
    context = {
        "committee": committee,
        "received": rows.filter(to=committee)[:100],
        "sent": rows.filter(decision__meeting__committee=committee)[:100],
        "may_keep": can_keep_committee(request.user, committee),
    }
    return render(request, "committees/committee_forwardings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def forwarding_take_up(request: SignedInRequest, code: str) -> HttpResponse:
    sent = _forwarding(request, code)
    require(can_keep_committee(request.user, sent.to))
    meetings = sent.to.meetings.planned().filter(day__gte=timezone.localdate())
    form = TakeUpForm(request.POST if request.method == "POST" else None, meetings=meetings)
    if request.method == "POST" and form.is_valid():
        meeting = form.cleaned_data["meeting"]
        try:
            services.take_up(sent, meeting=meeting, by=request.user)
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("It is on the agenda."))
            return redirect(meeting)
    context = {"forwarding": sent, "form": form, "meetings": meetings.exists()}
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/forwarding_take_up.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def forwarding_send_back(request: SignedInRequest, code: str) -> HttpResponse:
    sent = _forwarding(request, code)
    require(can_keep_committee(request.user, sent.to))
    form = SendBackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            services.send_back(
                sent, answer=form.cleaned_data["answer"], on=timezone.localdate(), by=request.user
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("It is sent back with your answer."))
            return redirect(sent)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "committees/forwarding_send_back.html", {"forwarding": sent, "form": form}, status=status
    )


def _forwarding(request: SignedInRequest, code: str) -> Forwarding:
    rows = Forwarding.objects.visible_to(request.user).for_list()
    return get_object_or_404(rows.select_related("to__locality__country", "decision__item"), code=code)
