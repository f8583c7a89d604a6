"""Who leads the National Action Plans: the history of one, and all of them compared (F44, F93)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from core.pages import page
from frameworks.filters import LeadFilter
from frameworks.forms import LeadForm
from frameworks.leads import LeadRefused, change_lead, correct_lead, take_back_lead
from frameworks.models import Framework, Lead
from frameworks.reports import LeadComparison
from frameworks.rules import can_keep_naps


@require_safe
def lead_list(request: SignedInRequest) -> HttpResponse:
    """All National Action Plans by the kind of institution that leads them."""
    found = LeadFilter(request.GET, Lead.objects.visible_to(request.user).current())
    comparison = LeadComparison.from_leads(found.qs, user=request.user)
    context = listing(request, found, comparison.rows) | {"comparison": comparison}
    return page(request, "frameworks/lead_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def lead_new(request: SignedInRequest, code: str) -> HttpResponse:
    naps = Framework.objects.visible_to(request.user).naps().select_related("country")
    nap = get_object_or_404(naps, code=code)
    require(can_keep_naps(request.user, nap))
    form = LeadForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            change_lead(nap, form.values(), by=request.user)
        except LeadRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Written down. Everybody who works in the country is told."))
            return redirect(nap)
    context = {"nap": nap, "form": form, "before": nap.leads.current().first()}
    status = 422 if request.method == "POST" else 200
    return render(request, "frameworks/lead_new.html", context, status=status)


def seen_lead(request: SignedInRequest, code: str, lead: str) -> Lead:
    rows = Lead.objects.visible_to(request.user).select_related("framework__country")
    return get_object_or_404(rows, framework__code=code, code=lead)


@require_http_methods(["GET", "HEAD", "POST"])
def lead_edit(request: SignedInRequest, code: str, lead: str) -> HttpResponse:
    row = seen_lead(request, code, lead)
    require(can_keep_naps(request.user, row.framework))
    form = LeadForm(request.POST if request.method == "POST" else None, lead=row)
    if request.method == "POST" and form.is_valid():
        try:
            correct_lead(row, form.values(), by=request.user)
        except LeadRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Corrected."))
            return redirect(row.framework)
    status = 422 if request.method == "POST" else 200
    context = {"nap": row.framework, "lead": row, "form": form}
    return render(request, "frameworks/lead_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def lead_remove(request: SignedInRequest, code: str, lead: str) -> HttpResponse:
    row = seen_lead(request, code, lead)
    require(can_keep_naps(request.user, row.framework))
    refused = ""
    if request.method == "POST":
        try:
            take_back_lead(row, by=request.user)
        except LeadRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Taken back."))
            return redirect(row.framework)
    context = {"nap": row.framework, "lead": row, "refused": refused}
    return render(request, "frameworks/lead_remove.html", context, status=422 if refused else 200)
