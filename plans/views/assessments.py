"""Scorecards of offices (F38): a committee's list, one of them, the marks of its two sides, its end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.models import Committee
from core.access import require
from core.lists import listing
from core.pdf.now import in_turn
from core.refusals import FieldRefused
from plans.assessment_filters import AssessmentFilter, CommitteeAssessmentFilter
from plans.forms.assessments import AssessmentNewForm, AssessmentReopenForm, MarksForm
from plans.models import Assessment
from plans.papers.scorecard import language_of, languages_offered, scorecard_pdf
from plans.reports.assessments import Sides, SideShown, Trend, mark_due, parts_shown, why_reopened
from plans.reports.scorecards import Scorecard
from plans.rules import can_keep_assessments
from plans.scorecards import METHOD
from plans.services import assessments as services
from plans.services.assessments import AssessmentClosed, AssessmentOpen, PeriodRuns, ViewChanged
from plans.sides import Reader
from plans.views.papers import download

JUDGED = gettext_lazy(
    "This account works for the office that is assessed. An office does not mark itself: the others of its "
    "side do."
)
OWN_MARKS = gettext_lazy("This side gave its marks itself. Only its own accounts change them.")
HIDDEN = gettext_lazy(
    "This side gave its marks. They are shown to you when your own side gave its marks, too."
)


def _committee(request: SignedInRequest, code: str) -> Committee:
    return get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)


def _assessment(request: SignedInRequest, code: str) -> Assessment:
    return get_object_or_404(Assessment.objects.visible_to(request.user).for_list(), code=code)


def _sent(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_safe
def committee_assessments(request: SignedInRequest, code: str) -> HttpResponse:
    committee = _committee(request, code)
    rows = Assessment.objects.visible_to(request.user).filter(committee=committee)
    found = CommitteeAssessmentFilter(
        request.GET, queryset=rows.for_list().prefetch_related("views"), request=request
    )
    context = listing(request, found)
    mark_due(context["page"], today=timezone.localdate())
    context |= {
        "committee": committee,
        "can_keep": can_keep_assessments(request.user, committee),
        "method": METHOD,
    }
    return render(request, "plans/committee_assessments.html", context)


@require_safe
def assessment_list(request: SignedInRequest) -> HttpResponse:
    rows = Assessment.objects.visible_to(request.user).for_list().prefetch_related("views")
    found = AssessmentFilter(request.GET, queryset=rows, request=request)
    context = listing(request, found)
    mark_due(context["page"], today=timezone.localdate())
    return render(request, "plans/assessment_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_new(request: SignedInRequest, code: str) -> HttpResponse:
    committee = _committee(request, code)
    require(can_keep_assessments(request.user, committee))
    today = timezone.localdate()
    form = AssessmentNewForm(_sent(request), committee=committee, today=today)
    if form.is_bound and form.is_valid():
        try:
            address = made_once(
                request,
                lambda: services.open_assessments(committee, **_typed(form), today=today, by=request.user)[0],
                address=lambda made: reverse("committee_assessments", args=[committee.code]),
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            number = len(form.cleaned_data["positions"])
            said = ngettext("%(number)s assessment is open.", "%(number)s assessments are open.", number)
            messages.success(request, said % {"number": number})
            return redirect(address)
    context = {"committee": committee, "form": form}
    return render(request, "plans/assessment_new.html", context, status=422 if form.is_bound else 200)


def _typed(form: AssessmentNewForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("positions", "start", "end")}


@require_safe
def assessment_detail(request: SignedInRequest, code: str) -> HttpResponse:
    assessment = _assessment(request, code)
    reader = Reader.from_user(request.user, assessment.committee)
    today = timezone.localdate()
    card = Scorecard.of(assessment, today=today)
    trend = Trend.of(assessment, card)
    before = trend.before
    sides = Sides.of(assessment, reader)
    mark_due([assessment], today=today)
    context = {
        "assessment": assessment,
        "card": card,
        "parts": parts_shown(card, before.card if before else None, request.user),
        "before": before,
        "sides": sides,
        "own": next((each for each in sides.shown if each.side == reader.side), None),
        "is_judged": reader.is_judged(assessment),
        "trend": trend,
        "can_keep": reader.keeps,
        "why_reopened": why_reopened(assessment),
        "languages": languages_offered(assessment.committee),
    }
    return render(request, "plans/assessment_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_marks(request: SignedInRequest, code: str) -> HttpResponse:
    """`?side=civil_society`: the marks of that side; without it those of the side one sits on."""
    assessment = _assessment(request, code)
    reader = Reader.from_user(request.user, assessment.committee)
    sides = Sides.of(assessment, reader)
    if reader.is_judged(assessment):
        return _refused(request, assessment, str(JUDGED))
    side = _side_asked(request, reader, sides)
    if side is None:
        return _choose_side(request, assessment, reader, sides)
    form = MarksForm(_sent(request), view=side.view)
    if not assessment.is_open:
        return _refused(request, assessment, str(AssessmentClosed()), form=form, status=409)
    if reader.keeps and side.view is not None and not side.may_enter:
        return _refused(request, assessment, str(OWN_MARKS if side.is_shown else HIDDEN), form=form)
    require(side.may_enter)
    return _marks(request, assessment, side, form, for_the_side=reader.side != side.side)


def _side_asked(request: SignedInRequest, reader: Reader, sides: Sides) -> SideShown | None:
    asked = request.GET.get("side", "") or reader.side
    return next((each for each in sides.shown if each.side == asked), None)


def _choose_side(
    request: SignedInRequest, assessment: Assessment, reader: Reader, sides: Sides
) -> HttpResponse:
    """Somebody of no side: only who keeps the papers goes on from here."""
    require(reader.keeps)
    return render(request, "plans/assessment_marks.html", {"assessment": assessment, "choices": sides.shown})


def _refused(
    request: SignedInRequest, assessment: Assessment, why: str, *, form: Any = None, status: int = 403
) -> HttpResponse:
    """In words, with what was typed."""
    typed = form["note"].value() if form is not None and form.is_bound else ""
    context = {"assessment": assessment, "refused": why, "typed": typed}
    return render(request, "plans/assessment_marks.html", context, status=status)


def _marks(
    request: SignedInRequest, assessment: Assessment, side: SideShown, form: MarksForm, *, for_the_side: bool
) -> HttpResponse:
    status, theirs = 200, None
    if form.is_bound:
        status = 422
    if form.is_bound and form.is_valid():
        try:
            services.save_view(
                assessment,
                side=side.side,
                marks=form.marks,
                note=form.cleaned_data["note"],
                opened=form.cleaned_data["opened"],
                for_the_side=for_the_side,
                by=request.user,
            )
        except AssessmentClosed as closed:
            return _refused(request, assessment, str(closed), form=form, status=409)
        except ViewChanged as changed:
            form.add_error(None, str(changed))
            form.knows(changed.view)
            theirs = SideShown(side.side, changed.view, is_shown=True, may_enter=True)
            status = 409
        else:
            messages.success(request, _("The marks are saved."))
            return redirect(assessment)
    context = {
        "assessment": assessment,
        "side": side,
        "form": form,
        "for_the_side": for_the_side,
        "theirs": Sides([theirs]) if theirs else None,
    }
    return render(request, "plans/assessment_marks.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_close(request: SignedInRequest, code: str) -> HttpResponse:
    assessment = _assessment(request, code)
    reader = Reader.from_user(request.user, assessment.committee)
    require(reader.keeps)
    today = timezone.localdate()
    context: dict[str, Any] = {"assessment": assessment, "sides": Sides.of(assessment, reader), "refused": ""}
    if not assessment.is_open:
        return redirect(assessment)
    if assessment.end >= today:
        context["refused"] = str(PeriodRuns(assessment))
    if request.method == "POST":
        try:
            services.close_assessment(assessment, today=today, by=request.user)
        except (AssessmentClosed, PeriodRuns) as refused:
            context["refused"] = str(refused)
            return render(request, "plans/assessment_close.html", context, status=409)
        messages.success(request, _("The assessment is closed. Its figures stand as they are now."))
        return redirect(assessment)
    return render(request, "plans/assessment_close.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_reopen(request: SignedInRequest, code: str) -> HttpResponse:
    assessment = _assessment(request, code)
    require(can_keep_assessments(request.user, assessment.committee))
    form = AssessmentReopenForm(_sent(request))
    if assessment.is_open:
        messages.info(request, _("The assessment is open already."))
        return redirect(assessment)
    if form.is_bound and form.is_valid():
        try:
            services.reopen_assessment(assessment, reason=form.cleaned_data["reason"], by=request.user)
        except AssessmentOpen:
            messages.info(request, _("The assessment is open already."))
        else:
            messages.success(request, _("The assessment is open again."))
        return redirect(assessment)
    context = {"assessment": assessment, "form": form}
    return render(request, "plans/assessment_reopen.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def assessment_remove(request: SignedInRequest, code: str) -> HttpResponse:
    assessment = _assessment(request, code)
    require(can_keep_assessments(request.user, assessment.committee))
    if not assessment.is_open:
        messages.warning(request, _("A closed assessment is not removed: it is what the committee said."))
        return redirect(assessment)
    if request.method == "POST":
        try:
            services.remove_assessment(assessment, by=request.user)
        except AssessmentClosed as closed:
            messages.warning(request, str(closed))
            return redirect(assessment)
        messages.success(request, _("Removed."))
        return redirect("committee_assessments", assessment.committee.code)
    context = {"assessment": assessment, "has_marks": assessment.views.exists()}
    return render(request, "plans/assessment_remove.html", context)


@require_safe
@in_turn
def assessment_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """`?language=fr`. The marks that a reader may not see yet are not on the paper either."""
    assessment = _assessment(request, code)
    reader = Reader.from_user(request.user, assessment.committee)
    language = language_of(assessment.committee, request.GET.get("language", "")[:10])
    rendered = scorecard_pdf(assessment, reader=reader, language=language, today=timezone.localdate())
    return download(rendered.content, f"{assessment.code}-{language}.pdf", "application/pdf")
