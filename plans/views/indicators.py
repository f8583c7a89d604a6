"""Indicators of an activity: how one sees that it worked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.forms.offices import suggestions
from core.access import require
from plans.editing import Attempt, attempt
from plans.forms.indicators import IndicatorForm
from plans.models import Activity, Indicator
from plans.rules import can_write_plan
from plans.services import indicators as services
from plans.services.removing import REPORTED
from plans.views.gone import remove_part, typed_for_removed


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_new(request: SignedInRequest, code: str, activity: str) -> HttpResponse:
    activities = Activity.objects.visible_to(request.user).for_page()
    row = activities.filter(objective__plan__code=code, code=activity).first()
    if row is None:
        return typed_for_removed(request, code, IndicatorForm)
    plan = row.plan
    require(can_write_plan(request.user, plan))
    indicator = Indicator(activity=row)
    form = IndicatorForm(request.POST if request.method == "POST" else None, instance=indicator, plan=plan)
    tried = attempt(
        form,
        plan,
        lambda: made_once(
            request,
            lambda: services.add_indicator(indicator, collected_by=form.collected_by(), by=request.user),
            address=lambda made: _after(request, made),
        ),
    )
    if tried.saved:
        messages.success(request, _("The indicator is added."))
        return redirect(tried.result)
    return _form_page(request, "plans/indicator_new.html", indicator, form, tried)


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_edit(request: SignedInRequest, code: str, indicator: str) -> HttpResponse:
    indicators = (
        Indicator.objects.visible_to(request.user).for_page().select_related("responsible__organization")
    )
    row = indicators.filter(activity__objective__plan__code=code, code=indicator).first()
    if row is None:
        return typed_for_removed(request, code, IndicatorForm)
    plan = row.plan
    require(can_write_plan(request.user, plan))
    form = IndicatorForm(request.POST if request.method == "POST" else None, instance=row, plan=plan)
    tried = attempt(
        form,
        plan,
        lambda: services.save_indicator(
            row, collected_by=form.collected_by(), opened_version=form.opened_version, by=request.user
        ),
    )
    if tried.saved:
        messages.success(request, _("The indicator is saved."))
        return redirect(_after(request, row))
    return _form_page(request, "plans/indicator_edit.html", row, form, tried)


def _form_page(
    request: SignedInRequest, template: str, indicator: Indicator, form: IndicatorForm, tried: Attempt
) -> HttpResponse:
    plan = indicator.plan
    context = {
        "plan": plan,
        "activity": indicator.activity,
        "indicator": indicator,
        "form": form,
        "attempt": tried,
        "known": suggestions(plan.locality, request.user),
    }
    return render(request, template, context, status=tried.status)


def _after(request: SignedInRequest, indicator: Indicator) -> str:
    """Back to the activity, where its indicators are listed, or on to one more of them."""
    plan, activity = indicator.plan, indicator.activity
    if request.POST.get("then") == "another":
        return reverse("indicator_new", args=[plan.code, activity.code])
    return reverse("activity_edit", args=[plan.code, activity.code]) + "#indicators"


@require_http_methods(["GET", "HEAD", "POST"])
def indicator_remove(request: SignedInRequest, code: str, indicator: str) -> HttpResponse:
    row = get_object_or_404(
        Indicator.objects.visible_to(request.user).for_page(),
        activity__objective__plan__code=code,
        code=indicator,
    )
    plan = row.plan
    require(can_write_plan(request.user, plan))
    if request.method == "POST":
        remove_part(
            request,
            lambda: services.remove_indicator(row, by=request.user),
            done=_("The indicator is removed."),
        )
        return redirect(_after(request, row))
    context = {
        "plan": plan,
        "indicator": row,
        "values": row.recorded_values.filter(update__state__in=REPORTED).count(),
    }
    return render(request, "plans/indicator_remove.html", context)
