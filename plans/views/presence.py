"""Signs of life of open forms."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.access import require
from plans.models import LocalActionPlan
from plans.reports.presence import writers_of
from plans.rules import can_write_plan
from plans.services.presence import left_form, sign_of_life
from plans.subjects import subject_of


@require_POST
def plan_writing(request: SignedInRequest, code: str) -> HttpResponse:
    """The form of a part is open, or with `left` it is closed. Answers who else writes there."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    subject, part = request.POST.get("subject", ""), request.POST.get("part", "")
    if subject_of(plan, subject, part) is None:
        raise Http404
    if "left" in request.POST:
        left_form(plan, subject=subject, code=part, by=request.user)
        return HttpResponse(status=204)
    if plan.is_open:
        sign_of_life(plan, subject=subject, code=part, by=request.user)
    others = writers_of(plan, subject, part, except_for=request.user)
    return JsonResponse({"writers": [str(writer) for writer in others]})
