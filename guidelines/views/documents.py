"""Guidelines: the list, starting them, reading them, and what they are called."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from guidelines.document import document_of
from guidelines.filters import GuidelinesFilter
from guidelines.forms.documents import GuidelinesEditForm, GuidelinesStartForm
from guidelines.models import DocumentFormat, Guidelines
from guidelines.papers.screen import draft_on_screen, edition_on_screen
from guidelines.papers.source import Source
from guidelines.reports.country_reach import reach_of_each
from guidelines.reports.retirement import Retirement
from guidelines.rules import (
    can_export_guidelines,
    can_read_draft,
    can_start_guidelines,
    can_write_guidelines,
)
from guidelines.saving import attempt
from guidelines.services.documents import save_guidelines, start_guidelines


@require_safe
def guidelines_list(request: SignedInRequest) -> HttpResponse:
    guidelines = Guidelines.objects.visible_to(request.user)
    found = GuidelinesFilter(request.GET, queryset=guidelines.for_list(), request=request)
    context: dict[str, Any] = listing(request, found) | {"may_start": can_start_guidelines(request.user)}
    wanted = [(row.country, row.level) for row in context["page"]]
    reach = reach_of_each(wanted, today=timezone.localdate())
    context["rows"] = [(row, reach[row.country_id, row.level]) for row in context["page"]]
    context["countries"] = sorted({row.country for row in context["page"]}, key=str)
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
    """The text as it stands; to who does not read drafts, the edition that holds."""
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country", "nap"), code=code)
    context: dict[str, Any] = {
        "guidelines": guidelines,
        "edition": guidelines.editions.defer("content").order_by("-number").first(),
        "may_write": can_write_guidelines(request.user, guidelines),
        "may_export": can_export_guidelines(request.user, guidelines),
        "formats": DocumentFormat.choices,
        "retirement": Retirement.of(guidelines, known=visible),
    }
    if can_read_draft(request.user, guidelines):
        context |= draft_context(guidelines, today=timezone.localdate())
    else:
        edition = guidelines.editions.order_by("-number")[0]
        edition.guidelines = guidelines
        context |= {"paper": edition_on_screen(edition), "may_write": False, "may_export": False}
        context["hides_review"] = True
    return render(request, "guidelines/guidelines_detail.html", context)


def draft_context(guidelines: Guidelines, *, today: datetime.date) -> dict[str, Any]:
    """The text that is being written, with the last file that was made of it."""
    source = Source(guidelines, None, document_of(guidelines, today=today))
    export = guidelines.exports.filter(edition=None).select_related("guidelines").first()
    return {
        "paper": draft_on_screen(guidelines, source.document),
        "reads_draft": True,
        "last_export": export,
        "is_current": export is not None and export.digest == source.digest(export.format),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_edit(request: SignedInRequest, code: str) -> HttpResponse:
    visible = Guidelines.objects.visible_to(request.user)
    guidelines = get_object_or_404(visible.select_related("country"), code=code)
    require(can_write_guidelines(request.user, guidelines))
    title = guidelines.title
    form = GuidelinesEditForm(request.POST if request.method == "POST" else None, instance=guidelines)
    outcome = attempt(
        form,
        guidelines,
        lambda: save_guidelines(
            form.instance, fields=list(form.fields), opened_version=form.opened_version, by=request.user
        ),
        is_open=True,
    )
    if outcome.saved:
        messages.success(request, _("Saved."))
        return redirect(guidelines)
    context = {"guidelines": guidelines, "title": title, "form": form, "attempt": outcome}
    return render(request, "guidelines/guidelines_edit.html", context, status=outcome.status)
