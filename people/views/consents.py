"""What a person agrees to: written down later, and withdrawn."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from people.consent import Given, Purpose, wording
from people.corrections import (
    NEEDED_TO_BE_LISTED,
    ConsentRefused,
    PersonGone,
    note_names_read,
    record_consent,
    withdraw_consent,
)
from people.forms import ConsentForm
from people.models import Person
from people.rules import can_correct_person
from people.views.gone import opened_note, person_gone, seen_person, typed_in


@require_http_methods(["GET", "HEAD", "POST"])
def consent_new(request: SignedInRequest, code: str) -> HttpResponse:
    person = seen_person(request, code)
    if person is None:
        return person_gone(request, code, typed_in(request, "phone", "email", "witness"))
    require(can_correct_person(request.user, person))
    if request.method == "POST":
        return agreed(request, person, ConsentForm(request.POST, person=person))
    initial = {"opened": opened_note(person, request)}
    if request.GET.get("purpose") in Purpose.values:
        initial["purpose"] = request.GET["purpose"]
    return consent_page(request, person, ConsentForm(person=person, initial=initial))


def agreed(request: SignedInRequest, person: Person, form: ConsentForm) -> HttpResponse:
    if not form.is_valid():
        return consent_page(request, person, form, status=422)
    data = form.cleaned_data
    try:
        record_consent(
            person,
            purpose=Purpose(data["purpose"]),
            how=Given(data["how"]),
            language=data["language"],
            witness=data["witness"],
            given_on=data["given_on"],
            phone=data.get("phone", ""),
            email=data.get("email", ""),
            by=request.user,
        )
    except PersonGone:
        return person_gone(request, person.code, typed_in(request, "phone", "email", "witness"))
    except ConsentRefused as refusal:
        form.add_error("purpose", str(refusal))
        return consent_page(request, person, form, status=409)
    messages.success(request, _("The consent is written down."))
    return redirect("person_detail", person.code)


def consent_page(
    request: SignedInRequest, person: Person, form: ConsentForm, *, status: int = 200
) -> HttpResponse:
    note_names_read(person, by=request.user)
    words = [(purpose.label, wording(purpose)) for purpose in form.asked]
    context = {"person": person, "form": form, "words": words}
    return render(request, "people/consent_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def consent_withdraw(request: SignedInRequest, code: str, purpose: str) -> HttpResponse:
    """Ask first, and say what follows. To be listed at all is withdrawn by being erased."""
    person = get_object_or_404(Person.objects.visible_to(request.user), code=code)
    consent = get_object_or_404(person.consents.filter(withdrawn_at=None), purpose=purpose)
    require(can_correct_person(request.user, person))
    if purpose in NEEDED_TO_BE_LISTED:
        return redirect("person_erase", person.code)
    if request.method == "POST":
        consent.person = person
        withdraw_consent(consent, by=request.user)
        messages.success(request, _("The consent is withdrawn."))
        return redirect("person_detail", person.code)
    note_names_read(person, by=request.user)
    context = {"person": person, "consent": consent, "is_contact": purpose == Purpose.CONTACT}
    return render(request, "people/consent_withdraw.html", context)
