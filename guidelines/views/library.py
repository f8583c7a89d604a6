"""The library: guidelines, toolkits, templates and laws, with language and licence."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.lists import listing
from core.stored_files import FileLost
from guidelines.forms.library import ResourceForm
from guidelines.library_filters import ResourceFilter
from guidelines.licences import licence_name
from guidelines.models import Guidelines, Resource
from guidelines.rules import can_change_resource, can_keep_library
from guidelines.services import library as services
from plans.editing import Attempt, conflicting


def _resource(request: SignedInRequest, code: str) -> Resource:
    rows = Resource.objects.visible_to(request.user).select_related("country", "guidelines")
    return get_object_or_404(rows, code=code)


@require_safe
def library_list(request: SignedInRequest) -> HttpResponse:
    rows = Resource.objects.visible_to(request.user).select_related("country", "guidelines")
    found = ResourceFilter(request.GET, queryset=rows, request=request)
    context: dict[str, Any] = listing(request, found) | {"may_add": can_keep_library(request.user)}
    for row in context["page"]:
        row.licence_name = licence_name(row.licence)
    return render(request, "guidelines/library_list.html", context)


@require_safe
def resource_detail(request: SignedInRequest, code: str) -> HttpResponse:
    found = _resource(request, code)
    context = {
        "resource": found,
        "licence": licence_name(found.licence),
        "document": Guidelines.objects.visible_to(request.user).filter(resources=found).first(),
        "edition": found.guidelines and found.guidelines.editions.order_by("-number").first(),
        "may_change": can_change_resource(request.user, found),
    }
    return render(request, "guidelines/resource_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def resource_new(request: SignedInRequest) -> HttpResponse:
    """The countries offered are those for which the user writes guidelines."""
    require(can_keep_library(request.user))
    form = _form(request, Resource())
    if form.is_bound and form.is_valid():
        address = made_once(
            request,
            lambda: services.add_resource(
                form.save(commit=False), file=form.cleaned_data["file"], by=request.user
            ),
            address=Resource.get_absolute_url,
        )
        messages.success(request, _("The text is in the library."))
        return redirect(address)
    context = {"form": form, "attempt": Attempt()}
    return render(request, "guidelines/resource_new.html", context, status=422 if form.is_bound else 200)


def _form(request: SignedInRequest, resource: Resource) -> ResourceForm:
    sent = request.method == "POST"
    return ResourceForm(
        request.POST if sent else None,
        request.FILES if sent else None,
        instance=resource,
        user=request.user,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: SignedInRequest, code: str) -> HttpResponse:
    found = _resource(request, code)
    require(can_change_resource(request.user, found))
    title = found.title
    form = _form(request, found)
    try:
        outcome = _saved(request, form)
    except RowRemoved:
        raise Http404(_("Somebody removed this text meanwhile.")) from None
    if outcome.saved:
        messages.success(request, _("Saved."))
        return redirect(found)
    context = {"resource": found, "title": title, "form": form, "attempt": outcome}
    return render(request, "guidelines/resource_edit.html", context, status=outcome.status)


def _saved(request: SignedInRequest, form: ResourceForm) -> Attempt:
    if not form.is_bound:
        return Attempt()
    if not form.is_valid():
        return Attempt(status=422)
    try:
        services.save_resource(
            form.save(commit=False),
            file=form.cleaned_data["file"],
            drop_file=form.drops_file,
            opened_version=form.opened_version,
            by=request.user,
        )
    except EditConflict as conflict:
        return conflicting(form, conflict)
    return Attempt(saved=True)


@require_http_methods(["GET", "HEAD", "POST"])
def resource_remove(request: SignedInRequest, code: str) -> HttpResponse:
    found = _resource(request, code)
    require(can_change_resource(request.user, found))
    if request.method == "POST":
        services.remove_resource(found, by=request.user)
        messages.success(request, _("The text is removed from the library."))
        return redirect("library_list")
    return render(request, "guidelines/resource_remove.html", {"resource": found})


@require_safe
def resource_file(request: SignedInRequest, code: str) -> HttpResponse:
    """Downloaded, never shown as a page of the portal."""
    found = _resource(request, code)
    if not found.file:
        raise Http404(_("Only the address of this text is kept."))
    try:
        content = services.read_file(found)
    except FileLost:
        raise Http404(_("The stored file is no longer there.")) from None
    response = HttpResponse(content, content_type=found.file_type or "application/pdf")
    response["Content-Disposition"] = content_disposition_header(True, found.file_name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
