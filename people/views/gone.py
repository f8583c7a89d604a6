"""A form about a person who was merged or erased while it was open: said so, and what was typed kept.

Each such form carries a signed note of whom it was opened for, by whom, and how the person stood then.
Only with that note the portal tells that there was such a person: to a stranger a code that is gone
and a code that never was are the same.
"""

import datetime

from django.core import signing
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.dateparse import parse_datetime

from accounts.requests import SignedInRequest
from people.models import Merge, Person

SALT = "people.form"


def opened_note(person: Person, request: SignedInRequest) -> str:
    """What the form's hidden field `opened` holds."""
    note = [person.code, request.user.code, person.updated_at.isoformat()]
    return signing.dumps(note, salt=SALT, compress=True)


def opened_at(request: SignedInRequest, code: str) -> datetime.datetime | None:
    """When the person of this code was last changed as the form was opened by this very user."""
    try:
        person, user, at = signing.loads(request.POST.get("opened", ""), salt=SALT, max_age=24 * 60 * 60)
    except signing.BadSignature:
        return None
    return parse_datetime(at) if (person, user) == (code, request.user.code) else None


def seen_person(request: SignedInRequest, code: str) -> Person | None:
    """The person, if the reader may see her; None when she is gone since the reader opened a form."""
    seen = Person.objects.visible_to(request.user).select_related("country")
    if request.method == "POST" and opened_at(request, code):
        person = seen.filter(code=code).first()
        if person is None and Person.objects.filter(code=code).exists():
            raise Http404
        return person
    return get_object_or_404(seen, code=code)


def person_gone(request: SignedInRequest, code: str, typed: list[tuple[str, str]]) -> HttpResponse:
    """What was typed, and where the person is now."""
    seen = Person.objects.visible_to(request.user)
    merge = (
        Merge.objects.filter(merged_code=code, undone_at=None, kept__in=seen).select_related("kept").first()
    )
    context = {"code": code, "kept": merge.kept if merge else None, "typed": typed}
    return render(request, "people/person_gone.html", context, status=409)


def typed_in(request: SignedInRequest, *names: str) -> list[tuple[str, str]]:
    """Fields of the form with something in them."""
    return [(name, request.POST[name]) for name in names if request.POST.get(name)]
