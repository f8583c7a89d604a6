"""The papers of a meeting, as PDF. `?language=fr` asks for a language."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from committees.models import Meeting
from committees.papers.rendering import rendered
from committees.rules import can_read_drafts_of
from committees.views.minutes import meeting_to_read
from core.access import require
from core.pdf.now import in_turn
from workshops.views.papers import pdf


@require_safe
@in_turn
def meeting_minutes_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """As approved, or marked as a draft for who works for the committee."""
    return _paper(request, meeting_to_read(request, code), "minutes")


@require_safe
@in_turn
def meeting_agenda_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """It says where the committee meets: for who works for it."""
    return _paper(request, _meeting_of_own(request, code), "agenda")


@require_safe
@in_turn
def blank_minutes_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    return _paper(request, _meeting_of_own(request, code), "blank")


def _meeting_of_own(request: SignedInRequest, code: str) -> Meeting:
    meeting = get_object_or_404(Meeting.objects.visible_to(request.user).for_list(), code=code)
    require(can_read_drafts_of(request.user, meeting.committee))
    return meeting


def _paper(request: SignedInRequest, meeting: Meeting, name: str) -> HttpResponse:
    language = request.GET.get("language", "")[:10]
    file = rendered(name, meeting, as_of=timezone.localdate(), language=language)
    return pdf(file, f"{meeting.code}-{name}")
