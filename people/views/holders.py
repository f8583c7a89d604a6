"""Who holds a position, from when to when, and who follows."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.once import made_once
from accounts.requests import SignedInRequest
from accounts.roles import Capability
from core.access import require
from people.corrections import note_names_read
from people.elections import elections_that_ended
from people.holding_forms import EndForm, HolderForm, HoldingDaysForm, IncumbencyForm
from people.incumbencies import HoldingRefused, change_holding, end_holding, hold, remove_holding
from people.memory import people_of
from people.models import Incumbency, Person, Position
from people.reports import HolderLine
from people.rules import can_correct_person, can_look_for_people, can_record_holder
from people.views.gone import opened_note, person_gone, seen_person, typed_in
from people.views.positions import note_holders_read, seen_position


@require_http_methods(["GET", "HEAD", "POST"])
def holder_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Somebody holds it now: without a name, or one of those who are registered with it."""
    position = seen_position(request, code)
    require(can_record_holder(request.user, position))
    still = list(position.incumbencies.current())
    held = {row.person_id for row in still}
    known = people_of(position, [], user=request.user)
    candidates = [person for pk, person in known.items() if pk not in held]
    if candidates:
        note_names_read("people", by=request.user)
    sent = request.POST if request.method == "POST" else None
    form = HolderForm(sent, candidates=candidates, still=still)
    if form.is_bound and form.is_valid():
        given = form.holding()
        try:
            address = made_once(
                request,
                lambda: hold(position, by=request.user, **given),
                address=lambda row: position.get_absolute_url(),
            )
        except HoldingRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Written down. What the position promised stays with it."))
            return redirect(address)
    context = {
        "position": position,
        "form": form,
        "still": HolderLine.from_rows(still, user=request.user),
        "may_look": can_look_for_people(request.user),
    }
    return render(request, "people/holder_new.html", context, status=422 if form.errors else 200)


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
    names = ("starts_on", "ends_on", "how_ended", "term_ends_on")
    written = {name: getattr(row, name) for name in names}
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
    if row.ends_on is not None:
        messages.info(request, _("The end of this time in office was written down already."))
        return redirect(row.position)
    elections = elections_that_ended(row, today=timezone.localdate())
    form = EndForm(request.POST or None, row=row, elections=elections)
    if request.method == "POST" and form.is_valid():
        try:
            end_holding(row, by=request.user, **form.ending())
        except HoldingRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else "ends_on", str(refusal))
        else:
            messages.success(request, _("Written down. What the position promised stays with it."))
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
