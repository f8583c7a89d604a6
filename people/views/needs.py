"""What office-holders have to learn (F68): of each position, and of all, for who plans the next training."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from people.filters import TrainingNeedFilter
from people.models import TrainingNeed
from people.needs import NeedCount, meet_need, note_need, remove_need
from people.rules import can_keep_training_needs
from people.turnover_forms import NeedMetForm, TrainingNeedForm
from people.views.positions import seen_position


@require_safe
def training_needs(request: SignedInRequest) -> HttpResponse:
    seen = TrainingNeed.objects.visible_to(request.user)
    rows = TrainingNeed.objects.filter(pk__in=seen.values("pk")).select_related(
        "position__organization", "position__locality__country"
    )
    found = TrainingNeedFilter(request.GET, queryset=rows)
    context = listing(request, found) | {"counts": NeedCount.from_needs(found.qs)}
    return render(request, "people/training_needs.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def training_need_new(request: SignedInRequest, code: str) -> HttpResponse:
    position = seen_position(request, code)
    require(can_keep_training_needs(request.user, position))
    sent = request.POST if request.method == "POST" else None
    form = TrainingNeedForm(sent, instance=TrainingNeed(position=position))
    if form.is_bound and form.is_valid():
        try:
            address = made_once(
                request,
                lambda: note_need(form.save(commit=False), by=request.user),
                address=lambda need: f"{position.get_absolute_url()}#needs",
            )
        except IntegrityError:  # written down by somebody else at the same moment
            form.add_error("topic", _("This need is written down already."))
        else:
            messages.success(
                request, _("Written down. It stays with the position until somebody has learnt it.")
            )
            return redirect(address)
    context = {"position": position, "form": form}
    return render(request, "people/training_need_new.html", context, status=422 if form.errors else 200)


def seen_need(request: SignedInRequest, code: str, need: str) -> TrainingNeed:
    needs = TrainingNeed.objects.visible_to(request.user).select_related(
        "position__organization", "position__locality__country"
    )
    row = get_object_or_404(needs, position__code=code, code=need)
    require(can_keep_training_needs(request.user, row.position))
    return row


@require_http_methods(["GET", "HEAD", "POST"])
def training_need_met(request: SignedInRequest, code: str, need: str) -> HttpResponse:
    row = seen_need(request, code, need)
    if row.met_on:
        messages.info(request, _("This need was met already."))
        return redirect(row.position)
    form = NeedMetForm(request.POST or None, need=row)
    if request.method == "POST" and form.is_valid():
        meet_need(row, on=form.cleaned_data["met_on"], by=request.user)
        messages.success(request, _("Met. It stays in the record of the position."))
        return redirect(f"{row.position.get_absolute_url()}#needs")
    context = {"position": row.position, "need": row, "form": form}
    return render(request, "people/training_need_met.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def training_need_remove(request: SignedInRequest, code: str, need: str) -> HttpResponse:
    row = seen_need(request, code, need)
    if request.method == "POST":
        remove_need(row, by=request.user)
        messages.success(request, _("Taken back."))
        return redirect(f"{row.position.get_absolute_url()}#needs")
    return render(request, "people/training_need_remove.html", {"position": row.position, "need": row})
