"""The hand-over pack, as a page and as a PDF to print."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.models import record
from accounts.requests import SignedInRequest
from core.pdf.now import in_turn
from lapportal.memory.pack import Pack
from lapportal.memory.papers import language_of, pack_pdf
from lapportal.memory.reading import Reading
from lapportal.views.handovers import seen_handover
from localities.languages import language_name
from people.rules import can_acknowledge_handover, can_keep_handover
from workshops.papers.languages import COMPLETE


@require_safe
def handover_pack(request: SignedInRequest, code: str) -> HttpResponse:
    """As of today, as far as the reader may see."""
    handover = seen_handover(request, code)
    today = timezone.localdate()
    reading = Reading.of_handover(handover, user=request.user, today=today)
    spoken = handover.position.locality.country.languages
    context = {
        "handover": handover,
        "position": handover.position,
        "pack": Pack.from_handover(handover, reading=reading, today=today),
        "may_keep": can_keep_handover(request.user, handover),
        "may_acknowledge": can_acknowledge_handover(request.user, handover),
        "languages": [(code, language_name(code)) for code in COMPLETE],
        "language": language_of(spoken),
    }
    return render(request, "lapportal/handover_pack.html", context)


@never_cache
@require_safe
@in_turn
def handover_pack_pdf(request: SignedInRequest, code: str) -> HttpResponse:
    """In the country's first language that is complete, or in the one asked for."""
    handover = seen_handover(request, code)
    today = timezone.localdate()
    reading = Reading.of_handover(handover, user=request.user, today=today)
    spoken = handover.position.locality.country.languages
    language = language_of(spoken, asked=request.GET.get("language", ""))
    pdf = pack_pdf(handover, reading=reading, language=language, as_of=today)
    record(request.user, "printed handover pack", handover, language=language)
    answer = HttpResponse(pdf.content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{handover.code}-{language}.pdf"'
    return answer
