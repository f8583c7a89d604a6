"""What the workshop produced: the overview, the awareness test, the evaluation."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from workshops.forms.results import AwarenessForm, EvaluationForm
from workshops.models import AwarenessScore, Workshop
from workshops.reports.results import Results
from workshops.rules import (
    can_follow_up,
    can_record_results,
    can_see_names,
    can_set_up_committee_at,
)
from workshops.services.results import save_awareness, save_evaluation
from workshops.views.entries import entry_page, results_page, sent, workshop_to_fill

MOST_SHOWN = 10  # commitments; the others are on their own list


@require_safe
def results(request: SignedInRequest, code: str) -> HttpResponse:
    """All that came of the workshop, without names; who runs it finds the ways to add."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops.select_related("awareness"), code=code)
    names = can_see_names(request.user, workshop)
    context = {
        "workshop": workshop,
        "results": Results.from_workshop(workshop, sees_all=names, reader=request.user),
        "names": names,
        "may_edit": can_record_results(request.user, workshop),
        "may_follow_up": can_follow_up(request.user, workshop),
        "may_set_up_committee": can_set_up_committee_at(request.user, workshop),
        "threshold": workshop.locality.country.small_cell_threshold,
        "most_shown": MOST_SHOWN,
    }
    return render(request, "workshops/results.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def awareness_edit(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = workshop_to_fill(request, code)
    score = AwarenessScore.objects.filter(workshop=workshop).first() or AwarenessScore(workshop=workshop)
    form = AwarenessForm(sent(request), instance=score)
    if request.method == "POST" and form.is_valid():
        save_awareness(form.save(commit=False), by=request.user)
        messages.success(request, _("The scores are saved."))
        return redirect(results_page(workshop, "awareness"))
    return entry_page(request, "workshops/awareness_edit.html", workshop, form)


@require_http_methods(["GET", "HEAD", "POST"])
def evaluation_edit(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = workshop_to_fill(request, code)
    form = EvaluationForm(sent(request), workshop=workshop)
    if request.method == "POST" and form.is_valid():
        save_evaluation(workshop, counts=form.counts(), by=request.user)
        messages.success(request, _("The evaluation is saved."))
        return redirect(results_page(workshop, "evaluation"))
    return entry_page(request, "workshops/evaluation_edit.html", workshop, form)
