"""Which localities of a country are reached, with guidelines or without: page and spreadsheet."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core.lists import listing
from guidelines.models import Guidelines
from guidelines.reach import Reach
from guidelines.reach_filters import ReachForm
from guidelines.reports.country_reach import reach_of
from guidelines.reports.reach_sheet import COLUMNS, reach_rows
from guidelines.tile_map import TileMap
from localities.levels import level_choices, usual_level
from localities.models import Country
from plans.reports.coverage import countries_seen_by
from workshops.spreadsheets.writing import Sheet, write_csv, write_xlsx
from workshops.views.files import XLSX, handed_out


def reach_page(request: SignedInRequest, reach: Reach, country: Country) -> dict[str, Any]:
    """What templates/guidelines/_reach.html shows: figures, map, and the list as it was asked for."""
    form = ReachForm(request.GET, reach=reach)
    found: Any = form
    return listing(request, found) | {
        "country": country,
        "reach": reach,
        "map": TileMap.of(reach, country),
        "form": form,
    }


@require_safe
def country_reach(request: SignedInRequest, code: str) -> HttpResponse:
    """For every country in which the user sees work, also one without guidelines."""
    country = get_object_or_404(countries_seen_by(request.user), code=code)
    documents = Guidelines.objects.visible_to(request.user).filter(country=country)
    levels = level_choices(country)
    asked = request.GET.get("level", "")
    usual = usual_level(country)
    level = int(asked) if asked in {str(number) for number, _name in levels} else usual
    reach = reach_of(country, level=level, today=timezone.localdate())
    context = reach_page(request, reach, country) | {
        "documents": documents,
        "levels": levels,
        "level": level,
        "is_filtered": any(value for name, value in request.GET.items() if name != "level"),
    }
    return render(request, "guidelines/country_reach.html", context)


@require_safe
def rollout_csv(request: SignedInRequest, code: str) -> HttpResponse:
    """The list as it is filtered on the page, all of it."""
    guidelines, rows = _sheet(request, code)
    content = write_csv([str(column) for column in COLUMNS], rows)
    return handed_out(content, f"{guidelines.code}-roll-out.csv", "text/csv; charset=utf-8")


@require_safe
def rollout_xlsx(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines, rows = _sheet(request, code)
    sheet = Sheet(guidelines.code, [str(column) for column in COLUMNS], rows)
    content = write_xlsx([sheet], title=guidelines.title)
    return handed_out(content, f"{guidelines.code}-roll-out.xlsx", XLSX)


def _sheet(request: SignedInRequest, code: str) -> tuple[Guidelines, list[list[str]]]:
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country"), code=code)
    reach = reach_of(guidelines.country, level=guidelines.level, today=timezone.localdate())
    return guidelines, reach_rows(ReachForm(request.GET, reach=reach).qs)
