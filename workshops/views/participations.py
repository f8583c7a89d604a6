"""One registration: correct it, or take it off the list."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page, removed
from localities.languages import language_name
from people.consent import Given, Purpose, wording
from workshops.forms import (
    MORE_PERMISSIONS,
    CorrectionForm,
    organizations_suggested,
    places_suggested,
    positions_suggested,
    written,
)
from workshops.models import Participation, Workshop
from workshops.rules import can_see_names
from workshops.services import (
    RegistrationClosed,
    RegistrationGone,
    correct_registration,
    note_names_read,
    remove_participation,
)
from workshops.views.desk import desk, fresh_form, permissions, workshop_at_desk


def workshop_with_names(request: SignedInRequest, code: str) -> Workshop:
    """The workshop is asked before the person: whoever does not run it gets the same refusal for
    somebody who came and for somebody who did not."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_see_names(request.user, workshop))
    return workshop


def named_participation(request: SignedInRequest, code: str, person: str) -> Participation:
    """The registration, for who runs the workshop."""
    workshop = workshop_with_names(request, code)
    return get_object_or_404(workshop.participations.for_list(), person__code=person)


def is_from_desk(request: SignedInRequest) -> bool:
    """Whether the reader came from the registration page, and wants to go on there."""
    return "registration" in request.GET or "registration" in request.POST


def to_where_it_began(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    return redirect("registration" if is_from_desk(request) else "participant_list", workshop.code)


@require_http_methods(["GET", "HEAD", "POST"])
def participation_edit(request: SignedInRequest, code: str, person: str) -> HttpResponse:
    workshop = workshop_with_names(request, code)
    participation = workshop.participations.for_list().filter(person__code=person).first()
    if request.method == "POST":
        form = CorrectionForm(request.POST, workshop=workshop)
        if participation is None:
            return removed(request, form, back=workshop)  # erased or merged while it was open
        return correct(request, participation, form)
    if participation is None:
        raise Http404
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
            refused=form.refused(),
            how=Given(form.cleaned_data["how"]),
            witness=form.cleaned_data["witness"],
            language=form.cleaned_data["language"],
            by=request.user,
        )
    except RegistrationGone:
        return removed(request, form, back=participation.workshop)
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return correction_page(request, participation, form, status=409)
    messages.success(request, _("Corrected."))
    return to_where_it_began(request, participation.workshop)


def correction_page(
    request: SignedInRequest, participation: Participation, form: CorrectionForm, *, status: int = 200
) -> HttpResponse:
    workshop = participation.workshop
    context = {
        "workshop": workshop,
        "participation": participation,
        "form": form,
        "to_desk": is_from_desk(request),
        "consents": [
            (consent, language_name(consent.language))
            for consent in participation.person.consents.select_related("recorded_by")
        ],
        "permissions": permissions(form),
        "wording_contact": wording(Purpose.CONTACT),
        "wording_guardian": wording(Purpose.GUARDIAN),
        "positions": positions_suggested(workshop, request.user),
        "organizations": organizations_suggested(workshop, request.user),
        "places": places_suggested(workshop),
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
        "comes_from": written(participation.locality) if participation.locality else "",
        "residence": participation.residence,
        "standing": participation.standing,
        "agrees_contact": Purpose.CONTACT in consents,
        "guardian_agrees": Purpose.GUARDIAN in consents,
        "how": first.how if first else Given.SPOKEN,
    } | {name: purpose in consents for name, purpose in MORE_PERMISSIONS.items()}


@require_http_methods(["GET", "HEAD", "POST"])
def participation_remove(request: SignedInRequest, code: str, person: str) -> HttpResponse:
    """Asks first. At the desk, by htmx, it asks in the row and leaves the half-typed form alone."""
    participation = named_participation(request, code, person)
    workshop = participation.workshop
    if request.method == "POST":
        if remove_participation(participation, by=request.user):
            messages.success(request, _("Removed, and the name is deleted: it was on no other list."))
        else:
            messages.success(request, _("Removed from this workshop."))
        if request.htmx:
            # The page takes the meter and the last registered out of it, not the form.
            at_desk = workshop_at_desk(request, code)
            return desk(request, at_desk, fresh_form(at_desk, request.POST))
        return to_where_it_began(request, workshop)
    note_names_read(workshop, by=request.user)
    elsewhere = participation.person.participations.exclude(pk=participation.pk).exists()
    context = {
        "workshop": workshop,
        "participation": participation,
        "elsewhere": elsewhere,
        "to_desk": is_from_desk(request),
    }
    return page(request, "workshops/participation_remove.html", context, part="ask")
