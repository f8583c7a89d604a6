"""A page that asks about one step of guidelines before it is taken, and how it ended."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from accounts.requests import SignedInRequest
from core.access import require
from core.refusals import FieldRefused
from guidelines.gates import Missing, NotReady
from guidelines.models import Guidelines
from guidelines.rules import can_move_guidelines
from guidelines.services.moving import MoveRefused
from plans.forms.decisions import DecisionForm


@dataclass(frozen=True)
class Step:
    """A step of guidelines: its page, what takes it, what is said when it is taken. `fits` says whether
    the guidelines stand where it begins, `missing` what has to be done before, `more` what the page shows."""

    guidelines: Guidelines
    template: str
    fits: bool
    take: Callable[[], object]
    done: str
    missing: Callable[[], list[Missing]] = list
    more: dict[str, Any] = field(default_factory=dict)
    leads_to: str = "guidelines_review"

    @property
    def address(self) -> str:
        return reverse(self.leads_to, args=[self.guidelines.code])


def guidelines_to_move(request: SignedInRequest, code: str) -> Guidelines:
    visible = Guidelines.objects.visible_to(request.user).select_related("country", "nap")
    guidelines = get_object_or_404(visible, code=code)
    require(can_move_guidelines(request.user, guidelines))
    return guidelines


def typed(request: SignedInRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def taken(request: SignedInRequest, step: Step, form: DecisionForm) -> HttpResponse:
    """To the review when the step is taken; else the page, with what is missing or wrong at its field."""
    if not step.fits:
        return _too_late(request, step, form, MoveRefused(step.guidelines))
    missing: list[Missing] | None = None
    if form.is_bound and form.is_valid():
        try:
            step.take()
        except MoveRefused as late:
            return _too_late(request, step, form, late)
        except FieldRefused as wrong:
            form.add_error(wrong.field, str(wrong))
        except NotReady as unready:
            missing = unready.missing
        else:
            messages.success(request, step.done)
            return redirect(step.address)
    if missing is None:
        missing = step.missing()
    context = {"guidelines": step.guidelines, "form": form, "missing": missing} | step.more
    return render(request, step.template, context, status=422 if form.is_bound else 200)


def _too_late(request: SignedInRequest, step: Step, form: DecisionForm, why: MoveRefused) -> HttpResponse:
    """Somebody else was faster, or the page comes from an old tab. What was typed can be copied."""
    if not form.has_typed_text:
        messages.error(request, str(why))
        return redirect(step.address)
    form.make_read_only()
    context = {"guidelines": step.guidelines, "form": form, "closed": str(why)} | step.more
    return render(request, step.template, context, status=409)
