"""The votes of the workshop's groups on the items of the National Action Plan, or of a resolution."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from frameworks.models import Framework
from workshops.forms.results import VotesForm
from workshops.models import Workshop
from workshops.reports.results import RankedItem
from workshops.rules import can_record_results
from workshops.services.results import remove_votes, save_votes
from workshops.views.entries import entry_page, sent, warn_of_contacts, workshop_to_fill


@require_safe
def nap_votes(request: SignedInRequest, code: str) -> HttpResponse:
    """The ranking, what each group gave, and the plan to vote on."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    votes = list(workshop.nap_votes.select_related("provision__framework").order_by("group"))
    groups: dict[tuple[Framework, str], int] = {}
    for vote in votes:
        key = (vote.provision.framework, vote.group)
        groups[key] = groups.get(key, 0) + vote.votes
    context = {
        "workshop": workshop,
        "ranking": RankedItem.from_votes(votes),
        "groups": [(framework, group, number) for (framework, group), number in groups.items()],
        "may_edit": can_record_results(request.user, workshop),
    } | to_vote_on(request, workshop)
    return render(request, "workshops/nap_votes.html", context)


def to_vote_on(request: SignedInRequest, workshop: Workshop) -> dict[str, Any]:
    """The National Action Plans with items: in force on the day of the workshop first; and resolutions."""
    known = Framework.objects.visible_to(request.user).exclude(provisions=None)
    naps = list(known.naps().filter(country=workshop.locality.country).order_by("-generation"))
    then = set(Framework.objects.in_force_on(workshop.starts_on).values_list("pk", flat=True))
    in_force = [nap for nap in naps if nap.pk in then]
    return {
        "in_force": in_force,
        "other_naps": [nap for nap in naps if nap.pk not in then],
        "resolutions": [] if in_force else list(known.exclude(kind="nap").order_by("kind", "code")),
    }


def framework_asked(request: SignedInRequest, workshop: Workshop) -> Framework:
    """The plan of `?plan=`: of the workshop's country, or of no country at all."""
    known = Framework.objects.visible_to(request.user)
    framework = get_object_or_404(known, code=request.GET.get("plan", "")[:40].replace("\0", ""))
    if framework.country_id not in (None, workshop.locality.country_id):
        return get_object_or_404(known.none())
    return framework


def group_asked(request: SignedInRequest) -> str:
    return request.GET.get("group", "")[:80].replace("\0", "")


@require_http_methods(["GET", "HEAD", "POST"])
def nap_vote_edit(request: SignedInRequest, code: str) -> HttpResponse:
    """The votes of one group on the items of `?plan=`; with `?group=` those that it gave already."""
    workshop = workshop_to_fill(request, code)
    if "plan" not in request.GET:
        return redirect("nap_votes", workshop.code)
    framework, was = framework_asked(request, workshop), group_asked(request)
    form = VotesForm(sent(request), workshop=workshop, framework=framework, was=was)
    if request.method == "POST" and form.is_valid():
        again = f"{reverse('nap_vote_edit', args=[workshop.code])}?plan={framework.code}"
        address = again if "again" in request.POST else reverse("nap_votes", args=[workshop.code])
        made_once(
            request,
            lambda: save_votes(
                workshop,
                framework=framework,
                group=form.cleaned_data["group"],
                votes=form.votes(),
                by=request.user,
                was=was or None,
            ),
            address=lambda row: address,
        )
        messages.success(request, _("The votes are saved."))
        warn_of_contacts(request, form)
        return redirect(address)
    return entry_page(request, "workshops/nap_vote_edit.html", workshop, form, framework=framework, was=was)


@require_http_methods(["GET", "HEAD", "POST"])
def nap_vote_remove(request: SignedInRequest, code: str) -> HttpResponse:
    """Take back the votes of `?group=` on the items of `?plan=`."""
    workshop = workshop_to_fill(request, code)
    if "plan" not in request.GET:
        return redirect("nap_votes", workshop.code)
    framework, group = framework_asked(request, workshop), group_asked(request)
    if request.method == "POST":
        remove_votes(workshop, framework=framework, group=group, by=request.user)
        messages.success(request, _("The votes of this group are removed."))
        return redirect("nap_votes", workshop.code)
    context = {"workshop": workshop, "framework": framework, "group": group}
    return render(request, "workshops/nap_vote_remove.html", context)
