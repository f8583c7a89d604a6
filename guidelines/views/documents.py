"""Guidelines: the list, starting them, reading them, and what they are called."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from guidelines.documents import collect, document_context
from guidelines.filters import GuidelinesFilter
from guidelines.forms.documents import GuidelinesForm, GuidelinesStartForm
from guidelines.models import Guidelines
from guidelines.rules import can_export_guidelines, can_start_guidelines, can_write_guidelines
from guidelines.saving import Attempt, attempt
from guidelines.services.documents import start_guidelines


@require_safe
def guidelines_list(request: SignedInRequest) -> HttpResponse:
    guidelines = Guidelines.objects.visible_to(request.user)
    found = GuidelinesFilter(request.GET, queryset=guidelines.for_list(), request=request)
    context = listing(request, found) | {"may_start": can_start_guidelines(request.user)}
    return render(request, "guidelines/guidelines_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_new(request: SignedInRequest) -> HttpResponse:
    """New guidelines from the template; the countries offered are `writable_countries`."""
    require(can_start_guidelines(request.user))
    form = GuidelinesStartForm(
        request.POST if request.method == "POST" else None,
        initial={"country": request.GET.get("country")},
        user=request.user,
    )
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        address = made_once(
            request,
            lambda: start_guidelines(
                data["country"],
                title=data["title"],
                language=data["language"],
                nap=data["nap"],
                by=request.user,
            ),
            address=Guidelines.get_absolute_url,
        )
        messages.success(request, _("The guidelines are started. Make the texts your country's own."))
        return redirect(address)
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/guidelines_new.html", {"form": form}, status=status)


@require_safe
def guidelines_detail(request: SignedInRequest, code: str) -> HttpResponse:
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country", "nap"), code=code)
    context = document_context(collect(guidelines)) | {
        "last_export": guidelines.exports.select_related("guidelines").first(),
        "may_write": can_write_guidelines(request.user, guidelines),
        "may_export": can_export_guidelines(request.user, guidelines),
    }
    return render(request, "guidelines/guidelines_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_edit(request: SignedInRequest, code: str) -> HttpResponse:
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country"), code=code)
    require(can_write_guidelines(request.user, guidelines))
    title = guidelines.title
    form = GuidelinesForm(request.POST if request.method == "POST" else None, instance=guidelines)
    outcome = attempt(form, by=request.user) if request.method == "POST" else Attempt()
    if outcome.saved:
        messages.success(request, _("Saved."))
        return redirect(guidelines)
    context = {"guidelines": guidelines, "title": title, "form": form, "attempt": outcome}
    return render(request, "guidelines/guidelines_edit.html", context, status=outcome.status)
