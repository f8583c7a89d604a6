"""Institutions to turn to: small pages of a workshop for those who run it (F59)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from workshops.forms.referrals import ReferralForm
from workshops.models import ReferralContact, Workshop
from workshops.rules import can_run_workshop


@require_http_methods(["GET", "HEAD", "POST"])
def referral_new(request: SignedInRequest, code: str) -> HttpResponse:
    workshops = Workshop.objects.visible_to(request.user).for_list().for_reader(request.user)
    workshop = get_object_or_404(workshops, code=code)
    require(can_run_workshop(request.user, workshop))
    contact = ReferralContact(workshop=workshop, is_demo=workshop.is_demo)
    form = ReferralForm(request.POST if request.method == "POST" else None, instance=contact)
    if request.method == "POST" and form.is_valid():
        address = made_once(request, form.save, address=lambda _contact: workshop.get_absolute_url())
        messages.success(request, _("The institution is added."))
        return redirect(f"{address}#safety")
    context = {"form": form, "workshop": workshop}
    return render(request, "workshops/referral_new.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def referral_edit(request: SignedInRequest, code: str, referral: str) -> HttpResponse:
    contact = referral_or_404(request, code, referral)
    require(can_run_workshop(request.user, contact.workshop))
    form = ReferralForm(request.POST if request.method == "POST" else None, instance=contact)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect(f"{contact.workshop.get_absolute_url()}#safety")
    context = {"form": form, "workshop": contact.workshop, "contact": contact}
    return render(request, "workshops/referral_edit.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def referral_remove(request: SignedInRequest, code: str, referral: str) -> HttpResponse:
    contact = referral_or_404(request, code, referral)
    require(can_run_workshop(request.user, contact.workshop))
    if request.method == "POST":
        contact.delete()
        messages.success(request, _("The institution is removed."))
        return redirect(f"{contact.workshop.get_absolute_url()}#safety")
    context = {"workshop": contact.workshop, "contact": contact}
    return render(request, "workshops/referral_remove.html", context)


def referral_or_404(request: SignedInRequest, code: str, referral: str) -> ReferralContact:
    contacts = ReferralContact.objects.visible_to(request.user).select_related("workshop__locality__country")
    return get_object_or_404(contacts, workshop__code=code, code=referral)
