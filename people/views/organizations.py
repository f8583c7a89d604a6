"""Institutions: those with a position somebody may know of, or people whom the reader registered."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import record
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from people.filters import OrganizationFilter
from people.forms import OrganizationForm
from people.models import Organization, Position
from people.reports import OrganizationSheet
from people.rules import can_edit_organization


@require_safe
def organization_list(request: SignedInRequest) -> HttpResponse:
    seen = Organization.objects.visible_to(request.user).select_related("country")
    found = OrganizationFilter(request.GET, queryset=seen)
    known = Position.objects.visible_to(request.user).filter(organization=OuterRef("pk")).order_by()
    counted = known.values("organization").annotate(n=Count("pk")).values("n")
    rows = found.qs.annotate(positions_known=Coalesce(Subquery(counted), 0)).order_by("name", "pk")
    return render(request, "people/organization_list.html", listing(request, found, rows))


@require_safe
def organization_detail(request: SignedInRequest, code: str) -> HttpResponse:
    organizations = Organization.objects.visible_to(request.user).select_related("country")
    organization = get_object_or_404(organizations, code=code)
    context = {
        "organization": organization,
        "sheet": OrganizationSheet.from_organization(organization, user=request.user),
        "may_edit": can_edit_organization(request.user, organization),
    }
    return render(request, "people/organization_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organization_edit(request: SignedInRequest, code: str) -> HttpResponse:
    organizations = Organization.objects.visible_to(request.user).select_related("country")
    organization = get_object_or_404(organizations, code=code)
    require(can_edit_organization(request.user, organization))
    form = OrganizationForm(request.POST or None, instance=organization)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                form.save()
                record(request.user, "corrected organization", organization)
        except IntegrityError:  # named so by somebody else at the same moment
            form.add_error("name", _("Another organisation of this country has that name."))
        else:
            messages.success(request, _("Saved."))
            return redirect(organization)
    context = {"organization": organization, "form": form}
    return render(request, "people/organization_edit.html", context, status=422 if form.errors else 200)
