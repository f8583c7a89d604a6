"""A page that asks about one step of a plan before it is taken, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.requests import SignedInRequest
from core.access import require
from core.refusals import FieldRefused
from plans.forms.decisions import DecisionForm
from plans.models import LocalActionPlan
from plans.rules import can_decide_plan
from plans.services.refusals import EditionDiffers, GateClosed, MoveRefused, PlanNotReady


@dataclass(frozen=True)
class Decision:
    """A step of a plan: its page, what does it, what is said when it is done. `fits` says whether the
    plan stands where the step begins; `check` raises GateClosed for what has to be done before;
    `more` is what else the page shows."""

    plan: LocalActionPlan
    template: str
    fits: bool
    decide: Callable[[], object]
    done: str
    check: Callable[[], object] = lambda: None
    more: Callable[[], dict[str, Any]] = dict
    leads_to: str = "plan_detail"

    @property
    def address(self) -> str:
        return reverse(self.leads_to, args=[self.plan.code])


def plan_to_decide(request: SignedInRequest, code: str) -> LocalActionPlan:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_decide_plan(request.user, plan))
    return plan


def typed(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def decided(request: SignedInRequest, decision: Decision, form: DecisionForm) -> HttpResponse:
    """Back to the plan when the step is taken; else the page, with what is wrong at its field."""
    if not decision.fits:
        return too_late(request, decision, form, MoveRefused(decision.plan))
    refused: Exception | None = None
    if form.is_bound and form.is_valid():
        try:
            decision.decide()
        except MoveRefused as late:
            return too_late(request, decision, form, late)
        except FieldRefused as wrong:
            form.add_error(wrong.field, str(wrong))
        except (GateClosed, PlanNotReady, EditionDiffers) as unready:
            refused = unready
        else:
            messages.success(request, decision.done)
            return redirect(decision.address)
    context = {"plan": decision.plan, "form": form, "refused": refused, "gate": _gate(decision, refused)}
    status = 422 if form.is_bound else 200
    return render(request, decision.template, context | decision.more(), status=status)


def _gate(decision: Decision, refused: Exception | None) -> GateClosed | None:
    """What has to be done before, told when the page opens and not only after everything was typed."""
    if isinstance(refused, GateClosed):
        return refused
    try:
        decision.check()
    except GateClosed as closed:
        return closed
    return None


def too_late(
    request: SignedInRequest, decision: Decision, form: DecisionForm, why: MoveRefused
) -> HttpResponse:
    """Somebody else was faster, or the page comes from an old tab. What was typed can be copied."""
    if not form.has_typed_text:
        messages.error(request, str(why))
        return redirect(decision.address)
    form.make_read_only()
    context = {"plan": decision.plan, "form": form, "closed": str(why)}
    return render(request, decision.template, context | decision.more(), status=409)
