"""Head-counts: people counted without names."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from workshops.forms import TallyForm, places_suggested
from workshops.models import Tally, Workshop
from workshops.rules import can_run_workshop
from workshops.services import AlreadyRegistered, RegistrationClosed, count_people, remove_tally


@require_http_methods(["GET", "HEAD", "POST"])
def tally_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    form = TallyForm(request.POST or None, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        return count(request, workshop, form)
    return tally_page(request, workshop, form, status=422 if form.errors else 200)


def count(request: SignedInRequest, workshop: Workshop, form: TallyForm) -> HttpResponse:
    data = form.cleaned_data
    try:
        count_people(
            workshop,
            details=form.details(),
            count=data["count"],
            submission=data["submission"],
            by=request.user,
        )
    except RegistrationClosed as refusal:
        form.add_error(None, str(refusal))
        return tally_page(request, workshop, form, status=409)
    except AlreadyRegistered as refusal:
        messages.info(request, str(refusal))
    else:
        messages.success(request, _("The head-count is entered."))
    return redirect("participant_list", workshop.code)


def tally_page(request: SignedInRequest, workshop: Workshop, form: TallyForm, *, status: int) -> HttpResponse:
    context = {"workshop": workshop, "form": form, "places": places_suggested(workshop)}
    return render(request, "workshops/tally_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def tally_remove(request: SignedInRequest, code: str, submission: UUID) -> HttpResponse:
    tallies = Tally.objects.visible_to(request.user).select_related("workshop__locality__country")
    tally = get_object_or_404(tallies, workshop__code=code, submission=submission)
    require(can_run_workshop(request.user, tally.workshop))
    if request.method == "POST":
        remove_tally(tally, by=request.user)
        messages.success(request, _("The head-count is removed."))
        return redirect("participant_list", code)
    return render(request, "workshops/tally_remove.html", {"workshop": tally.workshop, "tally": tally})
