"""The history of guidelines and of their sections, and taking an old state back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.lists import PER_PAGE, listing
from guidelines.history_filters import SectionRevisionFilter
from guidelines.models import Guidelines, Section, SectionRevision
from guidelines.reading import read_parts
from guidelines.reports.history import Comparison, changes_of, saves_of, with_previous
from guidelines.rules import can_read_draft, can_write_guidelines
from guidelines.services.history import removed_with, restore_section
from guidelines.services.holding import GuidelinesClosed
from guidelines.tracking import revisions_of


@require_safe
def guidelines_history(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_or_404(request, code)
    require(can_read_draft(request.user, guidelines))
    may_write = can_write_guidelines(request.user, guidelines)
    remembered = guidelines.revisions.order_by("-at", "-pk")
    found = SectionRevisionFilter(
        request.GET, queryset=with_previous(remembered), request=request, with_people=may_write
    )
    context = listing(request, found)
    context |= {
        "guidelines": guidelines,
        "saves": saves_of(context["page"], may_know=may_write),
        "standing": set(guidelines.sections.values_list("code", flat=True)),
        "can_restore": may_write and guidelines.is_open,
    }
    return render(request, "guidelines/guidelines_history.html", context)


@require_safe
def section_history(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    guidelines = guidelines_or_404(request, code)
    standing, revisions = section_and_history(guidelines, section)
    require(can_read_draft(request.user, guidelines))
    may_write = can_write_guidelines(request.user, guidelines)
    page: Any = Paginator(with_previous(revisions), PER_PAGE).get_page(request.GET.get("page"))
    comparison = Comparison.from_versions(revisions, request.GET.get("from", ""), request.GET.get("to", ""))
    newest = revisions.first()
    context = {
        "guidelines": guidelines,
        "section": standing,
        "section_code": section,
        "name": standing.heading if standing else newest.heading if newest else "",
        "page": page,
        "saves": saves_of(page, may_know=may_write, in_full=True),
        "versions": list(revisions.filter(removed=False).values_list("version", "at")),
        "comparison": comparison,
        "is_asked": "from" in request.GET,
        "can_restore": may_write and guidelines.is_open,
    }
    return render(request, "guidelines/section_history.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section_version(request: SignedInRequest, code: str, section: str, version: int) -> HttpResponse:
    """One old state, and what it would change in the text of today. Taken back it is a new version:
    nothing is taken out of the history."""
    guidelines = guidelines_or_404(request, code)
    standing, revisions = section_and_history(guidelines, section)
    revision = get_object_or_404(revisions.select_related("guidelines", "by"), version=version)
    require(can_read_draft(request.user, guidelines))
    status, reason = 200, ""
    if request.method == "POST":
        require(can_write_guidelines(request.user, guidelines))
        try:
            restored = restore_section(revision, opened_version=_posted_version(request), by=request.user)
        except GuidelinesClosed as closed:
            messages.error(request, str(closed))
            return redirect("section_history", code, section)
        except (EditConflict, RowRemoved):
            status = 409
            reason = _("Somebody saved or removed this meanwhile. Below is what would change now.")
            standing = guidelines.sections.filter(code=section).first()
        else:
            messages.success(request, _("The earlier state is back, as a new version."))
            return redirect(restored)
    context = _version_context(guidelines, standing, revision) | {
        "reason": reason,
        "can_restore": guidelines.is_open and can_write_guidelines(request.user, guidelines),
    }
    return render(request, "guidelines/section_version.html", context, status=status)


def _version_context(
    guidelines: Guidelines, standing: Section | None, revision: SectionRevision
) -> dict[str, Any]:
    return {
        "guidelines": guidelines,
        "section": standing,
        "revision": revision,
        "changes": changes_of(standing, revision),
        "parts": read_parts(revision.body),
        "with_it": [] if standing else removed_with(revision),
        "row_version": standing.row_version if standing else 0,
    }


def _posted_version(request: SignedInRequest) -> int:
    version = request.POST.get("row_version", "")
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0


def guidelines_or_404(request: SignedInRequest, code: str) -> Guidelines:
    visible = Guidelines.objects.visible_to(request.user).select_related("country", "nap")
    return get_object_or_404(visible, code=code)


def section_and_history(guidelines: Guidelines, code: str) -> tuple[Section | None, Any]:
    """The section as it stands, None when it was removed, and its saves. 404 for what never was."""
    standing = guidelines.sections.filter(code=code).first()
    revisions = revisions_of(guidelines, code)
    if standing is None and not revisions.exists():
        raise Http404
    return standing, revisions
