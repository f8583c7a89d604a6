"""Pages of committees: the list and one committee."""

from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.editing import Attempt, attempt
from committees.filters import CommitteeFilter
from committees.forms.committees import CommitteeForm, default_name
from committees.forms.offices import suggestions
from committees.models import Committee, CommitteeAccess
from committees.reports.sheet import CommitteeSheet
from committees.reports.standing import Standing
from committees.rules import (
    can_activate_committee,
    can_edit_committee,
    can_edit_seats,
    can_give_committee_access,
    can_keep_committee,
    can_set_up_committees,
    can_write_plans_of,
)
from committees.services import committees as services
from committees.states import MOVES, CommitteeState
from core.access import require
from core.lists import listing
from workshops.models import Workshop
from workshops.rules import can_set_up_committee_at


@require_safe
def committee_list(request: SignedInRequest) -> HttpResponse:
    committees = Committee.objects.visible_to(request.user).with_last_meeting()
    found = CommitteeFilter(request.GET, queryset=committees.for_list().with_seats(), request=request)
    context = listing(request, found) | {"can_set_up": can_set_up_committees(request.user)}
    today = timezone.localdate()
    context["rows"] = [
        (committee, Standing.from_committee(committee, today)) for committee in context["page"]
    ]
    return render(request, "committees/committee_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_new(request: SignedInRequest) -> HttpResponse:
    """With `?workshop=CODE` the committee is set up at that workshop and the form is filled in."""
    require(can_set_up_committees(request.user))
    workshop = None
    if code := request.GET.get("workshop"):
        workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
        workshop = get_object_or_404(workshops, code=code)
        require(can_set_up_committee_at(request.user, workshop))
    form = CommitteeForm(
        request.POST if request.method == "POST" else None,
        instance=Committee(established_at=workshop),
        initial=_from_workshop(workshop),
        user=request.user,
    )
    tried = attempt(form, lambda: _set_up(request, form))
    if tried.saved:
        messages.success(request, _("The committee is set up. Add its seats now."))
        return redirect(tried.result)
    context = {"form": form, "workshop": workshop, "known": suggestions(None, request.user)}
    return render(request, "committees/committee_new.html", context, status=tried.status)


def _set_up(request: SignedInRequest, form: CommitteeForm) -> str:
    """Once, however often the form is sent; the address of its first seat."""
    return made_once(
        request,
        lambda: services.set_up_committee(
            form.save(commit=False), responsible=form.cleaned_data["responsible_name"], by=request.user
        ),
        address=lambda committee: reverse("seat_new", args=[committee.code]),
    )


def _from_workshop(workshop: Workshop | None) -> dict[str, Any]:
    """What the form can know already."""
    if workshop is None:
        return {"established_on": timezone.localdate()}
    return {
        "locality": workshop.locality.code,
        "name": default_name(workshop.locality),
        # At high risk the day is not told to who does not run the workshop.
        "established_on": min(workshop.ends_on, timezone.localdate()) if workshop.shows_days else None,
    }


@require_safe
def committee_detail(request: SignedInRequest, code: str) -> HttpResponse:
    accesses = CommitteeAccess.objects.select_related(
        "user", "seat__position__organization", "seat__organization"
    ).order_by("pk")
    committees = Committee.objects.visible_to(request.user).with_last_meeting().for_list()
    committee = get_object_or_404(
        committees.select_related("established_at", "responsible", "reports_to").prefetch_related(
            Prefetch("access", accesses)
        ),
        code=code,
    )
    today = timezone.localdate()
    sheet = CommitteeSheet.from_committee(committee, user=request.user, today=today)
    context = {
        "committee": committee,
        "sheet": sheet,
        "roll": sheet.roll,
        "today": today,
        "plans": list(committee.plans.all()),
        "workshop": Workshop.objects.visible_to(request.user).filter(committees=committee).first()
        if committee.established_at_id
        else None,
        "higher": Committee.objects.visible_to(request.user).filter(pk=committee.reports_to_id).first()
        if committee.reports_to_id
        else None,
        **_may(request, committee),
    }
    context["primary"] = primary_step(context)
    return render(request, "committees/committee_detail.html", context)


def _may(request: SignedInRequest, committee: Committee) -> dict[str, Any]:
    """What the reader may do here, as booleans for the template. Of a dissolved one nothing changes."""
    user, works_on = request.user, committee.state != CommitteeState.DISSOLVED
    can_give_access = can_give_committee_access(user, committee)
    return {
        "can_edit": can_edit_committee(user, committee) and works_on,
        "can_edit_seats": can_edit_seats(user, committee) and works_on,
        "can_keep": can_keep_committee(user, committee) and works_on,
        "can_start_plan": can_write_plans_of(user, committee) and works_on,
        "can_give_access": can_give_access,
        "accesses": list(committee.access.all()) if can_give_access else [],
        "moves": MOVES[CommitteeState(committee.state)] if can_activate_committee(user, committee) else (),
    }


def primary_step(context: dict[str, Any]) -> str:
    """The one step that the page stresses: what the committee lacks first."""
    sheet, moves = context["sheet"], context["moves"]
    wanted = [
        ("establish", CommitteeState.ESTABLISHED in moves and context["committee"].state == "proposed"),
        ("seats", context["can_edit_seats"] and not sheet.roll.seats),
        ("plan", context["can_start_plan"] and not context["plans"]),
        ("meeting", context["can_keep"] and sheet.is_overdue and sheet.next_meeting is None),
        ("reopen", context["committee"].state == CommitteeState.DISSOLVED and moves),
        ("activate", CommitteeState.ACTIVE in moves),
        ("meeting", context["can_keep"] and sheet.next_meeting is None and context["committee"].is_working),
        ("seats", context["can_edit_seats"]),
    ]
    return next((step for step, is_wanted in wanted if is_wanted), "")


@require_http_methods(["GET", "HEAD", "POST"])
def committee_edit(request: SignedInRequest, code: str) -> HttpResponse:
    committees = Committee.objects.visible_to(request.user).for_list()
    committee = get_object_or_404(committees.select_related("responsible", "reports_to__locality"), code=code)
    require(can_edit_committee(request.user, committee))
    form = CommitteeForm(
        request.POST if request.method == "POST" else None, instance=committee, user=request.user
    )
    if committee.state == CommitteeState.DISSOLVED:
        messages.error(request, _("The committee was dissolved: it stays as it was."))
        return redirect("committee_detail", committee.code)
    tried = attempt(form, lambda: _changed(request, form))
    if tried.saved:
        messages.success(request, _("The committee is saved."))
        return redirect("committee_detail", committee.code)
    return _edit_page(request, committee, form, tried)


def _changed(request: SignedInRequest, form: CommitteeForm) -> Committee:
    return services.change_committee(
        form.save(commit=False),
        opened_version=form.opened_version,
        responsible=form.cleaned_data["responsible_name"],
        by=request.user,
    )


def _edit_page(
    request: SignedInRequest, committee: Committee, form: CommitteeForm, tried: Attempt
) -> HttpResponse:
    context = {
        "committee": committee,
        "form": form,
        "attempt": tried,
        "known": suggestions(committee.locality, request.user),
    }
    return render(request, "committees/committee_edit.html", context, status=tried.status)
