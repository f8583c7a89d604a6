"""A plan beside the one before, or beside another edition of itself (F50)."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from plans.document import document_of
from plans.models import Edition, LocalActionPlan
from plans.reports.comparison import Comparison
from plans.rules import can_write_plan


@dataclass(frozen=True)
class Version:
    """A plan as it stands, or one of its editions."""

    plan: LocalActionPlan
    edition: Edition | None = None

    @property
    def name(self) -> str:
        if self.edition is None:
            return _("as it stands")
        return _("edition %(number)s") % {"number": self.edition.number}

    def document(self) -> dict[str, Any]:
        return self.edition.content if self.edition else document_of(self.plan)


@dataclass(frozen=True)
class Choice:
    """One version to choose, as a link."""

    version: Version
    url: str
    current: bool


@require_safe
def plan_compare(request: SignedInRequest, code: str) -> HttpResponse:
    """`with` is the other plan, `edition` and `with_edition` are numbers; without them the texts as they
    stand, beside the plan that this one follows."""
    visible = LocalActionPlan.objects.visible_to(request.user)
    plan = get_object_or_404(visible.for_page(), code=code)
    others = list(visible.for_page().filter(locality=plan.locality_id).exclude(pk=plan.pk))
    versions = _versions([plan, *others])
    this = _chosen(versions, plan.code, request.GET.get("edition"))
    other = _other(request, versions, this)
    context = {
        "plan": plan,
        "this": this,
        "other": other,
        "comparison": Comparison(other.document(), this.document()) if other else None,
        "mine": [Choice(each, _address(each, other), each == this) for each in versions if each.plan == plan],
        "others": [Choice(each, _address(this, each), each == other) for each in versions if each != this],
        "can_write": plan.is_open and can_write_plan(request.user, plan),
    }
    return render(request, "plans/plan_compare.html", context)


def _versions(plans: list[LocalActionPlan]) -> list[Version]:
    """Each plan as it stands, and its editions, the newest first."""
    editions = list(Edition.objects.filter(plan__in=plans).order_by("-number"))
    found = []
    for plan in plans:
        found.append(Version(plan))
        found += [Version(plan, edition) for edition in editions if edition.plan_id == plan.pk]
    return found


def _chosen(versions: list[Version], code: str, edition: str | None) -> Version:
    """404 for a plan that is not among them, or an edition that it does not have."""
    for each in versions:
        number = str(each.edition.number) if each.edition else ""
        if each.plan.code == code and number == (edition or ""):
            return each
    raise Http404


def _other(request: SignedInRequest, versions: list[Version], this: Version) -> Version | None:
    """The one asked for; else the plan that this one follows, another of its place, another edition."""
    if "with" in request.GET or "with_edition" in request.GET:
        code = request.GET.get("with") or this.plan.code
        return _chosen(versions, code, request.GET.get("with_edition"))
    rest = [each for each in versions if each != this]
    before = [each for each in rest if each.plan.pk == this.plan.predecessor_id]
    elsewhere = [each for each in rest if each.plan != this.plan]
    return next(iter(before or elsewhere or rest), None)


def _address(this: Version, other: Version | None) -> str:
    asked: dict[str, str | int] = {}
    if this.edition:
        asked["edition"] = this.edition.number
    if other and other != this:
        asked["with"] = other.plan.code
        if other.edition:
            asked["with_edition"] = other.edition.number
    address = reverse("plan_compare", args=[this.plan.code])
    return f"{address}?{urlencode(asked)}" if asked else address
