"""Removing a part of a plan, and what was typed for one that somebody removed meanwhile."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import RowRemoved
from core.pages import removed
from plans.editing import SharedTextForm
from plans.models import LocalActionPlan
from plans.rules import can_write_plan
from plans.services.refusals import PlanClosed, Reported


def typed_for_removed(
    request: SignedInRequest, code: str, form: type[SharedTextForm], **arguments: Any
) -> HttpResponse:
    """The plan is there, its objective or activity is not: a sent form is shown, all else is a 404."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    if request.method != "POST":
        raise Http404
    require(can_write_plan(request.user, plan))
    return removed(request, form(request.POST, plan=plan, **arguments), back=plan)


def remove_part(request: SignedInRequest, remove: Callable[[], object], *, done: str) -> None:
    """Remove it, and say how it ended."""
    try:
        remove()
    except (PlanClosed, Reported) as refused:
        messages.error(request, str(refused))
    except RowRemoved:  # sent twice, or by two people
        messages.info(request, _("Somebody removed it already."))
    else:
        messages.success(request, done)
