"""A National Action Plan that replaces another (BR18): its items, the moment itself, and the local plans."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from core.refusals import FieldRefused
from frameworks.models import Framework
from frameworks.rules import can_keep_naps
from plans.forms.succession import MappingForm, ReanchorForm, ReplaceForm
from plans.models import LocalActionPlan
from plans.reports.succession import affected_plans, carryings, mappings_between
from plans.rules import can_write_plan
from plans.services import succession as services
from plans.services.refusals import PlanClosed
from plans.succession import last_successor, successors_on_offer


def _nap(request: SignedInRequest, code: str) -> Framework:
    """A National Action Plan; any other framework is replaced by nothing."""
    naps = Framework.objects.visible_to(request.user).naps().select_related("country", "replaced_by")
    nap = get_object_or_404(naps, code=code)
    require(can_keep_naps(request.user, nap))
    return nap


@require_http_methods(["GET", "HEAD", "POST"])
def nap_succession(request: SignedInRequest, code: str) -> HttpResponse:
    """Which item of the old plan goes on as which of the new. ?by= says which new one."""
    nap = _nap(request, code)
    offered = successors_on_offer(nap)
    successor = nap.replaced_by or _asked(request, offered)
    form, status = None, 200
    if successor is not None:
        new_items = list(successor.provisions.items().order_by("order"))
        form = MappingForm(
            request.POST if request.method == "POST" else None,
            mappings=mappings_between(nap, successor),
            new_items=new_items,
        )
        if request.method == "POST":
            if form.is_valid():
                return _mapped(request, nap, successor, form)
            status = 422
    elif request.method == "POST":
        raise Http404
    context: dict[str, Any] = {
        "nap": nap,
        "offered": offered,
        "successor": successor,
        "form": form,
        "plans": affected_plans(nap, successor, reader=request.user),
    }
    return render(request, "plans/nap_succession.html", context, status=status)


def _asked(request: SignedInRequest, offered: list[Framework]) -> Framework | None:
    """The new plan of the address; the only one when there is no choice."""
    by = request.POST.get("by") or request.GET.get("by") or ""
    if not by and len(offered) == 1:
        return offered[0]
    return next((each for each in offered if each.code == by), None)


def _mapped(
    request: SignedInRequest, nap: Framework, successor: Framework, form: MappingForm
) -> HttpResponse:
    decided, left_open = form.decisions(take_proposals="proposals" in request.POST)
    count = services.map_items(nap, decided, left_open=left_open, by=request.user)
    words = ngettext("Saved: %(count)d item goes on.", "Saved: %(count)d items go on.", count)
    messages.success(request, words % {"count": count})
    return redirect(f"{reverse('nap_succession', args=[nap.code])}?by={successor.code}")


@require_http_methods(["GET", "HEAD", "POST"])
def nap_replace(request: SignedInRequest, code: str) -> HttpResponse:
    """The moment itself, after a look at whom it touches."""
    nap = _nap(request, code)
    if nap.replaced_by is not None:
        messages.info(request, _("This plan is replaced already."))
        return redirect("nap_succession", nap.code)
    offered = successors_on_offer(nap)
    form = ReplaceForm(
        request.POST if request.method == "POST" else None,
        nap=nap,
        offered=offered,
        initial={"successor": request.GET.get("by")} if "by" in request.GET else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.replace_nap(
                nap,
                successor=form.cleaned_data["successor"],
                on=form.cleaned_data["replaced_on"],
                by=request.user,
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The plan is replaced. Its local plans are told on their pages."))
            return redirect("nap_succession", nap.code)
    context = {
        "nap": nap,
        "offered": offered,
        "form": form,
        "plans": affected_plans(nap, None, reader=request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/nap_replace.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_reanchor(request: SignedInRequest, code: str) -> HttpResponse:
    """The local plan follows the new National Action Plan; its writers tick what is carried over."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    successor = last_successor(plan.nap)
    if successor is None:
        messages.info(request, _("The National Action Plan of this plan is not replaced."))
        return redirect("plan_alignment", plan.code)
    rows = carryings(plan)
    form = ReanchorForm(request.POST if request.method == "POST" else None, carryings=rows)
    closed, status = "" if plan.is_open else str(PlanClosed(plan)), 200
    if request.method == "POST" and not closed:
        status = 422
        if form.is_valid():
            try:
                services.reanchor(
                    plan,
                    carried=form.carried_over(),
                    keep_old=form.cleaned_data["keep_old"],
                    by=request.user,
                )
            except PlanClosed as why:
                closed = str(why)
            except FieldRefused as refused:
                form.add_error(refused.field, str(refused))
            else:
                messages.success(request, _("The plan follows the new National Action Plan now."))
                return redirect("plan_alignment", plan.code)
    context = {
        "plan": plan,
        "successor": successor,
        "rows": rows,
        "form": form,
        "closed": closed,
    }
    status = 409 if closed and request.method == "POST" else status
    return render(request, "plans/plan_reanchor.html", context, status=status)
