"""Pages of committees: the list, one committee, its seats and its access."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees import services
from committees.filters import CommitteeFilter
from committees.forms import AccessForm, CommitteeForm, SeatForm, default_name, suggestions
from committees.models import Committee, CommitteeAccess, Seat
from committees.rules import (
    can_edit_committee,
    can_edit_seats,
    can_give_committee_access,
    can_set_up_committees,
    can_write_plans_of,
)
from core.access import require
from core.lists import listing
from core.pages import page
from workshops.models import Workshop
from workshops.rules import can_set_up_committee_at


@require_safe
def committee_list(request: SignedInRequest) -> HttpResponse:
    committees = Committee.objects.visible_to(request.user)
    found = CommitteeFilter(request.GET, queryset=committees.for_list().with_seats(), request=request)
    context = listing(request, found) | {"can_set_up": can_set_up_committees(request.user)}
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
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request,
            lambda: services.set_up_committee(form.save(commit=False), by=request.user),
            address=lambda committee: reverse("seat_new", args=[committee.code]),
        )
        messages.success(request, _("The committee is set up. Add its seats now."))
        return redirect(address)
    context = {"form": form, "workshop": workshop}
    return render(
        request, "committees/committee_new.html", context, status=422 if request.method == "POST" else 200
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
    committee = get_object_or_404(
        Committee.objects.visible_to(request.user).for_list().select_related("established_at"), code=code
    )
    can_give_access = can_give_committee_access(request.user, committee)
    context = {
        "committee": committee,
        "seats": committee.seats.for_list(),
        "workshop": Workshop.objects.visible_to(request.user).filter(committees=committee).first(),
        "can_edit": can_edit_committee(request.user, committee),
        "can_edit_seats": can_edit_seats(request.user, committee),
        "can_start_plan": can_write_plans_of(request.user, committee),
        "can_give_access": can_give_access,
        "accesses": committee.access.select_related("user") if can_give_access else (),
    }
    return render(request, "committees/committee_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def committee_edit(request: SignedInRequest, code: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_edit_committee(request.user, committee))
    form = CommitteeForm(
        request.POST if request.method == "POST" else None, instance=committee, user=request.user
    )
    if request.method == "POST" and form.is_valid():
        services.change_committee(form.save(commit=False), by=request.user)
        messages.success(request, _("The committee is saved."))
        return redirect(committee)
    status = 422 if request.method == "POST" else 200
    context = {"committee": committee, "form": form}
    return render(request, "committees/committee_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_new(request: SignedInRequest, code: str) -> HttpResponse:
    """Made for ten in a row: after each save the form is empty and the list has grown."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_edit_seats(request.user, committee))
    form = SeatForm(request.POST if request.method == "POST" else None)
    added, status = None, 200
    if request.method == "POST":
        status = 422
        added = _saved(form, lambda: services.add_seat(committee, form.values(), by=request.user))
    if added:
        if not request.htmx:
            messages.success(request, _("Seat added: %(seat)s.") % {"seat": added})
            return redirect("seat_new", committee.code)
        form, status = SeatForm(), 200
    context = {
        "committee": committee,
        "form": form,
        "added": added,
        "seats": committee.seats.for_list(),
        "known": suggestions(committee.locality, request.user),
        "can_edit_seats": True,
    }
    return page(request, "committees/seat_new.html", context, part="adding", status=status)


def _saved(form: SeatForm, save: Callable[[], Seat]) -> Seat | None:
    """The seat, or None with the reason at the field."""
    if not form.is_valid():
        return None
    try:
        return save()
    except services.SeatRefused as refused:
        form.add_error(refused.field, str(refused))
        return None


@require_http_methods(["GET", "HEAD", "POST"])
def seat_edit(request: SignedInRequest, code: str, seat: str) -> HttpResponse:
    row = get_object_or_404(
        Seat.objects.visible_to(request.user).for_list().select_related("committee__locality__country"),
        committee__code=code,
        code=seat,
    )
    require(can_edit_seats(request.user, row.committee))
    form = SeatForm(request.POST if request.method == "POST" else None, seat=row)
    if request.method == "POST" and _saved(
        form, lambda: services.change_seat(row, form.values(), by=request.user)
    ):
        messages.success(request, _("The seat is saved."))
        return redirect(row.committee)
    context = {
        "committee": row.committee,
        "seat": row,
        "form": form,
        "known": suggestions(row.committee.locality, request.user),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "committees/seat_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def seat_remove(request: SignedInRequest, code: str, seat: str) -> HttpResponse:
    row = get_object_or_404(
        Seat.objects.visible_to(request.user).for_list().select_related("committee__locality"),
        committee__code=code,
        code=seat,
    )
    require(can_edit_seats(request.user, row.committee))
    if request.method == "POST":
        services.remove_seat(row, by=request.user)
        messages.success(request, _("The seat is removed."))
        return redirect(row.committee)
    return render(request, "committees/seat_remove.html", {"committee": row.committee, "seat": row})


@require_http_methods(["GET", "HEAD", "POST"])
def access_new(request: SignedInRequest, code: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_give_committee_access(request.user, committee))
    form = AccessForm(request.POST if request.method == "POST" else None, giver=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.give_access(
                committee, user=form.account, role=form.cleaned_data["role"], by=request.user
            )
        except services.AlreadyHasAccess as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The account now works for this committee."))
            return redirect(committee)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "committees/access_new.html", {"committee": committee, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def access_remove(request: SignedInRequest, code: str, access: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_give_committee_access(request.user, committee))
    row = get_object_or_404(
        CommitteeAccess.objects.visible_to(request.user).select_related("user"),
        committee=committee,
        code=access,
    )
    if request.method == "POST":
        services.remove_access(row, by=request.user)
        messages.success(request, _("The access is removed."))
        return redirect(committee)
    return render(request, "committees/access_remove.html", {"committee": committee, "access": row})
