"""The registration desk, made for forty people in a row on a phone."""

from collections.abc import Callable
from uuid import uuid4

from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.pages import page
from people.consent import Given
from people.matching import Wanted, alike, alike_many
from people.models import Merge, Person
from people.names import name_key
from workshops.forms import RegistrationForm, UnnamedForm
from workshops.models import Invitation, Participation, Workshop
from workshops.reports import registered_sentence
from workshops.reports.known import Known
from workshops.services import (
    AlreadyRegistered,
    NamesakesFound,
    PersonGone,
    RegistrationClosed,
    count_people,
    note_names_read,
    note_signed,
    register,
)
from workshops.views.desk import (
    ANOTHER,
    days_on_paper,
    desk,
    fresh_form,
    next_person,
    sent_form,
    workshop_at_desk,
)

LETTERS_BEFORE_LOOKING = 3
MOST_CARDS = 5
MOST_WHILE_TYPING = 3
LIKE_ENOUGH_TO_ASK = 85  # of 100, when the card was not shown while the name was typed

Answer = Callable[[SignedInRequest, Workshop], HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def registration(request: SignedInRequest, code: str) -> HttpResponse:
    """Register one person after the other. Sent by htmx, only the desk comes back: empty again."""
    workshop = workshop_at_desk(request, code)
    if request.method == "POST":
        return answer_to(request)(request, workshop)
    if not workshop.accepts_registrations:
        messages.warning(request, str(RegistrationClosed(workshop)))
        return redirect(workshop)
    if workshop.named_people:
        note_names_read(workshop, by=request.user)
    return desk(request, workshop, fresh_form(workshop, request.GET))


def answer_to(request: SignedInRequest) -> Answer:
    """What was pressed: each button brings its own name."""
    buttons: dict[str, Answer] = {"count": count_without_name, "look": look_for, "fill": fill_in}
    return next((answer for name, answer in buttons.items() if name in request.POST), register_by_name)


# --- Who is it? ---------------------------------------------------------------------------------


def look_for(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    """Asked by htmx while the name is typed: who of those known already might it be?"""
    if not request.htmx:
        return fill_in(request, workshop)
    name = request.POST.get("full_name", "")[:150]
    cards: list[Known] = []
    if sum(letter.isalpha() for letter in name) >= LETTERS_BEFORE_LOOKING:
        cards = known_as(request, workshop, name, limit=MOST_WHILE_TYPING)
    if cards:
        note_names_read(workshop, by=request.user)
    context = {"workshop": workshop, "alike": cards}
    return page(request, "workshops/registration.html", context, part="alike")


def known_as(request: SignedInRequest, workshop: Workshop, name: str, *, limit: int) -> list[Known]:
    """Whoever this user may see, in this country, under a name like this; and who is invited under it."""
    among = Person.objects.visible_to(request.user).filter(country=workshop.locality.country)
    found = alike(name, among=among, phone=request.POST.get("phone", "")[:40], limit=limit)
    if not found and not workshop.waits_for_somebody:  # type: ignore[attr-defined]
        return []
    return Known.from_likenesses(found, workshop=workshop, user=request.user, invited_as=name)


def fill_in(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    """Somebody on the cards was chosen, or let go again: nothing is saved, nothing typed is lost."""
    chosen = chosen_one(request, workshop, request.POST.get("fill", ""))
    fields = set(RegistrationForm.base_fields) - {"submission", "half"}
    typed = {name: value for name in fields if (value := request.POST.get(name, "").strip())}
    filled = chosen.filled if chosen else {}
    initial = filled | typed | {"full_name": filled.get("full_name") or typed.get("full_name", "")}
    return desk(request, workshop, fresh_form(workshop, request.POST, **initial), chosen=chosen)


def chosen_one(request: SignedInRequest, workshop: Workshop, code: str) -> Known | None:
    """The person or the invitation of this code, as far as this user may see them."""
    if not code or code == ANOTHER:
        return None
    people = Person.objects.visible_to(request.user).filter(country=workshop.locality.country)
    if person := people.filter(code=code).first():
        return Known.from_person(person, workshop=workshop, user=request.user)
    invitations = Invitation.objects.visible_to(request.user).filter(workshop=workshop, participation=None)
    invitation = invitations.filter(code=code).select_related("locality").first()
    return Known.from_invitation(invitation) if invitation else None


def namesakes(request: SignedInRequest, workshop: Workshop, form: RegistrationForm) -> list[Known]:
    """Whom to ask about before somebody new is written down: all of this very name, and those of a name
    like it who were not shown while it was typed."""
    name, shown = form.cleaned_data["full_name"], set(request.POST.getlist("seen"))
    among = Person.objects.visible_to(request.user).filter(country=workshop.locality.country)
    found = [
        each
        for each in alike_many([Wanted(name, form.cleaned_data["phone"])], among=among)[0]
        if each.person.key == name_key(name)
        or (each.score >= LIKE_ENOUGH_TO_ASK and each.person.code not in shown)
    ]
    if not found:
        return []
    cards = Known.from_likenesses(found[:MOST_CARDS], workshop=workshop, user=request.user)
    for card in cards:
        if card.here and card.here.submission == form.cleaned_data["submission"]:
            raise AlreadyRegistered(card.here)
    return cards


# --- By name ------------------------------------------------------------------------------------


def register_by_name(request: SignedInRequest, workshop: Workshop) -> HttpResponse:
    form = sent_form(request, workshop)
    choice = request.POST.get("same_as", "")
    if not form.is_valid():
        chosen = chosen_one(request, workshop, choice or request.POST.get("invitation", ""))
        return desk(request, workshop, form, chosen=chosen, status=422)
    person = None
    if choice and choice != ANOTHER:
        people = Person.objects.visible_to(request.user).filter(country=workshop.locality.country)
        person = people.filter(code=choice).first()
        if person is None:
            return chosen_is_gone(request, workshop, form, choice)
    return register_now(request, workshop, form, person)


def register_now(
    request: SignedInRequest, workshop: Workshop, form: RegistrationForm, person: Person | None
) -> HttpResponse:
    """Write a valid form down: somebody new, or a `person` known already."""
    choice = request.POST.get("same_as", "")
    try:
        new = register(
            workshop,
            details=form.details(),
            person=person,
            submission=form.cleaned_data["submission"],
            purposes=form.purposes(),
            how=Given(form.cleaned_data["how"]),
            by=request.user,
            entry=form.cleaned_data["entry"],
            invitation=invitation_for(request, workshop, form, person),
            witness=form.cleaned_data["witness"],
            language=form.cleaned_data["language"],
            present=form.present(),
            unless=None if choice else lambda: namesakes(request, workshop, form),
        )
    except NamesakesFound as question:
        return desk(request, workshop, form, cards=question.found, status=422)
    except PersonGone:
        return chosen_is_gone(request, workshop, form, choice)
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return desk(request, workshop, form, status=409)
    except AlreadyRegistered as refusal:
        if refusal.earlier.person.key != name_key(form.cleaned_data["full_name"]) and person is None:
            return desk(request, workshop, saved_under_another_name(request, refusal.earlier), status=409)
        messages.info(request, f"{refusal} {signed_sentence(request, form, refusal.earlier)}".strip())
    else:
        add_to_turnout(workshop, named=1, is_authority=new.counted_as_local_authority)
        messages.success(request, _("Registered. %(now)s") % {"now": registered_sentence(workshop.turnout())})
    return next_person(request, workshop)


def signed_sentence(request: SignedInRequest, form: RegistrationForm, earlier: Participation) -> str:
    """The paper list in hand holds somebody who is registered already: the half-days count all the same."""
    added = note_signed(earlier, present=form.present(), by=request.user)
    if not added:
        return ""
    return ngettext(
        "%(n)s half-day is marked as attended.", "%(n)s half-days are marked as attended.", added
    ) % {"n": added}


def invitation_for(
    request: SignedInRequest, workshop: Workshop, form: RegistrationForm, person: Person | None
) -> Invitation | None:
    """The invitation with which somebody comes: the one chosen, else the one of this very name."""
    if not workshop.waits_for_somebody:  # type: ignore[attr-defined]
        return None
    waiting = Invitation.objects.visible_to(request.user).filter(workshop=workshop, participation=None)
    if chosen := waiting.filter(code=request.POST.get("invitation", "")).first():
        return chosen
    if request.POST.get("same_as") == ANOTHER:
        return None
    theirs = Q(key=name_key(form.cleaned_data["full_name"]), person=None)
    return waiting.filter(theirs | Q(person=person) if person else theirs).first()


def chosen_is_gone(
    request: SignedInRequest, workshop: Workshop, form: RegistrationForm, code: str
) -> HttpResponse:
    """Who was chosen was erased or merged while the form was open: said so, and nothing typed is lost."""
    merge = Merge.objects.filter(merged_code=code[:12], undone_at=None).select_related("kept").first()
    now = chosen_one(request, workshop, merge.kept.code) if merge and merge.kept else None
    if now:
        text = _("The record that you chose was brought together with another one. Is this the same person?")
    else:
        text = _(
            "The record that you chose is not on your lists any more. Nothing is saved yet: press Save "
            "again to write the person down anew."
        )
    form.add_error(None, text)
    return desk(request, workshop, form, cards=[now] if now else None, status=409)


def saved_under_another_name(request: SignedInRequest, earlier: Participation) -> RegistrationForm:
    """The link broke after a save, the name was changed, the form sent again: nothing of it is lost."""
    data = request.POST.copy()
    data["submission"] = str(uuid4())
    days = days_on_paper(earlier.workshop, data)
    form = RegistrationForm(data, workshop=earlier.workshop, half_days=days)
    form.add_error(
        None,
        _(
            "This form was saved before, as %(code)s. Correct that registration, or press Save again to "
            "register this person as well."
        )
        % {"code": earlier.person.code},
    )
    return form


def add_to_turnout(workshop: Workshop, *, is_authority: bool, named: int = 0, counted: int = 0) -> None:
    """Move the numbers that were read with the workshop, instead of reading them again."""
    workshop.named_people += named
    workshop.counted_people += counted
    workshop.named_authorities += named * is_authority
    workshop.counted_authorities += counted * is_authority


# --- Without a name -----------------------------------------------------------------------------


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
    return next_person(request, workshop)


def with_errors_of(form: UnnamedForm, request: SignedInRequest) -> RegistrationForm:
    """The whole form with all that was typed, and only the errors that matter without a name."""
    shown = sent_form(request, form.workshop)
    shown.errors.clear()
    for field, errors in form.errors.as_data().items():
        shown.add_error(field, errors)
    return shown
