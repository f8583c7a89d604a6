"""The languages and versions of a country's guidelines, and beginning another one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from guidelines.forms.versions import SOURCE, NewVersionForm, TranslationForm
from guidelines.models import Guidelines
from guidelines.reports.versions import versions_of
from guidelines.rules import can_read_draft, can_write_guidelines
from guidelines.services.versions import AlreadyTranslated, new_version, start_translation
from guidelines.views.history import guidelines_or_404


@require_safe
def guidelines_versions(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_or_404(request, code)
    rows = versions_of(guidelines.country, user=request.user)
    context = {
        "guidelines": guidelines,
        "rows": rows,
        "may_write": can_write_guidelines(request.user, guidelines),
        "is_translation": guidelines.translation_of_id is not None,
        "hides_review": not can_read_draft(request.user, guidelines),
    }
    return render(request, "guidelines/guidelines_versions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_new_version(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_or_404(request, code)
    require(can_write_guidelines(request.user, guidelines))
    form = NewVersionForm(request.POST if request.method == "POST" else None, guidelines=guidelines)
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request,
            lambda: new_version(
                guidelines, title=form.cleaned_data["title"], nap=form.cleaned_data["nap"], by=request.user
            ),
            address=Guidelines.get_absolute_url,
        )
        messages.success(request, _("The new version is started, with all texts of the one before."))
        return redirect(address)
    status = 422 if request.method == "POST" else 200
    context = {"guidelines": guidelines, "form": form}
    return render(request, "guidelines/guidelines_new_version.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_translate(request: SignedInRequest, code: str) -> HttpResponse:
    """Of the document that was written first: translations of translations drift away from it."""
    guidelines = guidelines_or_404(request, code)
    require(can_write_guidelines(request.user, guidelines))
    if guidelines.translation_of is not None:
        messages.info(
            request, _("This is a translation itself: the document that it was made of is translated.")
        )
        return redirect("guidelines_translate", guidelines.translation_of.code)
    form = TranslationForm(request.POST if request.method == "POST" else None, guidelines=guidelines)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            address = made_once(
                request,
                lambda: start_translation(
                    guidelines,
                    language=data["language"],
                    title=data["title"],
                    with_texts=data["texts"] == SOURCE,
                    by=request.user,
                ),
                address=translation_address,
            )
        except AlreadyTranslated as already:
            form.add_error(already.field, str(already))
        else:
            messages.success(request, _("The translation is started. Translate it section by section."))
            return redirect(address)
    status = 422 if request.method == "POST" else 200
    context = {"guidelines": guidelines, "form": form}
    return render(request, "guidelines/guidelines_translate.html", context, status=status)


def translation_address(guidelines: Guidelines) -> str:
    return reverse("guidelines_translation", args=[guidelines.code])
