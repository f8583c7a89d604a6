"""Updates about activities: written on a telephone, decided by the secretary."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict
from core.refusals import FieldRefused
from plans.editing import Attempt, conflicting
from plans.forms.progress import ProgressUpdateForm, UpdateReturnForm
from plans.models import (
    Activity,
    Attachment,
    AttachmentKind,
    Indicator,
    IndicatorValue,
    LocalActionPlan,
    ProgressUpdate,
    ReportingPeriod,
    UpdateState,
)
from plans.reports.progress import UPDATE_TONES
from plans.reports.values import IndicatorShown, previous_values
from plans.rules import can_comment_plan, can_decide_plan, can_decide_update, can_report_progress
from plans.services import progress as services


@dataclass(frozen=True)
class Place:
    """Where an update stands: an activity of a plan in one of its quarters."""

    plan: LocalActionPlan
    period: ReportingPeriod
    activity: Activity

    @property
    def update(self) -> ProgressUpdate | None:
        updates = ProgressUpdate.objects.for_page().select_related("submitted_by", "decided_by")
        return updates.filter(period=self.period, activity=self.activity).first()


def _place(request: SignedInRequest, code: str, period: int, activity: str) -> Place:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    row = get_object_or_404(plan.periods, number=period)
    row.plan = plan
    activities = Activity.objects.select_related("objective", "responsible__organization")
    return Place(plan, row, get_object_or_404(activities, objective__plan=plan, code=activity))


def _standing(request: SignedInRequest, code: str, period: int, activity: str) -> ProgressUpdate:
    """An update that was begun already; 404 without one."""
    updates = ProgressUpdate.objects.visible_to(request.user).for_page()
    return get_object_or_404(updates, period__plan__code=code, period__number=period, activity__code=activity)


@require_http_methods(["GET", "HEAD", "POST"])
def progress_update(request: SignedInRequest, code: str, period: int, activity: str) -> HttpResponse:
    """The form for the committee, while it can be written; what was reported, for everybody else."""
    place = _place(request, code, period, activity)
    can_report = can_report_progress(request.user, place.plan)
    require(can_report or request.method != "POST")
    update = place.update
    if update and not can_report and update.state != UpdateState.APPROVED:
        update = None  # what is not approved is the committee's own
    context: dict[str, Any] = {
        "plan": place.plan,
        "period": place.period,
        "activity": place.activity,
        "update": update,
        "tone": UPDATE_TONES.get(update.state, "") if update else "",
        "closed": services.why_closed(place.period, update, today=timezone.localdate()),
        "is_open": not services.why_closed(place.period, None, today=timezone.localdate()),
        "can_report": can_report,
        "can_decide": update is not None and can_decide_update(request.user, update),
        "is_secretary": can_report and can_decide_plan(request.user, place.plan),
        "sees_files": can_report or can_comment_plan(request.user, place.plan),
        "is_own": update is not None and update.submitted_by_id == request.user.pk,
        "files": list(update.attachments.all()) if update else [],
    }
    if not can_report or (context["closed"] and request.method != "POST"):
        shown = IndicatorShown.of_update(update, with_small_numbers=can_report) if update else []
        return render(request, "plans/progress_update.html", context | {"values": shown})
    return _write(request, place, update, context)


def _write(
    request: SignedInRequest, place: Place, update: ProgressUpdate | None, context: dict[str, Any]
) -> HttpResponse:
    submit = request.POST.get("then") == "submit"
    form = _form(request, place, update, submit=submit)
    tried = _attempt(request, form, submit=submit)
    if tried.saved:
        _say_saved(request, form, submit=submit)
        if submit:
            return redirect("plan_progress", place.plan.code)
        return redirect(request.path)
    context |= {"form": form, "attempt": tried}
    return render(request, "plans/progress_update.html", context, status=tried.status)


def _form(
    request: SignedInRequest, place: Place, update: ProgressUpdate | None, *, submit: bool
) -> ProgressUpdateForm:
    """Of the update that was begun, or of a new one that starts from what was reported last."""
    previous = previous_values(place.activity, before=place.period)
    values = previous
    if update is None:
        update = ProgressUpdate(
            period=place.period,
            activity=place.activity,
            activity_state=place.activity.state,
            state_reason=place.activity.state_reason,
        )
    else:
        values = {each.indicator_id: each for each in IndicatorValue.objects.filter(update=update)}
    return ProgressUpdateForm(
        *((request.POST, request.FILES) if request.method == "POST" else ()),
        instance=update,
        indicators=list(Indicator.objects.filter(activity=place.activity).order_by("pk")),
        values=values,
        previous=previous,
        submit=submit,
    )


def _attempt(request: SignedInRequest, form: ProgressUpdateForm, *, submit: bool) -> Attempt:
    """As plans.editing.attempt, with the ends that an update has: its quarter locks, not its plan."""
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    update = form.instance
    opened = form.opened_version if update.pk else 0
    try:
        services.save_update(update, form.report, submit=submit, opened_version=opened, by=request.user)
    except services.UpdateRefused as refused:
        form.make_read_only()
        return Attempt(status=409, closed=str(refused))
    except FieldRefused as refused:
        form.add_error(refused.field, str(refused))
        return Attempt(status=422)
    except EditConflict as conflict:
        return conflicting(form, conflict)
    return Attempt(saved=True)


def _say_saved(request: SignedInRequest, form: ProgressUpdateForm, *, submit: bool) -> None:
    if submit:
        messages.success(request, _("The update is sent in. The secretary approves it or returns it."))
    else:
        messages.success(request, _("The draft is saved. Send it in when it is complete."))
    if form.mentions_contacts:
        messages.warning(
            request,
            _(
                "The text seems to hold a telephone number or an e-mail address. "
                "Many people read updates: take it out if it belongs to a person."
            ),
        )


def _decided(
    request: SignedInRequest, update: ProgressUpdate, decide: Callable[[], object], said: str
) -> None:
    """Decide, on the version of the update that the page showed, and say how it ended."""
    try:
        update.row_version = int(request.POST.get("row_version", ""))
        decide()
    except ValueError:
        messages.error(request, _("Open the update once more and decide there."))
    except services.UpdateRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


def _back(update: ProgressUpdate) -> HttpResponse:
    period = update.period
    return redirect("progress_update", period.plan.code, period.number, update.activity.code)


@require_POST
def progress_approve(request: SignedInRequest, code: str, period: int, activity: str) -> HttpResponse:
    update = _standing(request, code, period, activity)
    require(can_decide_update(request.user, update))
    _decided(
        request,
        update,
        lambda: services.approve_update(update, by=request.user),
        _("The update is approved. The activity stands where it says."),
    )
    return redirect("period_detail", code, period)


@require_POST
def progress_take_back(request: SignedInRequest, code: str, period: int, activity: str) -> HttpResponse:
    """Whoever sent it in, or another account of the committee, goes on writing it."""
    update = _standing(request, code, period, activity)
    require(can_report_progress(request.user, update.period.plan))
    _decided(
        request,
        update,
        lambda: services.take_back_update(update, by=request.user),
        _("The update is a draft again."),
    )
    return _back(update)


@require_http_methods(["GET", "HEAD", "POST"])
def progress_return(request: SignedInRequest, code: str, period: int, activity: str) -> HttpResponse:
    """Back to whoever writes it, with what has to change."""
    update = _standing(request, code, period, activity)
    require(can_decide_update(request.user, update))
    form = UpdateReturnForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _decided(
            request,
            update,
            lambda: services.return_update(update, reason=form.cleaned_data["reason"], by=request.user),
            _("The update is returned. The committee sees what has to change."),
        )
        return redirect("period_detail", code, period)
    context = {
        "plan": update.period.plan,
        "period": update.period,
        "activity": update.activity,
        "update": update,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/progress_return.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def evidence_remove(
    request: SignedInRequest, code: str, period: int, activity: str, attachment: str
) -> HttpResponse:
    """Asks once more: the file is gone then."""
    update = _standing(request, code, period, activity)
    require(can_report_progress(request.user, update.period.plan))
    files = Attachment.objects.filter(kind=AttachmentKind.EVIDENCE, update=update)
    row = get_object_or_404(files, code=attachment)
    if request.method == "POST":
        try:
            services.remove_evidence(row, by=request.user)
        except services.UpdateRefused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, _("The file is removed."))
        return _back(update)
    context = {
        "plan": update.period.plan,
        "period": update.period,
        "activity": update.activity,
        "attachment": row,
    }
    return render(request, "plans/evidence_remove.html", context)
