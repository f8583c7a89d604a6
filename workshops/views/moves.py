"""The life of a workshop: from planned to closed, each step asked about first, and its report in words."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.access import require
from workshops.forms.moves import MoveForm, NarrativeForm
from workshops.models import Workshop
from workshops.reports.moves import Move, moves_of
from workshops.rules import can_run_workshop
from workshops.services import MoveRefused, move_workshop
from workshops.services.gates import missing_for
from workshops.services.refusals import NarrativeChanged
from workshops.services.workshops import write_narrative
from workshops.states import WorkshopState, may_move


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_move(request: SignedInRequest, code: str) -> HttpResponse:
    """With `?to=STATE` that step is explained and asked about; without, the steps to choose from."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops.with_turnout(), code=code)
    require(can_run_workshop(request.user, workshop))
    to = request.POST.get("to") or request.GET.get("to", "")
    if to not in WorkshopState.values or not may_move(workshop.state, to):
        if request.method == "POST":
            return refused(request, workshop, WorkshopState(to) if to in WorkshopState.values else None)
        return render(
            request, "workshops/workshop_move.html", {"workshop": workshop, "moves": moves_of(workshop)}
        )
    return asked_first(request, workshop, WorkshopState(to), is_sent=request.method == "POST")


@require_http_methods(["GET", "HEAD", "POST"])
def workshop_cancel(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops.with_turnout(), code=code)
    require(can_run_workshop(request.user, workshop))
    if not may_move(workshop.state, WorkshopState.CANCELLED):
        return redirect("workshop_move", workshop.code)
    return asked_first(request, workshop, WorkshopState.CANCELLED, is_sent=request.method == "POST")


@require_POST
def workshop_hold(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    return moved(request, workshop, WorkshopState.HELD)


@require_POST
def workshop_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    """Back to planned. After postponing the new days are asked for."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops.with_turnout(), code=code)
    require(can_run_workshop(request.user, workshop))
    if workshop.state == WorkshopState.POSTPONED:
        return asked_first(request, workshop, WorkshopState.PLANNED, is_sent=False)
    return moved(request, workshop, WorkshopState.PLANNED)


@require_http_methods(["GET", "HEAD", "POST"])
def narrative_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """The texts of the report. Two who write at once are told, and nothing is lost."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    form = NarrativeForm(request.POST if request.method == "POST" else None, instance=workshop)
    context = {"form": form, "workshop": workshop, "differences": []}
    status = 200
    if request.method == "POST" and form.is_valid():
        opened = form.cleaned_data["opened"]
        try:
            write_narrative(workshop, texts=form.cleaned_data, opened=opened, by=request.user)
        except NarrativeChanged as changed:
            context["differences"] = form.differences(changed.current)
            form.take_version(changed.current)
            status = 409
        else:
            messages.success(request, _("Saved."))
            return redirect(workshop)
    elif form.is_bound:
        status = 422
    return render(request, "workshops/narrative_edit.html", context, status=status)


def asked_first(
    request: SignedInRequest, workshop: Workshop, to: WorkshopState, *, is_sent: bool
) -> HttpResponse:
    """What the move means, what is missing for it, what it asks for; then the move."""
    form = MoveForm(request.POST if is_sent else None, workshop=workshop, to=to)
    move = Move.to(workshop, to)
    missing = missing_for(workshop, to)
    if is_sent and form.is_valid() and not missing:
        return moved(request, workshop, to, **form.cleaned_data)
    context = {"workshop": workshop, "form": form, "move": move, "missing": missing}
    status = 422 if is_sent else 200
    return render(request, "workshops/workshop_move.html", context, status=status)


def moved(request: SignedInRequest, workshop: Workshop, to: WorkshopState, **answers: object) -> HttpResponse:
    """Back to the workshop, in its new state or with the reason why not."""
    done = str(Move.to(workshop, to).done)
    try:
        move_workshop(workshop, to=to, by=request.user, **answers)  # type: ignore[arg-type]
    except MoveRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect(workshop)


def refused(request: SignedInRequest, workshop: Workshop, to: WorkshopState | None) -> HttpResponse:
    """A step that this state does not allow (any more): said in words, with the workshop as it stands."""
    if to is not None:
        return moved(request, workshop, to)
    return redirect("workshop_move", workshop.code)
