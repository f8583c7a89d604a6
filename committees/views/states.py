"""The moves of a committee from one state to the next: each a page that says what follows, and asks."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from accounts.roles import Capability
from committees.forms.states import ActivateForm, DeactivateForm, DissolveForm, EstablishForm, ReopenForm
from committees.models import Committee
from committees.rules import can_activate_committee
from committees.services import states as services
from committees.services.reopening import Before, reopen_committee
from committees.states import MOVES, CommitteeState
from core.access import require
from core.refusals import FieldRefused
from workshops.models import Workshop


def committee_to_move(request: SignedInRequest, code: str) -> Committee:
    """The committee, if the reader may move it at all."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_activate_committee(request.user, committee))
    return committee


def moved(
    request: SignedInRequest,
    committee: Committee,
    form: forms.Form,
    move: Callable[[], object],
    *,
    to: CommitteeState,
    said: str,
    template: str,
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Ask, or act; a step that cannot be taken from here leads back with the reason."""
    if to not in MOVES[CommitteeState(committee.state)]:
        words = _("The committee is “%(state)s” now: that is no step from there.")
        messages.error(request, words % {"state": committee.get_state_display()})
        return redirect(committee)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                move()
            except FieldRefused as refused:
                form.add_error(refused.field if refused.field in form.fields else None, str(refused))
            else:
                messages.success(request, said)
                return redirect(committee)
    return render(request, template, {"committee": committee, "form": form} | (more or {}), status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_establish(request: SignedInRequest, code: str) -> HttpResponse:
    committee = committee_to_move(request, code)
    today = timezone.localdate()
    # A committee reads what was promised at its workshop: of those where the user may set one up.
    workshops = Workshop.objects.visible_to(request.user).filter(
        request.user.scope.rows(Capability.SET_UP_COMMITTEES), locality__country=committee.locality.country
    )
    form = EstablishForm(
        request.POST if request.method == "POST" else None,
        initial={"on": today, "workshop": committee.established_at},
        workshops=workshops.order_by("-starts_on"),
    )
    if committee.state != CommitteeState.PROPOSED:
        messages.error(request, _("The committee is established already."))
        return redirect(committee)
    return moved(
        request,
        committee,
        form,
        lambda: services.establish(committee, by=request.user, today=today, **form.cleaned_data),
        to=CommitteeState.ESTABLISHED,
        said=_("The committee is established."),
        template="committees/committee_establish.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def committee_activate(request: SignedInRequest, code: str) -> HttpResponse:
    committee = committee_to_move(request, code)
    today = timezone.localdate()
    gate = services.gate_of(committee)
    form = ActivateForm(
        request.POST if request.method == "POST" else None,
        initial={"on": today},
        needs_override=gate.needs_override,
    )
    return moved(
        request,
        committee,
        form,
        lambda: services.activate(committee, by=request.user, today=today, **form.cleaned_data),
        to=CommitteeState.ACTIVE,
        said=_("The committee is active."),
        template="committees/committee_activate.html",
        more={"gate": gate},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def committee_deactivate(request: SignedInRequest, code: str) -> HttpResponse:
    committee = committee_to_move(request, code)
    form = DeactivateForm(request.POST if request.method == "POST" else None)
    if committee.state != CommitteeState.ACTIVE:
        messages.error(request, _("Only an active committee is put back to established."))
        return redirect(committee)
    return moved(
        request,
        committee,
        form,
        lambda: services.deactivate(committee, by=request.user, **form.cleaned_data),
        to=CommitteeState.ESTABLISHED,
        said=_("The committee is put back to established."),
        template="committees/committee_deactivate.html",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def committee_dissolve(request: SignedInRequest, code: str) -> HttpResponse:
    committee = committee_to_move(request, code)
    today = timezone.localdate()
    form = DissolveForm(request.POST if request.method == "POST" else None, initial={"on": today})
    return moved(
        request,
        committee,
        form,
        lambda: services.dissolve(committee, by=request.user, today=today, **form.cleaned_data),
        to=CommitteeState.DISSOLVED,
        said=_("The committee is dissolved. Its plans, minutes and decisions stay."),
        template="committees/committee_dissolve.html",
        more={"seats": committee.seats.current().count()},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def committee_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    committee = committee_to_move(request, code)
    if committee.state != CommitteeState.DISSOLVED:
        messages.error(request, _("Only a dissolved committee is reopened."))
        return redirect(committee)
    before = Before.from_committee(committee)
    form = ReopenForm(request.POST if request.method == "POST" else None)
    return moved(
        request,
        committee,
        form,
        lambda: reopen_committee(committee, by=request.user, **form.cleaned_data),
        to=before.state,
        said=_("The committee is reopened, with its seats and who sat there."),
        template="committees/committee_reopen.html",
        more={"before": before},
    )
