"""The review of guidelines: where they stand, what is missing, who tested, commented and endorsed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from guidelines.reports.review import Review
from guidelines.rules import can_comment_guidelines, can_keep_signatories, can_move_guidelines
from guidelines.signatories import ensure
from guidelines.states import SIGNING_STATES
from guidelines.views.comments import guidelines_to_read


@require_safe
def guidelines_review(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_read(request, code)  # visible_to, and the draft
    ensure(guidelines.country)
    context = {
        "guidelines": guidelines,
        "review": Review.from_guidelines(guidelines, today=timezone.localdate()),
        "may_move": can_move_guidelines(request.user, guidelines),
        "may_comment": can_comment_guidelines(request.user, guidelines),
        "may_keep_signatories": can_keep_signatories(request.user, guidelines.country),
        "may_sign": guidelines.state in SIGNING_STATES,
    }
    return render(request, "guidelines/guidelines_review.html", context)
