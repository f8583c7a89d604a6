"""The people of one workshop: by name for who runs it, as codes for all others."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import PER_PAGE, listing
from localities.search import search_text
from people.models import Person
from workshops.models import Participation, Workshop
from workshops.participant_filters import ParticipantFilter, with_consent
from workshops.programme import half_days
from workshops.reports import Breakdown
from workshops.rules import can_see_names
from workshops.services import note_names_read

MOST_FOUND = 50
# More names than these are not read, only to put them in order.
MOST_SORTED_BY_NAME = 1000

SORTS = {
    "newest": (gettext_lazy("Last registered first"), ["-created_at", "-pk"]),
    "name": (gettext_lazy("Name"), []),
    "category": (gettext_lazy("Category"), ["category", "-pk"]),
    "position": (gettext_lazy("Position"), ["position__title", "-pk"]),
    "present": (gettext_lazy("Most often there first"), ["-half_days", "-pk"]),
}


@require_safe
def participant_list(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    tallies = list(workshop.tallies.select_related("locality"))
    names = can_see_names(request.user, workshop)
    breakdown = Breakdown.from_workshop(workshop, tallies, sees_all=names)
    shared: dict[str, Any] = {"workshop": workshop, "names": names, "breakdown": breakdown}
    if not names:
        return render(
            request, "workshops/participant_list.html", shared | codes_of(request, workshop, breakdown)
        )
    context = shared | named_list(request, workshop)
    context |= {
        "tallies": tallies,
        "may_register": workshop.accepts_registrations,
        "half_days": len(half_days(workshop, workshop.programme.all())),
    }
    if context["page"].object_list:
        note_names_read(workshop, by=request.user)
    return render(request, "workshops/participant_list.html", context)


def codes_of(request: SignedInRequest, workshop: Workshop, breakdown: Breakdown) -> dict[str, Any]:
    """Codes not in the order of arrival: beside a paper list of that order they would be names."""
    listed = workshop.participations.for_list().order_by("person__code")
    people = Paginator(listed, PER_PAGE)
    people.count = breakdown.named  # counted already
    return {"page": people.get_page(request.GET.get("page"))}


def named_list(request: SignedInRequest, workshop: Workshop) -> dict[str, Any]:
    filters = ParticipantFilter(request.GET, queryset=workshop.participations.order_by(), workshop=workshop)
    sort = request.GET.get("sort")
    sort = sort if sort in SORTS else "newest"
    found = filters.qs
    shown = listing(request, filters, in_order(found, sort))
    rows = with_consent(workshop.participations.for_list().with_half_days()).select_related(
        "position__organization"
    )
    on_page = list(shown["page"].object_list)
    by_key = {row.pk: row for row in rows.filter(pk__in=on_page)}
    shown["page"].object_list = [by_key[pk] for pk in on_page if pk in by_key]
    query = request.GET.copy()
    for name in ("page", "sort"):
        query.pop(name, None)
    return shown | {"sorts": SORTS, "sort": sort, "is_filtered": any(query.values())}


def in_order(found: QuerySet[Participation], sort: str) -> Any:
    """The keys of the rows found, in order. Names are encrypted: to sort by them is to read them."""
    if sort == "present":
        found = found.with_half_days()  # type: ignore[attr-defined]
    order = SORTS[sort][1]
    if sort != "name" or found.count() > MOST_SORTED_BY_NAME:
        return found.order_by(*(order or ["-created_at", "-pk"])).values_list("pk", flat=True)
    named = [(search_text(name), pk) for pk, name in found.values_list("pk", "person__full_name")]
    return [pk for _name, pk in sorted(named)]


@require_http_methods(["GET", "HEAD", "POST"])
def participant_search(request: SignedInRequest, code: str) -> HttpResponse:
    """Find a participant by a part of the name. POST, so that no name stands in an address or a log."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_see_names(request.user, workshop))
    text = request.POST.get("name", "")[:200]
    found: QuerySet[Participation] = workshop.participations.none()
    if text:
        note_names_read(workshop, by=request.user)
        people = Person.objects.with_name_parts(text).values("pk")
        rows = with_consent(workshop.participations.filter(person__in=people).for_list().with_half_days())
        found = rows.select_related("position__organization")[:MOST_FOUND]
    context = {
        "workshop": workshop,
        "text": text,
        "found": found,
        "half_days": len(half_days(workshop, workshop.programme.all())),
    }
    return render(request, "workshops/participant_search.html", context)
