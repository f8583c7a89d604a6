"""The six questions on functioning, asked of one person, in private (F85)."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.pages import removed
from people.functioning import LEAD_IN
from workshops.forms import FunctioningForm
from workshops.models import Participation
from workshops.services import (
    RegistrationClosed,
    RegistrationGone,
    answers_of,
    delete_answers,
    note_names_read,
    write_functioning,
)
from workshops.views.participations import (
    is_from_desk,
    named_participation,
    to_where_it_began,
    workshop_with_names,
)


@require_http_methods(["GET", "HEAD", "POST"])
def functioning_edit(request: SignedInRequest, code: str, person: str) -> HttpResponse:
    workshop = workshop_with_names(request, code)
    participation = workshop.participations.for_list().filter(person__code=person).first()
    if request.method == "POST":
        form = FunctioningForm(request.POST)
        if participation is None:
            return removed(request, form, back=workshop)  # erased or merged while it was open
        return write(request, participation, form)
    if participation is None:
        raise Http404
    note_names_read(participation.workshop, by=request.user)
    return questions(request, participation, FunctioningForm(initial=answers_of(participation)))


def write(request: SignedInRequest, participation: Participation, form: FunctioningForm) -> HttpResponse:
    if not form.is_valid():
        return questions(request, participation, form, status=422)
    try:
        write_functioning(participation, answers=form.answers(), by=request.user)
    except RegistrationGone:
        return removed(request, form, back=participation.workshop)
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return questions(request, participation, form, status=409)
    messages.success(request, _("The answers are kept."))
    return to_where_it_began(request, participation.workshop)


def questions(
    request: SignedInRequest, participation: Participation, form: FunctioningForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "workshop": participation.workshop,
        "participation": participation,
        "form": form,
        "lead_in": LEAD_IN,
        "to_desk": is_from_desk(request),
    }
    return render(request, "workshops/functioning_edit.html", context, status=status)


@require_POST
def functioning_delete(request: SignedInRequest, code: str, person: str) -> HttpResponse:
    """The answers go, what was derived from them stays."""
    participation = named_participation(request, code, person)
    delete_answers(participation, by=request.user)
    messages.success(request, _("The six answers are deleted. What follows from them stays in the numbers."))
    return redirect("functioning_edit", code, person)
