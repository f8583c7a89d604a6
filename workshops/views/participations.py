"""One registration: correct it, or take it off the list."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from people.consent import Given, Purpose
from workshops.forms import CorrectionForm, organizations_suggested, positions_suggested
from workshops.models import Participation
from workshops.rules import can_see_names
from workshops.services import RegistrationClosed, correct_registration, note_names_read, remove_participation


@require_http_methods(["GET", "HEAD", "POST"])
def participation_edit(request: SignedInRequest, code: str, person: str) -> HttpResponse:
    participations = Participation.objects.visible_to(request.user).for_list()
    participation = get_object_or_404(
        participations.select_related("workshop__locality__country"), workshop__code=code, person__code=person
    )
    workshop = participation.workshop
    require(can_see_names(request.user, workshop))
    if request.method == "POST":
        form = CorrectionForm(request.POST, workshop=workshop)
        return correct(request, participation, form)
    note_names_read(workshop, by=request.user)
    form = CorrectionForm(workshop=workshop, initial=as_written(participation))
    return correction_page(request, participation, form)


def correct(request: SignedInRequest, participation: Participation, form: CorrectionForm) -> HttpResponse:
    if not form.is_valid():
        return correction_page(request, participation, form, status=422)
    try:
        correct_registration(
            participation,
            details=form.details(),
            purposes=form.purposes(),
            how=Given(form.cleaned_data["how"]),
            by=request.user,
        )
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return correction_page(request, participation, form, status=409)
    messages.success(request, _("Corrected."))
    return redirect(participation.workshop)


def correction_page(
    request: SignedInRequest, participation: Participation, form: CorrectionForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "workshop": participation.workshop,
        "participation": participation,
        "form": form,
        "positions": positions_suggested(participation.workshop),
        "organizations": organizations_suggested(participation.workshop),
    }
    return render(request, "workshops/participation_edit.html", context, status=status)


def as_written(participation: Participation) -> dict[str, Any]:
    """The registration as the form shows it."""
    person = participation.person
    consents = {consent.purpose: consent for consent in person.consents.filter(withdrawn_at=None)}
    first = next(iter(consents.values()), None)
    return {
        "full_name": person.full_name,
        "phone": person.phone,
        "email": person.email,
        "category": participation.category,
        "sex": participation.sex,
        "age_band": participation.age_band,
        "position": participation.position.title if participation.position else "",
        "organization": participation.organization.name if participation.organization else "",
        "agrees_contact": Purpose.CONTACT in consents,
        "guardian_agrees": Purpose.GUARDIAN in consents,
        "how": first.how if first else Given.SPOKEN,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def participation_remove(request: SignedInRequest, code: str, person: str) -> HttpResponse:
    participations = Participation.objects.visible_to(request.user).for_list()
    participation = get_object_or_404(
        participations.select_related("workshop__locality__country"), workshop__code=code, person__code=person
    )
    workshop = participation.workshop
    require(can_see_names(request.user, workshop))
    to_desk = "registration" in request.GET or "registration" in request.POST
    if request.method == "POST":
        if remove_participation(participation, by=request.user):
            messages.success(request, _("Removed, and the name is deleted: it was on no other list."))
        else:
            messages.success(request, _("Removed from this workshop."))
        return redirect("registration", workshop.code) if to_desk else redirect(workshop)
    note_names_read(workshop, by=request.user)
    elsewhere = participation.person.participations.exclude(pk=participation.pk).exists()
    context = {
        "workshop": workshop,
        "participation": participation,
        "elsewhere": elsewhere,
        "to_desk": to_desk,
    }
    return render(request, "workshops/participation_remove.html", context)
