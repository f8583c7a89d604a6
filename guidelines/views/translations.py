"""A translation beside its source, section by section."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import RowRemoved
from core.pages import removed
from guidelines.forms.sections import SectionForm
from guidelines.models import Guidelines, Section
from guidelines.reading import block_name, read_parts
from guidelines.reports.history import changes_of
from guidelines.reports.preview import WritingDesk
from guidelines.rules import can_read_draft, can_write_guidelines
from guidelines.saving import Attempt, attempt
from guidelines.services.holding import GuidelinesClosed
from guidelines.services.translations import add_from_source, pictures_of_translation, save_translation
from guidelines.tracking import revision_of
from guidelines.translating import TONES, Translation, blocks_apart, source_text, state_of
from guidelines.views.history import guidelines_or_404
from guidelines.views.sections import helped


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_translation(request: SignedInRequest, code: str) -> HttpResponse:
    """How far it is. POST adds sections that are new in the source."""
    guidelines = translation_or_404(request, code)
    may_write = can_write_guidelines(request.user, guidelines) and guidelines.is_open
    if request.method == "POST":
        require(can_write_guidelines(request.user, guidelines))
        try:
            added = add_from_source(guidelines, sources=request.POST.getlist("source"), by=request.user)
        except GuidelinesClosed as closed:
            messages.error(request, str(closed))
        else:
            said = ngettext("%(count)s section is added.", "%(count)s sections are added.", len(added))
            messages.success(request, said % {"count": len(added)})
        return redirect("guidelines_translation", code)
    translation = Translation.from_guidelines(guidelines)
    context = {
        "guidelines": guidelines,
        "source": guidelines.translation_of,
        "translation": translation,
        "may_write": may_write,
    }
    return render(request, "guidelines/guidelines_translation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def translation_edit(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """The source on one side, the text on the other; saved with the same lock and merge as any section."""
    guidelines = translation_or_404(request, code)
    sections = guidelines.sections.select_related("guidelines__country", "source__guidelines", "parent")
    found = sections.filter(code=section, source__isnull=False).first()
    if found is None:
        return _typed_for_removed(request, guidelines, section)
    require(can_write_guidelines(request.user, guidelines))
    form = SectionForm(request.POST if request.method == "POST" else None, instance=found)
    desk = WritingDesk.of(guidelines)
    changed = helped(request, form, desk)
    if changed is not None:
        return _page(request, found, changed, desk, Attempt(), is_typed=True)
    seen = _seen_version(request, found)
    if seen is not None and form.is_valid() and _says_nothing(found, form.cleaned_data["body"]):
        form.add_error("body", _("Nothing is translated yet: the text is empty."))
    try:
        outcome = attempt(
            form,
            guidelines,
            lambda: save_translation(
                found, opened_version=form.opened_version, source_version=seen, by=request.user
            ),
        )
    except RowRemoved:
        return removed(request, form, back=guidelines)
    if outcome.saved:
        messages.success(
            request, _("Saved.") if seen is None else _("Saved, and up to date with the source.")
        )
        return redirect(_next(request, guidelines, found))
    return _page(request, found, form, desk, outcome)


def _page(
    request: SignedInRequest,
    found: Section,
    form: SectionForm,
    desk: WritingDesk,
    outcome: Attempt,
    *,
    is_typed: bool = False,
) -> HttpResponse:
    context = _sides(found.guidelines, found, form) | {
        "form": form,
        "attempt": outcome,
        "desk": desk,
        "is_typed": is_typed or form.is_bound,
    }
    return render(request, "guidelines/translation_edit.html", context, status=outcome.status)


def _says_nothing(section: Section, body: str) -> bool:
    return bool(section.source and section.source.body.strip() and not body.strip())


def _seen_version(request: SignedInRequest, section: Section) -> int | None:
    """The version of the source that stood beside the text, when it was said to be up to date with it."""
    if "current" not in request.POST or section.source is None:
        return None
    typed = request.POST.get("source_version", "")
    seen = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 10 else 0
    return min(seen, section.source.row_version) or None


def _next(request: SignedInRequest, guidelines: Guidelines, section: Section) -> str:
    if "stay" in request.POST:
        return reverse("translation_edit", args=[guidelines.code, section.code])
    return reverse("guidelines_translation", args=[guidelines.code]) + f"#{section.code}"


def _sides(guidelines: Guidelines, section: Section, form: SectionForm) -> dict[str, Any]:
    source: Any = section.source
    base = revision_of(source, section.source_version) if section.source_version else None
    typed = str(form["body"].value() or "")
    missing, added = blocks_apart(source.body, typed) if typed.strip() else ((), ())
    state = state_of(section)
    return {
        "guidelines": guidelines,
        "section": section,
        "source": source,
        "parts": read_parts(source.body, top_heading=3),
        "raw": source_text(section, pictures=pictures_of_translation(guidelines)),
        "changes": changes_of(base, source) if base and base.version < source.row_version else [],
        "state": state,
        "tone": TONES[state],
        "missing": [(kind, block_name(kind)) for kind in missing],
        "added": [(kind, block_name(kind)) for kind in added],
    }


def _typed_for_removed(request: SignedInRequest, guidelines: Guidelines, section: str) -> HttpResponse:
    """What was sent for a section that somebody removed meanwhile is shown; all else is a 404."""
    stands = guidelines.sections.filter(code=section).exists()
    if stands and request.method != "POST" and can_write_guidelines(request.user, guidelines):
        return redirect("section_edit", guidelines.code, section)  # only here: it has no source
    if request.method != "POST":
        raise Http404
    require(can_write_guidelines(request.user, guidelines))
    return removed(request, SectionForm(request.POST), back=guidelines)


def translation_or_404(request: SignedInRequest, code: str) -> Guidelines:
    """Guidelines that are a translation, whose draft the user may read."""
    guidelines = guidelines_or_404(request, code)
    require(can_read_draft(request.user, guidelines))
    if guidelines.translation_of is None:
        raise Http404
    return guidelines
