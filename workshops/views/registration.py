"""The registration desk, made for forty people in a row on a phone."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page
from people.consent import Given, Purpose, wording
from people.models import Person
from people.names import name_key
from workshops.forms import RegistrationForm, UnnamedForm, organizations_suggested, positions_suggested
from workshops.models import Participation, Workshop
from workshops.reports import Meter, registered_sentence
from workshops.rules import can_run_workshop
from workshops.services import (
    AlreadyRegistered,
    RegistrationClosed,
    count_people,
    note_names_read,
    register,
)

LAST_SHOWN = 5
MOST_CANDIDATES = 50
ANOTHER = "another"


@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: SignedInRequest, code: str) -> HttpResponse:
    """Register one person after the other. Sent by htmx, only the desk comes back: empty again."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops.with_turnout(), code=code)
    require(can_run_workshop(request.user, workshop))
    if request.method == "POST":
        answer = count_without_name if "count" in request.POST else register_by_name
        return answer(request, workshop)
    if not workshop.accepts_registrations:
        messages.warning(request, str(RegistrationClosed()))
        return redirect(workshop)
    if workshop.named_people:
        note_names_read(workshop, by=request.user)
    return desk(request, workshop, fresh_form(workshop, request.GET.get("how")))


def register_by_name(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    form = RegistrationForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return desk(request, workshop, form, status=422)
    known = known_by_this_name(request, form)
    if any(each.submission == form.cleaned_data["submission"] for each in known):
        messages.info(request, _("Already registered. Nothing was registered twice."))
        return next_person(request, workshop, how=form.cleaned_data["how"])
    choice = request.POST.get("same_as", "")
    person = next((each.person for each in known if each.person.code == choice), None)
    if known and person is None and choice != ANOTHER:
        return desk(request, workshop, form, known=known, status=422)
    return register_now(request, workshop, form, person)


def register_now(
    request: SignedInRequest, workshop: Workshop, form: RegistrationForm, person: Person | None
) -> HttpResponse:
    """Write a valid form down: somebody new, or a `person` known already."""
    try:
        new = register(
            workshop,
            details=form.details(),
            person=person,
            submission=form.cleaned_data["submission"],
            purposes=form.purposes(),
            how=Given(form.cleaned_data["how"]),
            by=request.user,
        )
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return desk(request, workshop, form, status=409)
    except AlreadyRegistered as refusal:
        if refusal.earlier.person.key != name_key(form.cleaned_data["full_name"]):
            return desk(request, workshop, saved_under_another_name(request, refusal.earlier), status=409)
        messages.info(request, str(refusal))
    else:
        add_to_turnout(workshop, named=1, is_authority=new.counted_as_local_authority)
        messages.success(request, _("Registered. %(now)s") % {"now": registered_sentence(workshop.turnout())})
    return next_person(request, workshop, how=form.cleaned_data["how"])


def saved_under_another_name(request: SignedInRequest, earlier: Participation) -> RegistrationForm:
    """The link broke after a save, the name was changed, the form sent again: nothing of it is lost."""
    data = request.POST.copy()
    data["submission"] = str(uuid4())
    form = RegistrationForm(data, workshop=earlier.workshop)
    form.add_error(
        None,
        _(
            "This form was saved before, as %(code)s. Correct that registration, or press Save again to "
            "register this person as well."
        )
        % {"code": earlier.person.code},
    )
    return form


def count_without_name(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    """Whoever does not agree is counted; the name that was typed is neither kept nor shown again."""
    form = UnnamedForm(request.POST, workshop=workshop)
    if not form.is_valid():
        return desk(request, workshop, with_errors_of(form, request), status=422)
    try:
        tally = count_people(
            workshop,
            details=form.details(),
            count=1,
            submission=form.cleaned_data["submission"],
            by=request.user,
        )
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return desk(request, workshop, with_errors_of(form, request), status=409)
    except AlreadyRegistered as refusal:
        messages.info(request, str(refusal))
    else:
        add_to_turnout(workshop, counted=1, is_authority=tally.counted_as_local_authority)
        now = registered_sentence(workshop.turnout())
        messages.success(request, _("Counted without a name. %(now)s") % {"now": now})
    return next_person(request, workshop, how=request.POST.get("how"))


def with_errors_of(form: UnnamedForm, request: SignedInRequest) -> RegistrationForm:
    """The whole form with all that was typed, and only the errors that matter without a name."""
    shown = RegistrationForm(request.POST, workshop=form.workshop)
    shown.errors.clear()
    for field, errors in form.errors.as_data().items():
        shown.add_error(field, errors)
    return shown


def known_by_this_name(request: SignedInRequest, form: RegistrationForm) -> list[Participation]:
    """Where this user has seen somebody of this name before: each person once, the latest first."""
    same_name = (
        Participation.objects.with_names_for(request.user)
        .filter(
            person__key=name_key(form.cleaned_data["full_name"]),
            person__country=form.workshop.locality.country,
        )
        .select_related("person", "position", "organization", "workshop__locality")
        .order_by("-pk")[:MOST_CANDIDATES]
    )
    latest: dict[int, Participation] = {}
    for each in same_name:
        if each.person_id not in latest or each.workshop_id == form.workshop.pk:
            latest[each.person_id] = each
    return list(latest.values())


def add_to_turnout(workshop: Workshop, *, is_authority: bool, named: int = 0, counted: int = 0) -> None:
    """Move the numbers that were read with the workshop, instead of reading them again."""
    workshop.named_people += named
    workshop.counted_people += counted
    workshop.named_authorities += named * is_authority
    workshop.counted_authorities += counted * is_authority


def fresh_form(workshop: Workshop, how: str | None) -> RegistrationForm:
    """An empty form; how consent is given is the same for a whole queue, so it may stay."""
    initial = {"how": how} if how in Given.values else {}
    return RegistrationForm(workshop=workshop, initial=initial)


def next_person(request: SignedInRequest, workshop: Workshop, *, how: str | None) -> HttpResponse:
    """An empty form; what happened stands in the messages."""
    if request.htmx:
        return desk(request, workshop, fresh_form(workshop, how))
    kept = f"?how={how}" if how in Given.values else ""
    return redirect(reverse("registration", args=[workshop.code]) + kept)


def desk(
    request: SignedInRequest,
    workshop: Workshop,
    form: RegistrationForm,
    *,
    known: list[Participation] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {
        "workshop": workshop,
        "form": form,
        "known": known or [],
        "another": ANOTHER,
        "meter": Meter.from_workshop(workshop, sees_all=True),
        "last": workshop.participations.for_list()[:LAST_SHOWN],
        "wording_register": wording(Purpose.REGISTER),
        "wording_contact": wording(Purpose.CONTACT),
        "wording_guardian": wording(Purpose.GUARDIAN),
        # Not part of what htmx fetches, so not read for it.
        "positions": positions_suggested(workshop, request.user),
        "organizations": organizations_suggested(workshop, request.user),
    }
    return page(request, "workshops/registration.html", context, part="desk", status=status)
