"""What was promised at the workshop, to be made into activities in one step."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from plans.forms.commitments import CommitmentsForm
from plans.models import Activity, LocalActionPlan
from plans.reports.commitments import CommitmentsOfPlan, commitments_for
from plans.rules import can_write_plan
from plans.services.commitments import make_activities
from plans.services.refusals import PlanClosed
from workshops.models import CommitmentState


@require_http_methods(["GET", "HEAD", "POST"])
def plan_commitments(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    if not plan.is_open:
        messages.error(request, str(PlanClosed(plan)))
        return redirect(plan)
    offered = commitments_for(plan, request.user).filter(state=CommitmentState.OPEN)
    form = CommitmentsForm(request.POST if request.method == "POST" else None, plan=plan, offered=offered)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["commitments"].select_related("owner").order_by("due_on", "pk")
        try:
            made = make_activities(plan, chosen, objective=form.chosen_objective(), by=request.user)
        except PlanClosed as closed:
            messages.error(request, str(closed))
            return redirect(plan)
        _say(request, made)
        return redirect("plan_commitments", plan.code)
    context = {
        "plan": plan,
        "form": form,
        "lines": CommitmentsOfPlan.from_plan(plan, user=request.user, today=timezone.localdate()),
        "ticked": request.POST.getlist("commitments"),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/plan_commitments.html", context, status=status)


def _say(request: SignedInRequest, made: list[Activity]) -> None:
    """How many there are now, and which day did not fit into the plan's period."""
    words = ngettext("%(count)d activity is made.", "%(count)d activities are made.", len(made))
    messages.success(request, words % {"count": len(made)})
    if without := sum(1 for activity in made if activity.ends_on is None):
        words = ngettext(
            "%(count)d has no end: its day lies outside the plan's period.",
            "%(count)d have no end: their day lies outside the plan's period.",
            without,
        )
        messages.warning(request, words % {"count": without})
