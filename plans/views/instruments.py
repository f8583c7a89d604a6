"""Integration in a host plan, and local law: recorded where the place is, by who accompanies it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.lists import listing
from core.pages import removed
from core.refusals import FieldRefused
from localities.models import Locality
from plans.editing import Attempt, SharedTextForm, conflicting
from plans.forms.instruments import IntegrationForm, LawForm, ReadingForm
from plans.instrument_filters import IntegrationFilter, LawFilter
from plans.models import (
    Integration,
    LawReading,
    LocalActionPlan,
    LocalActionPlanQuerySet,
    LocalLaw,
)
from plans.rules import can_keep_instruments
from plans.services import instruments as services

Saver = Callable[[], object]


def _sent(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _locality(request: SignedInRequest, code: str) -> Locality:
    locality = get_object_or_404(
        Locality.objects.visible_to(request.user).select_related("country"), code=code
    )
    require(can_keep_instruments(request.user, locality))
    return locality


def _plans(request: SignedInRequest, locality: Locality) -> LocalActionPlanQuerySet:
    """Those of the place that the user may see: another committee may write one there, too."""
    return LocalActionPlan.objects.visible_to(request.user).filter(locality=locality)


def _try(form: SharedTextForm, save: Saver) -> Attempt:
    """Save a valid form; on a conflict both texts are shown. Raises RowRemoved when the row is gone."""
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        save()
    except EditConflict as conflict:
        return conflicting(form, conflict)
    return Attempt(saved=True)


@require_safe
def integration_list(request: SignedInRequest) -> HttpResponse:
    rows = Integration.objects.visible_to(request.user).for_list()
    found = IntegrationFilter(request.GET, queryset=rows, request=request)
    context = listing(request, found) | {"today": timezone.localdate()}
    _mark_late(context)
    return render(request, "plans/integration_list.html", context)


@require_safe
def law_list(request: SignedInRequest) -> HttpResponse:
    rows = LocalLaw.objects.visible_to(request.user).for_list()
    found = LawFilter(request.GET, queryset=rows, request=request)
    context = listing(request, found) | {"today": timezone.localdate()}
    _mark_late(context)
    return render(request, "plans/law_list.html", context)


def _mark_late(context: dict[str, Any]) -> None:
    for row in context["page"]:
        row.late = row.is_overdue(context["today"])


@require_http_methods(["GET", "HEAD", "POST"])
def integration_new(request: SignedInRequest, code: str) -> HttpResponse:
    locality = _locality(request, code)
    instance = Integration(locality=locality)
    initial = {"since": timezone.localdate(), "plan": _plans(request, locality).first()}
    form = IntegrationForm(
        _sent(request), instance=instance, locality=locality, user=request.user, initial=initial
    )
    return _new(request, "plans/integration_new.html", form, done=_("The integration is recorded."))


@require_http_methods(["GET", "HEAD", "POST"])
def law_new(request: SignedInRequest, code: str) -> HttpResponse:
    locality = _locality(request, code)
    instance = LocalLaw(locality=locality)
    initial = {"since": timezone.localdate(), "plan": _plans(request, locality).first()}
    form = LawForm(_sent(request), instance=instance, locality=locality, user=request.user, initial=initial)
    done = _("The act is recorded. Note its steps as they come.")
    return _new(request, "plans/law_new.html", form, done=done)


def _new(request: SignedInRequest, template: str, form: Any, *, done: str) -> HttpResponse:
    if form.is_bound and form.is_valid():
        address = made_once(
            request,
            lambda: services.add_instrument(form.save(commit=False), by=request.user),
            address=lambda made: made.get_absolute_url(),
        )
        messages.success(request, done)
        return redirect(address)
    context = {"form": form, "locality": form.locality, "attempt": Attempt()}
    return render(request, template, context, status=422 if form.is_bound else 200)


@require_safe
def integration_detail(request: SignedInRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Integration.objects.visible_to(request.user).for_list(), code=code)
    return render(request, "plans/integration_detail.html", _facts(request, row))


@require_safe
def law_detail(request: SignedInRequest, code: str) -> HttpResponse:
    laws = LocalLaw.objects.visible_to(request.user).for_list().select_related("provision__framework")
    row = get_object_or_404(laws, code=code)
    return render(request, "plans/law_detail.html", _facts(request, row) | _way(row))


def _way(law: LocalLaw) -> dict[str, Any]:
    return {"readings": law.readings.all(), "attachments": law.attachments.all()}


def _facts(request: SignedInRequest, row: Any) -> dict[str, Any]:
    return {
        "row": row,
        "plan": _plans(request, row.locality).filter(pk=row.plan_id).first() if row.plan_id else None,
        "late": row.is_overdue(timezone.localdate()),
        "can_change": can_keep_instruments(request.user, row.locality),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def integration_edit(request: SignedInRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Integration.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_instruments(request.user, row.locality))
    form = IntegrationForm(_sent(request), instance=row, locality=row.locality, user=request.user)
    return _edit(request, "plans/integration_edit.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
def law_edit(request: SignedInRequest, code: str) -> HttpResponse:
    row = get_object_or_404(LocalLaw.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_instruments(request.user, row.locality))
    form = LawForm(_sent(request), instance=row, locality=row.locality, user=request.user)
    return _edit(request, "plans/law_edit.html", form)


def _edit(request: SignedInRequest, template: str, form: Any) -> HttpResponse:
    row = form.instance
    try:
        tried = _try(
            form,
            lambda: services.save_instrument(row, opened_version=form.opened_version, by=request.user),
        )
    except RowRemoved:
        return removed(request, form, back=row.locality)
    if tried.saved:
        messages.success(request, _("Saved."))
        return redirect(row)
    context = {"form": form, "row": row, "locality": row.locality, "attempt": tried}
    return render(request, template, context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def integration_remove(request: SignedInRequest, code: str) -> HttpResponse:
    row = get_object_or_404(Integration.objects.visible_to(request.user).for_list(), code=code)
    return _remove(request, "plans/integration_remove.html", row)


@require_http_methods(["GET", "HEAD", "POST"])
def law_remove(request: SignedInRequest, code: str) -> HttpResponse:
    row = get_object_or_404(LocalLaw.objects.visible_to(request.user).for_list(), code=code)
    return _remove(request, "plans/law_remove.html", row)


def _remove(request: SignedInRequest, template: str, row: Any) -> HttpResponse:
    require(can_keep_instruments(request.user, row.locality))
    if request.method == "POST":
        services.remove_instrument(row, by=request.user)
        messages.success(request, _("Removed."))
        return redirect(row.locality)
    return render(request, template, {"row": row})


@require_http_methods(["GET", "HEAD", "POST"])
def law_reading_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Note a step of a law: a reading, a hearing, its adoption."""
    law = get_object_or_404(LocalLaw.objects.visible_to(request.user).for_list(), code=code)
    require(can_keep_instruments(request.user, law.locality))
    form = ReadingForm(_sent(request), request.FILES or None, instance=LawReading(law=law), law=law)
    if form.is_bound and form.is_valid():
        typed = form.cleaned_data
        try:
            services.add_reading(
                form.save(commit=False),
                number=typed["number"],
                body=typed["body"],
                scan=typed["scan"],
                by=request.user,
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The step is noted."))
            return redirect(law)
    status = 422 if form.is_bound else 200
    return render(request, "plans/law_reading_new.html", {"law": law, "form": form}, status=status)
