"""Guided paths: each step explains, leads to its form, and shows what is done (F17)."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from lapportal.guides.plan import guide as plan_guide
from lapportal.guides.publishing import guide as publishing_guide
from lapportal.guides.workshop import guide as workshop_guide


@require_safe
def guide_workshop(request: SignedInRequest) -> HttpResponse:
    """`?of=CODE` walks it with that workshop, one of those that the user sees."""
    guide = workshop_guide(request.user, request.GET.get("of", ""))
    return render(request, "lapportal/guide_workshop.html", {"guide": guide})


@require_safe
def guide_plan(request: SignedInRequest) -> HttpResponse:
    """`?of=CODE` walks it with that committee, one of those that the user sees."""
    guide = plan_guide(request.user, request.GET.get("of", ""))
    return render(request, "lapportal/guide_plan.html", {"guide": guide})


@require_safe
def guide_guidelines(request: SignedInRequest) -> HttpResponse:
    """`?of=CODE` walks it with those guidelines, if the user reads them."""
    guide = publishing_guide(request.user, request.GET.get("of", ""))
    return render(request, "lapportal/guide_guidelines.html", {"guide": guide})
