"""The papers of a workshop: one page that offers them, and one address for each PDF.

Papers with names are for who runs the workshop, and each print is audited. The programme and the
summary name nobody: they are for everybody who sees the workshop.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import record
from accounts.requests import SignedInRequest
from core.access import require
from core.pdf import Rendered
from core.pdf.now import in_turn
from localities.languages import language_name
from workshops.models import Workshop
from workshops.papers import rendering
from workshops.papers.certificates import Who
from workshops.papers.languages import is_own_language, paper_language
from workshops.papers.offers import Offers
from workshops.rules import can_see_names


@require_safe
def papers(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    names = can_see_names(request.user, workshop)
    context = {
        "workshop": workshop,
        "names": names,
        "offers": Offers.from_workshop(workshop, with_names=names),
        "paper_language": language_name(paper_language(workshop)),
        "is_own_language": is_own_language(workshop),
    }
    return render(request, "workshops/papers.html", context)


@require_safe
@in_turn
def paper_sign_in_sheet(request: SignedInRequest, code: str) -> HttpResponse:
    """`?blank=20`: that many empty lines and nobody's name. `?names=no`: codes alone. `?sheet=2`."""
    workshop = run_or_refused(request, code)
    blank = whole_number(request, "blank")
    with_names = request.GET.get("names") != "no"
    rendered = rendering.sign_in_sheet(
        workshop,
        as_of=timezone.localdate(),
        blank=blank,
        with_names=with_names,
        sheet=whole_number(request, "sheet") or 1,
    )
    if with_names and not blank:
        record(request.user, "printed names", workshop, paper="sign-in sheet")
    return pdf(rendered, f"{workshop.code}-sign-in-sheet")


@require_safe
@in_turn
def paper_programme(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user).for_list(), code=code)
    return pdf(rendering.programme(workshop, as_of=timezone.localdate()), f"{workshop.code}-programme")


@require_safe
@in_turn
def paper_certificates(request: SignedInRequest, code: str) -> HttpResponse:
    """`?who=any`: everybody who was there at all. `?person=CODE`: one person. `?part=2`: the next hundred."""
    workshop = run_or_refused(request, code)
    who = Who.ANY if request.GET.get("who") == Who.ANY else Who.HALF
    try:
        rendered, number = rendering.certificates(
            workshop,
            as_of=timezone.localdate(),
            who=who,
            person=request.GET.get("person", "").strip().upper()[:12],
            part=whole_number(request, "part") or 1,
        )
    except rendering.NothingToPrint:
        messages.warning(request, _("Nobody to print a certificate for: attendance is not marked."))
        return redirect("papers", workshop.code)
    record(request.user, "printed names", workshop, paper="certificates", people=number)
    return pdf(rendered, f"{workshop.code}-certificates")


@require_safe
@in_turn
def paper_report(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = run_or_refused(request, code)
    rendered, named = rendering.report(workshop, as_of=timezone.localdate())
    record(request.user, "printed names", workshop, paper="report", people=named)
    return pdf(rendered, f"{workshop.code}-report")


@require_safe
@in_turn
def paper_summary(request: SignedInRequest, code: str) -> HttpResponse:
    workshop = get_object_or_404(Workshop.objects.visible_to(request.user).for_list(), code=code)
    return pdf(rendering.summary(workshop, as_of=timezone.localdate()), f"{workshop.code}-summary")


def run_or_refused(request: SignedInRequest, code: str) -> Workshop:
    """The workshop, for who runs it: papers with names are for nobody else."""
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_see_names(request.user, workshop))
    return workshop


def whole_number(request: SignedInRequest, name: str) -> int:
    """A small number of the address; 0 for whatever is none."""
    text = request.GET.get(name, "")[:4]
    return int(text) if text.isascii() and text.isdecimal() else 0


def pdf(rendered: Rendered, name: str) -> HttpResponse:
    """A download whose file name says no more than the code. Nothing in it may run."""
    response = HttpResponse(rendered.content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
