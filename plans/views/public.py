"""Adopted plans for anybody: a list with filters, the newest edition as a page, its PDF.

Switched off by PUBLIC_SITE. Unknown, not adopted and held back are the same 404 (reports.public)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from core.lists import listing
from core.pages import page
from plans.papers.screen import edition_on_screen
from plans.public_filters import adopted_plans_found
from plans.reports.public import PublicPlan, PublicRow
from plans.services.papers import public_pdf
from plans.views.papers import pdf_response


@require_safe
@login_not_required
def adopted_plans(request: HttpRequest) -> HttpResponse:
    """Public: what councils adopted may be read by everybody; shows no person."""
    if not settings.PUBLIC_SITE:
        raise Http404
    context = listing(request, adopted_plans_found(request))
    context["rows"] = [PublicRow(edition) for edition in context["page"]]
    return page(request, "plans/adopted_plans.html", context)


@require_safe
@login_not_required
def public_plan(request: HttpRequest, code: str) -> HttpResponse:
    """Public: the newest edition of an adopted plan, or `?edition=1`, from its frozen content."""
    public = PublicPlan.found(code, request.GET.get("edition", ""))
    paper, text = edition_on_screen(public.edition)
    context = {"public": public, "plan": public.plan, "paper": paper, "text": text}
    return page(request, "plans/public_plan.html", context)


@require_safe
@login_not_required
def public_plan_pdf(request: HttpRequest, code: str) -> HttpResponseBase:
    """Public: the stored PDF of an edition. Until the worker has made it a page says so."""
    public = PublicPlan.found(code, request.GET.get("edition", ""))
    export = public_pdf(public.plan, public.edition)
    if export.is_done:
        return pdf_response(export)
    context = {"public": public, "plan": public.plan, "export": export}
    return page(request, "plans/public_plan_pdf.html", context, status=202 if export.is_under_way else 503)
