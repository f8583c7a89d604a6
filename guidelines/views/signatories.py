"""Which institutions have to endorse the guidelines of a country."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.editing import attempt
from core.access import require
from core.refusals import FieldRefused
from guidelines.forms.signatories import SignatoryEndForm, SignatoryForm
from guidelines.models import Guidelines, Signatory
from guidelines.rules import can_keep_signatories
from guidelines.services import signatories as services
from guidelines.signatories import ensure
from guidelines.views.deciding import typed
from localities.models import Country


def _country(request: SignedInRequest, code: str) -> Country:
    """A country whose guidelines the user may read, or whose signatories the user keeps."""
    country = get_object_or_404(Country.objects.visible_to(request.user), code=code)
    readable = Guidelines.objects.visible_to(request.user).filter(country=country)
    if not can_keep_signatories(request.user, country) and not readable.exists():
        raise Http404
    return country


def _signatory(request: SignedInRequest, code: str, signatory: str) -> Signatory:
    country = _country(request, code)
    require(can_keep_signatories(request.user, country))
    row = get_object_or_404(country.signatories.required(), code=signatory)
    row.country = country
    return row


@require_safe
def signatory_list(request: SignedInRequest, code: str) -> HttpResponse:
    country = _country(request, code)
    ensure(country)
    rows = list(country.signatories.all())
    context = {
        "country": country,
        "required": [row for row in rows if row.ended_on is None],
        "ended": [row for row in rows if row.ended_on is not None],
        "guidelines": Guidelines.objects.visible_to(request.user).filter(country=country),
        "may_keep": can_keep_signatories(request.user, country),
    }
    return render(request, "guidelines/signatory_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_new(request: SignedInRequest, code: str) -> HttpResponse:
    country = _country(request, code)
    require(can_keep_signatories(request.user, country))
    ensure(country)
    form = SignatoryForm(typed(request), instance=Signatory(country=country))
    form.initial.setdefault("role", "other")
    if request.method == "POST" and form.is_valid():
        try:
            address = made_once(
                request,
                lambda: services.add_signatory(form.save(commit=False), by=request.user),
                address=lambda made: reverse("signatory_list", args=[country.code]),
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("The institution is on the list."))
            return redirect(address)
    context = {"country": country, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/signatory_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_edit(request: SignedInRequest, code: str, signatory: str) -> HttpResponse:
    row = _signatory(request, code, signatory)
    name = str(row)
    form = SignatoryForm(typed(request), instance=row)
    tried = attempt(
        form,
        lambda: services.change_signatory(
            form.save(commit=False), opened_version=form.opened_version, by=request.user
        ),
    )
    if tried.saved:
        messages.success(request, _("Saved."))
        return redirect("signatory_list", code)
    context = {"country": row.country, "signatory": row, "name": name, "form": form, "attempt": tried}
    return render(request, "guidelines/signatory_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_end(request: SignedInRequest, code: str, signatory: str) -> HttpResponse:
    """With the reason, which stays in the audit."""
    row = _signatory(request, code, signatory)
    form = SignatoryEndForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.end_signatory(row, **form.cleaned_data, today=timezone.localdate(), by=request.user)
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("%(institution)s no longer has to sign.") % {"institution": row})
            return redirect("signatory_list", code)
    context = {"country": row.country, "signatory": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/signatory_end.html", context, status=status)
