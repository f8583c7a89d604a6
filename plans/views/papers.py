"""A plan on paper: what can be fetched, the PDF that the worker makes, DOCX and XLSX at once."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from core.pages import page
from core.pdf.now import in_turn
from plans.document import document_of
from plans.models import Edition, LocalActionPlan, PlanExport
from plans.papers.printed import source_of
from plans.papers.screen import edition_on_screen
from plans.papers.word import DOCX, plan_docx
from plans.papers.workbook import XLSX, plan_xlsx
from plans.personal import contacts_in
from plans.reports.papers import PlanPapers
from plans.rules import can_write_plan
from plans.services.papers import request_plan_pdf


@require_safe
def plan_paper(request: SignedInRequest, code: str) -> HttpResponse:
    plan = plan_or_404(request, code)
    papers = PlanPapers.from_plan(plan)
    context = {
        "plan": plan,
        "papers": papers,
        "contacts": contacts_in(document_of(plan)) if papers.draft else [],
        "can_write": can_write_plan(request.user, plan),
        "public_url": reverse("public_plan", args=[plan.code])
        if settings.PUBLIC_SITE and papers.editions
        else "",
    }
    return render(request, "plans/plan_paper.html", context)


@require_POST
def plan_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """Ask for the PDF of `edition`, or of the draft. Whoever sees the plan may print it."""
    plan = plan_or_404(request, code)
    export = request_plan_pdf(
        plan, edition=edition_asked(plan, request.POST.get("edition", "")), by=request.user
    )
    if export.is_done:
        messages.info(request, _("Nothing changed since this PDF was made: here it is."))
    return redirect(export)


@require_safe
def plan_export(request: SignedInRequest, code: str, export: str) -> HttpResponse:
    found = export_or_404(request, code, export)
    if found.has_lost_its_worker:
        found.take_up_again()
    context = {"plan": found.plan, "export": found}
    return page(request, "plans/plan_export.html", context, part="progress")


@require_safe
def plan_export_file(request: SignedInRequest, code: str, export: str) -> FileResponse:
    return pdf_response(export_or_404(request, code, export))


@require_safe
@in_turn
def plan_docx_file(request: SignedInRequest, code: str) -> HttpResponse:
    """`?edition=2`: that edition; without it the plan as it stands."""
    plan = plan_or_404(request, code)
    edition = edition_asked(plan, request.GET.get("edition", ""))
    return download(plan_docx(*source_of(plan, edition)), f"{stem(plan, edition)}.docx", DOCX)


@require_safe
@in_turn
def plan_xlsx_file(request: SignedInRequest, code: str) -> HttpResponse:
    """`?edition=2`: that edition; without it the plan as it stands."""
    plan = plan_or_404(request, code)
    edition = edition_asked(plan, request.GET.get("edition", ""))
    return download(plan_xlsx(*source_of(plan, edition)), f"{stem(plan, edition)}.xlsx", XLSX)


@require_safe
def edition_detail(request: SignedInRequest, code: str, number: int) -> HttpResponse:
    """The plan as it was adopted, from the frozen content only."""
    editions = Edition.objects.visible_to(request.user).select_related("plan__locality__country")
    edition = get_object_or_404(editions, plan__code=code, number=number)
    paper, text = edition_on_screen(edition)
    context: dict[str, Any] = {
        "plan": edition.plan,
        "edition": edition,
        "paper": paper,
        "text": text,
        "newest": edition.plan.editions.order_by("-number").values_list("number", flat=True)[0],
    }
    return render(request, "plans/edition_detail.html", context)


def plan_or_404(request: SignedInRequest, code: str) -> LocalActionPlan:
    return get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)


def edition_asked(plan: LocalActionPlan, number: str) -> Edition | None:
    """The edition that the address or the form names; without a number what stands now: the draft (None),
    or the newest edition when nothing is being written."""
    if not number:
        return None if plan.is_open else plan.editions.order_by("-number").first()
    if not (number.isascii() and number.isdecimal() and len(number) < 5):
        raise Http404
    return get_object_or_404(plan.editions, number=int(number))


def export_or_404(request: SignedInRequest, code: str, export: str) -> PlanExport:
    """The export of this plan, if the user may see it."""
    found = PlanExport.objects.visible_to(request.user).select_related("plan", "edition")
    return get_object_or_404(found.defer("edition__content"), code=export, plan__code=code)


def stem(plan: LocalActionPlan, edition: Edition | None) -> str:
    """A file name that says no more than code and edition."""
    return f"{plan.code}-edition-{edition.number}" if edition else f"{plan.code}-draft"


def pdf_response(export: PlanExport) -> FileResponse:
    """The stored PDF, after the view's check. Nothing in it may run."""
    if not export.is_done or not export.has_file:
        raise Http404
    response = FileResponse(
        export.file.open(),
        as_attachment=True,
        filename=f"{stem(export.plan, export.edition)}.pdf",
        content_type="application/pdf",
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


def download(content: bytes, name: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
