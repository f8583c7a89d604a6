"""The record of a plan's adoption, and the positions that stand behind its draft."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from committees.forms.offices import suggestions
from core.access import require
from plans.forms.decisions import EndorsementForm
from plans.models import Endorsement, LocalActionPlan
from plans.reports.record import PlanRecord
from plans.rules import can_comment_plan, can_decide_plan, can_write_plan
from plans.services.refusals import MoveRefused
from plans.services.rounds import add_endorsement, remove_endorsement
from plans.states import PlanState
from plans.views.deciding import Decision, decided, plan_to_decide, typed


@require_safe
def plan_record(request: SignedInRequest, code: str) -> HttpResponse:
    """Where the plan stands and how it came there, for all who see it."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    can_write = can_write_plan(request.user, plan)
    context = {
        "plan": plan,
        "record": PlanRecord.from_plan(plan, with_names=can_write or can_comment_plan(request.user, plan)),
        "can_write": can_write,
        "can_decide": can_write and can_decide_plan(request.user, plan),
    }
    return render(request, "plans/plan_record.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def endorsement_new(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_to_decide(request, code)
    form = EndorsementForm(typed(request))

    def add() -> None:
        values = form.cleaned_data
        add_endorsement(
            plan,
            title=values["position_title"],
            organization=values["organization"],
            on=values["on"],
            note=values["note"],
            by=request.user,
        )

    decision = Decision(
        plan,
        "plans/endorsement_new.html",
        fits=plan.state == PlanState.VALIDATION,
        decide=add,
        done=_("The endorser is recorded."),
        more=lambda: {"known": suggestions(plan.locality, request.user)},
        leads_to="plan_record",
    )
    return decided(request, decision, form)


@require_http_methods(["GET", "HEAD", "POST"])
def endorsement_remove(request: SignedInRequest, code: str, position: str) -> HttpResponse:
    """Of the open round only: what stood behind an earlier text stays on record."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    row = get_object_or_404(
        Endorsement.objects.select_related("position__organization", "round__plan"),
        round__plan=plan,
        round__closed_on=None,
        position__code=position,
    )
    require(can_decide_plan(request.user, plan))
    if request.method == "POST":
        try:
            remove_endorsement(row, by=request.user)
        except MoveRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The endorser is taken off the record."))
        return redirect("plan_record", plan.code)
    return render(request, "plans/endorsement_remove.html", {"plan": plan, "endorsement": row})
