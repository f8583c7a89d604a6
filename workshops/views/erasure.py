"""A person who wants to be on no list any more (here, because it writes head-counts)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from people.corrections import PersonGone, note_names_read
from people.models import Person
from people.rules import can_erase_person
from workshops.services.erasure import erase_person


@require_http_methods(["GET", "HEAD", "POST"])
def person_erase(request: SignedInRequest, code: str) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), code=code)
    require(can_erase_person(request.user, person))
    if request.method == "POST":
        try:
            lists = erase_person(person, by=request.user)
        except PersonGone:
            messages.info(request, _("Somebody else merged or erased this person in the meantime."))
        else:
            erased = ngettext(
                "The person is erased, and counts without a name in %(lists)s workshop.",
                "The person is erased, and counts without a name in %(lists)s workshops.",
                lists,
            )
            messages.success(request, erased % {"lists": lists})
        return redirect("person_list")
    note_names_read(person, by=request.user)
    context = {
        "person": person,
        "participations": person.participations.with_names_for(request.user).select_related("workshop"),
    }
    return render(request, "workshops/person_erase.html", context)
