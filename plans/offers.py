"""Which provisions a plan may say that it serves, and why another is refused (issue 4; BR18)."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext

from frameworks.models import FrameworkKind, NapState, Provision
from plans.models import LocalActionPlan

SEPARATOR = " "  # between the codes of a framework and of its item: UNSCR-1325 8b


def offered_to(plan: LocalActionPlan) -> QuerySet[Provision]:
    """Items of the national plans of its country that are not replaced, and of everything above them."""
    naps = Q(framework__kind=FrameworkKind.NAP)
    own = Q(framework__country=plan.locality.country_id) & ~Q(framework__state=NapState.SUPERSEDED)
    return Provision.objects.items().filter(~naps | own).select_related("framework")


def first_offered(plan: LocalActionPlan) -> QuerySet[Provision]:
    """What objectives are started from: the items of the plan's National Action Plan; without one, of
    the resolutions and all else (F06, domain.md §2.1)."""
    if plan.nap is None:
        return offered_to(plan).order_by("framework__kind", "framework", "order")
    if plan.nap.state == NapState.SUPERSEDED:
        return Provision.objects.none()
    return plan.nap.provisions.items().select_related("framework", "parent").order_by("order")


def refusal(plan: LocalActionPlan, provision: Provision) -> str:
    """Why the plan may not state that it serves the provision, in words; empty when it may."""
    framework = provision.framework
    if framework.kind == FrameworkKind.NAP and framework.country_id != plan.locality.country_id:
        return gettext(
            "This item belongs to the National Action Plan of %(country)s; this plan is of %(own)s."
        ) % {
            "country": framework.country,
            "own": plan.locality.country,
        }
    if framework.kind == FrameworkKind.NAP and framework.state == NapState.SUPERSEDED:
        return gettext(
            "“%(nap)s” was replaced and nothing new can be stated about it. "
            "Choose an item of the plan that is in force."
        ) % {"nap": framework}
    if provision.children.exists():
        return gettext("%(code)s is a heading. Choose one of the items below it.") % {"code": provision.code}
    return ""
