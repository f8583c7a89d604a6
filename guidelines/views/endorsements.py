"""Endorsements: recorded, with the scan of the letter, and withdrawn."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.refusals import FieldRefused
from core.stored_files import FileLost
from guidelines.forms.endorsements import EndorsementWithdrawForm, GuidelinesEndorsementForm
from guidelines.models import Endorsement, Guidelines, GuidelinesState
from guidelines.services import endorsements as services
from guidelines.services.moving import MoveRefused
from guidelines.signatories import Signatures, ensure
from guidelines.states import SIGNING_STATES
from guidelines.views.deciding import Step, guidelines_to_move, taken, typed


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_endorsement_new(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines, today = guidelines_to_move(request, code), timezone.localdate()
    ensure(guidelines.country)
    signatures = Signatures.of(guidelines)
    form = GuidelinesEndorsementForm(
        typed(request),
        request.FILES if request.method == "POST" else None,
        signatures=signatures,
        initial={"signatory": request.GET.get("signatory") or _first_waiting(signatures)},
    )
    if guidelines.state not in SIGNING_STATES:
        return _not_now(request, guidelines, form)
    if request.method == "POST" and form.is_valid():
        try:
            address = made_once(
                request,
                lambda: services.record_endorsement(
                    guidelines, signing=form.signing, by=request.user, today=today
                ),
                address=lambda made: f"{_review(guidelines)}#endorsements",
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        except MoveRefused:
            guidelines.refresh_from_db()
            return _not_now(request, guidelines, form)
        else:
            messages.success(request, _said(guidelines))
            return redirect(address)
    context = {"guidelines": guidelines, "form": form, "signatures": signatures}
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/guidelines_endorsement_new.html", context, status=status)


def _first_waiting(signatures: Signatures) -> str:
    return signatures.missing[0].code if signatures.missing else ""


def _review(guidelines: Guidelines) -> str:
    return reverse("guidelines_review", args=[guidelines.code])


def _said(guidelines: Guidelines) -> str:
    was, now = guidelines.state, Guidelines.objects.get(pk=guidelines.pk).state
    if now == GuidelinesState.ENDORSED and was != now:
        return _("The endorsement is recorded. All required institutions stand behind the text now.")
    return _("The endorsement is recorded.")


def _not_now(
    request: SignedInRequest, guidelines: Guidelines, form: GuidelinesEndorsementForm
) -> HttpResponse:
    """Only a validated text is endorsed. What was typed can be copied."""
    why = MoveRefused(guidelines)
    if not form.has_typed_text:
        messages.error(request, _("Only a validated text can be endorsed.") + f" {why}")
        return redirect(_review(guidelines))
    form.make_read_only()
    context = {"guidelines": guidelines, "form": form, "closed": str(why)}
    return render(request, "guidelines/guidelines_endorsement_new.html", context, status=409)


def _endorsement(request: SignedInRequest, code: str, endorsement: str) -> Endorsement:
    guidelines = guidelines_to_move(request, code)
    row = get_object_or_404(guidelines.endorsements.all(), code=endorsement)
    row.guidelines = guidelines
    return row


@require_safe
def guidelines_endorsement_scan(request: SignedInRequest, code: str, endorsement: str) -> HttpResponse:
    """To who writes the guidelines: a letter shows a name and a signature. Downloaded, never shown as a page
    of the portal: strangers made what is in it."""
    row = _endorsement(request, code, endorsement)
    try:
        content = services.read_scan(row)
    except FileLost:
        raise Http404(_("The stored file is no longer there.")) from None
    response = HttpResponse(content, content_type=row.scan_type)
    response["Content-Disposition"] = content_disposition_header(True, row.scan_name) or "attachment"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def guidelines_endorsement_withdraw(request: SignedInRequest, code: str, endorsement: str) -> HttpResponse:
    row, form = _endorsement(request, code, endorsement), EndorsementWithdrawForm(typed(request))
    step = Step(
        row.guidelines,
        "guidelines/guidelines_endorsement_withdraw.html",
        fits=row.guidelines.state in SIGNING_STATES and row.withdrawn_on is None,
        take=lambda: services.withdraw_endorsement(
            row, reason=form.cleaned_data["reason"], by=request.user, today=timezone.localdate()
        ),
        done=_("The endorsement is withdrawn."),
        more={"endorsement": row},
    )
    return taken(request, step, form)
