"""Blocks of data of one section: what they show, frozen or following."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from guidelines.markers import kinds_in
from guidelines.models import Section
from guidelines.reports.section_blocks import SectionBlock
from guidelines.rules import can_read_draft, can_write_guidelines
from guidelines.services import blocks as services
from guidelines.services.holding import GuidelinesClosed


@require_safe
def section_blocks(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    found = _section(request, code, section)
    require(can_read_draft(request.user, found.guidelines))
    context = {
        "section": found,
        "guidelines": found.guidelines,
        "blocks": SectionBlock.from_section(found, today=timezone.localdate()),
        "may_write": can_write_guidelines(request.user, found.guidelines),
    }
    return render(request, "guidelines/section_blocks.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def block_freeze(request: SignedInRequest, code: str, section: str, block: str) -> HttpResponse:
    found = _section(request, code, section)
    require(can_write_guidelines(request.user, found.guidelines))
    today = timezone.localdate()
    if request.method != "POST":
        return _confirm(request, "guidelines/block_freeze.html", found, block)
    return _done(
        request,
        found,
        lambda: services.freeze_block(found, block, today=today, by=request.user),
        _("The data is kept as it is today."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def block_unfreeze(request: SignedInRequest, code: str, section: str, block: str) -> HttpResponse:
    found = _section(request, code, section)
    require(can_write_guidelines(request.user, found.guidelines))
    if request.method != "POST":
        return _confirm(request, "guidelines/block_unfreeze.html", found, block)
    return _done(
        request,
        found,
        lambda: services.unfreeze_block(found, block, by=request.user),
        _("The data follows the portal again."),
    )


def _section(request: SignedInRequest, code: str, section: str) -> Section:
    sections = Section.objects.visible_to(request.user).select_related(
        "guidelines__country", "guidelines__nap"
    )
    return get_object_or_404(sections, guidelines__code=code, code=section)


def _confirm(request: SignedInRequest, template: str, section: Section, kind: str) -> HttpResponse:
    """What it shows and what it would show. A block that is not in the text is a 404."""
    if kind not in kinds_in(section.body):
        raise Http404
    blocks = SectionBlock.from_section(section, today=timezone.localdate())
    block = next(each for each in blocks if each.kind == kind)
    context = {"section": section, "guidelines": section.guidelines, "entry": block}
    return render(request, template, context)


def _done(request: SignedInRequest, section: Section, act: Callable[[], object], words: str) -> HttpResponse:
    try:
        act()
    except (services.BlockRefused, GuidelinesClosed) as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, words)
    return redirect("section_blocks", section.guidelines.code, section.code)
