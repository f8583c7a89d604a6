"""Reference pages: what a local plan aligns with, and the indicators it may borrow."""

from itertools import groupby
from operator import attrgetter

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from core.pages import page
from frameworks.filters import FrameworkFilter, IndicatorFilter
from frameworks.models import Framework, FrameworkKind, IndicatorDefinition
from frameworks.pillars import Pillar
from frameworks.reports import links_of, provision_tree
from frameworks.rules import can_keep_naps

# The order in which one looks for them: the country's own plan first.
KINDS_IN_ORDER = (
    FrameworkKind.NAP,
    FrameworkKind.WPS_RESOLUTION,
    FrameworkKind.YPS_RESOLUTION,
    FrameworkKind.RELATED_RESOLUTION,
    FrameworkKind.CEDAW,
    FrameworkKind.PLATFORM,
    FrameworkKind.SDG,
    FrameworkKind.REGIONAL,
)


@require_safe
def framework_list(request: SignedInRequest) -> HttpResponse:
    """All on one page, grouped by kind: a library is read along its shelves, not in pages of 25."""
    known = Framework.objects.visible_to(request.user).select_related("country")
    found = FrameworkFilter(request.GET, known.annotate(item_count=Count("provisions")))
    shelves: dict[str, list[Framework]] = {}
    for framework in found.qs:
        shelves.setdefault(framework.kind, []).append(framework)
    naps = sorted(shelves.pop(FrameworkKind.NAP, []), key=lambda nap: (str(nap.country), nap.generation))
    in_force = Framework.objects.in_force_today().values_list("pk", flat=True)
    context = {
        "filter": found,
        "naps": [(country, list(plans)) for country, plans in groupby(naps, key=attrgetter("country"))],
        "groups": [(kind.label, shelves[kind]) for kind in KINDS_IN_ORDER if kind in shelves],
        "in_force": set(in_force),
    }
    return page(request, "frameworks/framework_list.html", context)


@require_safe
def framework_detail(request: SignedInRequest, code: str) -> HttpResponse:
    known = Framework.objects.visible_to(request.user).select_related("country", "replaced_by")
    framework = get_object_or_404(known, code=code)
    in_force = Framework.objects.in_force_today().filter(pk=framework.pk).exists()
    items = list(framework.provisions.all())
    context = {
        "framework": framework,
        "is_nap": framework.kind == FrameworkKind.NAP,
        "leads": list(framework.leads.all()) if framework.kind == FrameworkKind.NAP else [],
        "in_force": in_force,
        "in_force_pks": {framework.pk} if in_force else set(),
        "tree": provision_tree(items, links_of(framework)),
        "can_keep": can_keep_naps(request.user, framework),
        "has_own_numbers": any(item.own_number for item in items),
        "local_plans": framework.local_plans.visible_to(request.user).for_list(),
    }
    return page(request, "frameworks/framework_detail.html", context)


@require_safe
def indicator_list(request: SignedInRequest) -> HttpResponse:
    """The UN's library, by pillar. A locality is never asked to feed what only the UN can know."""
    found = IndicatorFilter(request.GET, IndicatorDefinition.objects.visible_to(request.user))
    by_pillar = [
        (Pillar(pillar).label, list(rows)) for pillar, rows in groupby(found.qs, key=attrgetter("pillar"))
    ]
    return page(request, "frameworks/indicator_list.html", {"filter": found, "groups": by_pillar})
