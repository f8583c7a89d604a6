"""What was typed for something that somebody removed meanwhile."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import removed
from plans.forms import ActivityForm, ObjectiveForm
from plans.models import LocalActionPlan
from plans.rules import can_write_plan


def typed_for_removed(
    request: SignedInRequest, code: str, form: type[ObjectiveForm] | type[ActivityForm]
) -> HttpResponse:
    """The plan is there, its objective or activity is not: a sent form is shown, all else is a 404."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    if request.method != "POST":
        raise Http404
    require(can_write_plan(request.user, plan))
    return removed(request, form(request.POST, plan=plan), back=plan)
