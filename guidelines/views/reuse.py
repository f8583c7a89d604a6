"""Taking sections of other documents over, and what changed there since."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import PER_PAGE
from core.pages import page
from guidelines.forms.reuse import ReusePlaceForm, ReuseSearchForm
from guidelines.models import Guidelines, Section
from guidelines.reading import read_parts
from guidelines.reports.history import changes_of
from guidelines.reports.reuse import Offer, moved_on, offers_of, sources_for, with_parts
from guidelines.rules import can_read_draft, can_write_guidelines
from guidelines.services.holding import GuidelinesClosed
from guidelines.services.reuse import note_origin_seen, reuse_sections
from guidelines.tracking import revision_of
from guidelines.views.history import guidelines_or_404


@require_http_methods(["GET", "HEAD", "POST"])
def section_reuse(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_or_404(request, code)
    require(can_write_guidelines(request.user, guidelines))
    if not guidelines.is_open:
        messages.error(request, str(GuidelinesClosed(guidelines)))
        return redirect(guidelines)
    place = ReusePlaceForm(request.POST if request.method == "POST" else None, guidelines=guidelines)
    chosen = request.POST.getlist("section")
    status, error = 200, ""
    if request.method == "POST":
        groups = _groups(request, guidelines, chosen)
        if groups and place.is_valid():
            return _take_over(request, guidelines, groups, place.cleaned_data["after"])
        status, error = 422, _("Tick at least one section.") if not groups else ""
    context = _search(request, guidelines) | {
        "guidelines": guidelines,
        "place": place,
        "moved_on": list(moved_on(guidelines, user=request.user)),
        "chosen": chosen,
        "error": error,
    }
    return page(request, "guidelines/section_reuse.html", context, part="reading", status=status)


def _groups(request: SignedInRequest, guidelines: Guidelines, chosen: list[str]) -> list[list[Offer]]:
    """What is ticked, of documents that the user may take from."""
    codes = {key.partition(".")[0] for key in chosen}
    documents = sources_for(request.user, guidelines).filter(code__in=codes)
    return with_parts(offers_of(documents, user=request.user), chosen)


def _take_over(
    request: SignedInRequest, guidelines: Guidelines, groups: list[list[Offer]], after: Section | None
) -> HttpResponse:
    def reuse() -> Guidelines:
        for picture in reuse_sections(guidelines, groups, after=after, by=request.user):
            messages.warning(
                request,
                _(
                    "People can be recognised in the picture “%(alt)s” (%(code)s). They agreed to be shown "
                    "in another country's document: ask them again, and note it at the picture."
                )
                % {"alt": picture.alt, "code": picture.code},
            )
        count = sum(len(group) for group in groups)
        messages.success(
            request,
            ngettext(
                "%(count)s section is taken over. Make its text your country's own.",
                "%(count)s sections are taken over. Make their texts your country's own.",
                count,
            )
            % {"count": count},
        )
        return guidelines

    try:
        return redirect(made_once(request, reuse, address=Guidelines.get_absolute_url))
    except GuidelinesClosed as closed:
        messages.error(request, str(closed))
        return redirect(guidelines)


def _search(request: SignedInRequest, guidelines: Guidelines) -> dict[str, Any]:
    sources = sources_for(request.user, guidelines)
    form = ReuseSearchForm(request.GET or None, sources=sources)
    source, words = None, ""
    if form.is_bound and form.is_valid():
        source, words = form.cleaned_data["source"], form.cleaned_data["q"].strip()
    offers: list[Offer] = []
    reading = request.GET.get("read", "")
    if source or words:
        offers = offers_of([source] if source else list(sources), user=request.user)
    found = [offer for offer in offers if offer.has(words)]
    query = request.GET.copy()
    for name in ("page", "read"):
        query.pop(name, None)
    read = next((offer for offer in offers if offer.key == reading), None)
    return {
        "form": form,
        "is_filtered": bool(source or words),
        "has_sources": bool(source) or sources.exists(),
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "read": read,
        "read_parts": read_parts(read.body, top_heading=3) if read else [],
    }


@require_http_methods(["GET", "HEAD", "POST"])
def section_origin(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """Where a section was taken from, and what changed there since."""
    guidelines = guidelines_or_404(request, code)
    found = get_object_or_404(
        guidelines.sections.select_related("guidelines", "origin__guidelines__country"), code=section
    )
    require(can_read_draft(request.user, guidelines))
    if not (found.origin or found.origin_note):
        raise Http404
    origin = found.origin
    may_read = origin is not None and can_read_draft(request.user, origin.guidelines)
    may_write = can_write_guidelines(request.user, guidelines) and guidelines.is_open
    if request.method == "POST":
        require(may_write and may_read)
        version = _seen(request, origin)
        try:
            note_origin_seen(found, version=version, by=request.user)
        except GuidelinesClosed as closed:
            messages.error(request, str(closed))
        else:
            messages.success(request, _("Noted. You are told when the text changes there again."))
        return redirect("section_origin", code, section)
    base = revision_of(origin, found.origin_version) if may_read and origin and found.origin_version else None
    context = {
        "guidelines": guidelines,
        "section": found,
        "origin": origin if may_read else None,
        "is_gone": origin is None and found.origin_version is not None,
        "moved_on": bool(base and origin and origin.row_version > base.version),
        "changes": changes_of(base, origin) if base else [],
        "may_write": may_write,
    }
    return render(request, "guidelines/section_origin.html", context)


def _seen(request: SignedInRequest, origin: Any) -> int:
    """The version that the page showed: what was written since is not noted as read."""
    version = request.POST.get("version", "")
    seen = int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0
    if not 1 <= seen <= origin.row_version:
        raise Http404
    return seen
