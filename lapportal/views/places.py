"""Countries and localities: reference facts for all who sign in, the work for those who may see it."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from accounts.roles import Capability
from core.pages import page
from frameworks.models import Framework
from guidelines.reports.country_reach import counted_level, first_rollout, reach_of
from lapportal.place_memory import CountryMemory, PlaceMemory, coming_elections, lines_of
from lapportal.reports import CountryRow, LocalWork, adopted_by_locality, places_of
from localities.coverage import Coverage
from localities.languages import LANGUAGES
from localities.models import Country, Locality
from people.models import Position
from plans.rules import can_keep_instruments

MOST_FOUND = 50
DUTIES = {
    "nap": _("Leads the National Action Plan"),
    "local_government": _("In charge of local planning"),
}


@require_safe
def country_list(request: SignedInRequest) -> HttpResponse:
    """The countries, or with ?q= the localities of that name in any language."""
    asked = request.GET.get("q", "").strip()[:100]
    context: dict[str, Any] = {"asked": asked}
    if asked:
        named = Locality.objects.visible_to(request.user).named_like(asked).select_related("country")
        found = list(named[: MOST_FOUND + 1])
        context |= {"found": found[:MOST_FOUND], "too_many": len(found) > MOST_FOUND}
    else:
        context["rows"] = CountryRow.all_for(request.user)
    return page(request, "lapportal/country_list.html", context, part="places")


@require_safe
def country_detail(request: SignedInRequest, code: str) -> HttpResponse:
    country = get_object_or_404(Country.objects.visible_to(request.user), code=code)
    today = timezone.localdate()
    first_level = list(Locality.objects.filter(country=country).first_level())
    adopted = adopted_by_locality(country)
    work = LocalWork.seen_by(request.user, locality__country=country)
    sees_all = request.user.scope.covers_country(Capability.SEE_WORK, country.pk)
    places = [
        {
            "locality": locality,
            "pipeline": work.pipeline(locality),
            "adopted": adopted[locality.path],
            "late": work.without_committee(locality, today=today),
        }
        for locality in first_level
    ]
    reaching = [place.path for workshop in work.held for place in places_of(workshop)]
    coverage = Coverage.of([locality.path for locality in first_level], [*reaching, *adopted])
    context = {
        "country": country,
        "naps": Framework.objects.visible_to(request.user).naps().filter(country=country),
        "in_force": set(Framework.objects.in_force_today().values_list("pk", flat=True)),
        "places": places,
        "coverage": coverage if sees_all else None,
        "memory": CountryMemory.of(country, committees=work.committees, user=request.user, today=today)
        if sees_all
        else None,
        "elections": coming_elections(country, user=request.user, today=today),
        "adopted_total": sum(adopted.values()),
        "work": work,
        "reach": reach_of(country, level=counted_level(country), today=today) if sees_all else None,
        "languages": [LANGUAGES.get(language, language) for language in country.languages],
        "ministries": [(DUTIES.get(duty, duty), name) for duty, name in country.ministries.items()],
    }
    return render(request, "lapportal/country_detail.html", context)


@require_safe
def locality_detail(request: SignedInRequest, code: str) -> HttpResponse:
    known = Locality.objects.visible_to(request.user).select_related("country")
    locality = get_object_or_404(known, code=code)
    work = LocalWork.seen_by(request.user, locality__path__startswith=locality.path)
    sees_work = request.user.scope.covers(Capability.SEE_WORK, locality) or bool(work)
    # Only those that a committee or a plan names: the others would tell who came to a workshop.
    named = Q(seats__committee__in=work.committees) | Q(activities__objective__plan__in=work.plans)
    positions = Position.objects.visible_to(request.user).filter(named, locality=locality).distinct()
    today = timezone.localdate()
    memory = PlaceMemory.of(locality, user=request.user, today=today) if sees_work else None
    context = {
        "locality": locality,
        "memory": memory,
        "committees": lines_of(work.committees, today=today),
        "late": work.without_committee(locality, today=today),
        "ancestors": Locality.objects.get_ancestors(locality),
        "children": [
            {
                "locality": child,
                "pipeline": work.pipeline(child),
                "late": work.without_committee(child, today=today),
            }
            for child in Locality.objects.get_children(locality)
        ],
        "sees_work": sees_work,
        "work": work,
        "pipeline": work.pipeline(locality),
        "instruments": work.instruments(locality, today=today),
        "can_record": can_keep_instruments(request.user, locality),
        "guidelines_came": first_rollout(locality, user=request.user, today=today),
        "positions": positions.select_related("organization") if sees_work else [],
    }
    return render(request, "lapportal/locality_detail.html", context)
