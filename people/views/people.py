"""People as the facilitators know them: the list, one person, and corrections."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from core.pages import page
from people.corrections import PERSONAL, PersonChanged, PersonGone, correct_person, note_names_read
from people.filters import PersonFilter
from people.forms import PersonForm
from people.models import Person, Position
from people.reports import PersonRow, PersonSheet, people_called, people_seen_by
from people.rules import can_correct_person, can_erase_person, can_look_for_people
from people.views.gone import opened_at, opened_note, person_gone, seen_person, typed_in


@require_http_methods(["GET", "HEAD", "POST"])
def person_list(request: SignedInRequest) -> HttpResponse:
    """The people of the workshops that the reader runs. A name is looked for by POST: no name stands
    in an address or a log."""
    text = request.POST.get("name", "")[:200].strip()
    found = PersonFilter(request.GET, queryset=people_seen_by(request.user), user=request.user)
    if text:
        context: dict[str, Any] = {"filter": found}
        rows = people_called(text, user=request.user)
    else:
        context = listing(request, found)
        rows = PersonRow.from_keys(context["page"], user=request.user)
    if rows:
        note_names_read("people", by=request.user)
    code = request.POST.get("position") or request.GET.get("position") or ""
    context |= {
        "text": text,
        "rows": rows,
        "may_look": can_look_for_people(request.user),
        "position": Position.objects.visible_to(request.user).filter(code=code).first() if code else None,
        "is_filtered": found.form.has_changed(),
    }
    return page(request, "people/person_list.html", context)


@require_safe
def person_detail(request: SignedInRequest, code: str) -> HttpResponse:
    people = Person.objects.visible_to(request.user).select_related("country", "champion__locality")
    person = get_object_or_404(people, code=code)
    note_names_read(person, by=request.user)
    context = {
        "sheet": PersonSheet.from_person(person, user=request.user),
        "person": person,
        "may_correct": can_correct_person(request.user, person),
        "may_erase": can_erase_person(request.user, person),
    }
    return render(request, "people/person_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: SignedInRequest, code: str) -> HttpResponse:
    person = seen_person(request, code)
    if person is None:
        return person_gone(request, code, typed_in(request, "full_name", "phone", "email"))
    require(can_correct_person(request.user, person))
    may_contact = person.consents.filter(purpose="contact", withdrawn_at=None).exists()
    if request.method == "POST":
        return correct(request, person, PersonForm(request.POST, may_contact=may_contact))
    note_names_read(person, by=request.user)
    written = {name: getattr(person, name) for name in PERSONAL}
    form = PersonForm(initial=written | {"opened": opened_note(person, request)}, may_contact=may_contact)
    return edit_page(request, person, form)


def correct(request: SignedInRequest, person: Person, form: PersonForm) -> HttpResponse:
    at = opened_at(request, person.code)
    if not form.is_valid():
        return edit_page(request, person, form, status=422)
    values = {name: form.cleaned_data[name] for name in PERSONAL if name in form.cleaned_data}
    try:
        correct_person(person, values=values, opened_at=at or person.updated_at, by=request.user)
    except PersonGone:
        return person_gone(request, person.code, typed_in(request, "full_name", "phone", "email"))
    except PersonChanged as change:
        typed = request.POST.copy()
        typed["opened"] = opened_note(change.current, request)
        form.data = typed
        return edit_page(request, change.current, form, theirs=change.current, status=409)
    messages.success(request, _("Corrected. The lists of all workshops show it."))
    return redirect("person_detail", person.code)


def edit_page(
    request: SignedInRequest,
    person: Person,
    form: PersonForm,
    *,
    theirs: Person | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {"person": person, "form": form, "differences": differences(form, theirs)}
    return render(request, "people/person_edit.html", context, status=status)


def differences(form: PersonForm, theirs: Person | None) -> list[dict[str, Any]]:
    """Field by field what the other saved and what was typed here."""
    if theirs is None:
        return []
    return [
        {"label": form[name].label, "theirs": getattr(theirs, name), "yours": form.cleaned_data[name]}
        for name in PERSONAL
        if name in form.cleaned_data and getattr(theirs, name) != form.cleaned_data[name]
    ]
