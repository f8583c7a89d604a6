"""What the local plans of a country cover: items, local priorities, money."""

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core.lists import PER_PAGE, listing
from frameworks.models import Framework
from localities.models import Country
from plans.coverage_filters import CoverageForm, LocalPriorityFilter, local_only
from plans.models import LocalActionPlanQuerySet, Objective
from plans.reports.country_budget import NAPS_WITH_BUDGET, CountryBudget
from plans.reports.coverage import (
    LEFT_OUT,
    BudgetShare,
    CoverageMatrix,
    countries_seen_by,
    nap_to_show,
    naps_with_items,
    plans_counted,
)
from plans.reports.coverage_sheet import themes_of, written_coverage, written_priorities
from workshops.views.files import XLSX, handed_out


def _looked_at(
    request: SignedInRequest, country: Country
) -> tuple[Framework | None, CoverageForm, LocalActionPlanQuerySet]:
    """The National Action Plan, what the reader asked for, and the plans that it is about."""
    naps = list(naps_with_items(country))
    if code := request.GET.get("nap"):
        nap: Framework | None = get_object_or_404(naps_with_items(country), code=code)
    else:
        in_force = Framework.objects.in_force_today().filter(country=country).values_list("pk", flat=True)
        nap = nap_to_show(country, naps, in_force=set(in_force))
    form = CoverageForm(request.GET, naps=naps, shown=nap)
    return nap, form, plans_counted(request.user, country, adopted_only=form.adopted_only)


@require_safe
def coverage_matrix(request: SignedInRequest, code: str) -> HttpResponse:
    """Items × plans, those that `visible_to` shows the user; the gaps are named in words first."""
    country = get_object_or_404(countries_seen_by(request.user), code=code)
    nap, form, plans = _looked_at(request, country)
    matrix = CoverageMatrix.from_plans(nap, plans) if nap else None
    context = {
        "country": country,
        "nap": nap,
        "form": form,
        "matrix": matrix,
        "groups": (matrix.by_need() if form.by_need else matrix.groups) if matrix else [],
        "budgets": BudgetShare.from_plans(plans),
        "naps_with_budget": NAPS_WITH_BUDGET,
        "query": request.GET.urlencode(),
        "is_filtered": any(request.GET.values()),
    }
    return render(request, "plans/coverage_matrix.html", context)


@require_safe
def coverage_export(request: SignedInRequest, code: str) -> HttpResponse:
    """The same plans that `visible_to` shows on the page."""
    country = get_object_or_404(countries_seen_by(request.user), code=code)
    nap, _form, plans = _looked_at(request, country)
    if nap is None:
        raise Http404
    content = written_coverage(CoverageMatrix.from_plans(nap, plans), plans)
    return handed_out(content, f"{country.code}-coverage.xlsx", XLSX)


def _priorities(request: SignedInRequest, country: Country) -> LocalPriorityFilter:
    seen = Objective.objects.visible_to(request.user).filter(plan__locality__country=country)
    rows = (
        local_only(seen.exclude(plan__state__in=LEFT_OUT))
        .select_related("plan__locality")
        .prefetch_related("activities__themes")
        .order_by("plan__locality__name", "plan", "order", "pk")
    )
    return LocalPriorityFilter(request.GET, queryset=rows, request=request)


@require_safe
def local_priorities(request: SignedInRequest, code: str) -> HttpResponse:
    """Objectives that no item of a National Action Plan asks for (F06, F40), in the plans that
    `visible_to` shows the user."""
    country = get_object_or_404(countries_seen_by(request.user), code=code)
    context: dict[str, Any] = listing(request, _priorities(request, country))
    rows = [(objective, themes_of(objective)) for objective in context["page"]]
    return render(request, "plans/local_priorities.html", context | {"country": country, "rows": rows})


@require_safe
def local_priorities_export(request: SignedInRequest, code: str) -> HttpResponse:
    """What the page lists (`visible_to`), all pages of it, as a spreadsheet for the national level."""
    country = get_object_or_404(countries_seen_by(request.user), code=code)
    content = written_priorities(country, _priorities(request, country).qs)
    return handed_out(content, f"{country.code}-local-priorities.xlsx", XLSX)


@require_safe
def country_budgets(request: SignedInRequest, code: str) -> HttpResponse:
    """Planned and found, by plan, year and currency, of the plans that `visible_to` shows the user."""
    country = get_object_or_404(countries_seen_by(request.user), code=code)
    adopted_only = request.GET.get("state") == "adopted"
    budget = CountryBudget.from_plans(plans_counted(request.user, country, adopted_only=adopted_only))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "country": country,
        "budget": budget,
        "page": Paginator(budget.plans, PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "adopted_only": adopted_only,
        "naps_with_budget": NAPS_WITH_BUDGET,
    }
    return render(request, "plans/country_budgets.html", context)
