"""Pages of the accounts that work for a committee."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from committees.forms.access import AccessEditForm, AccessForm
from committees.models import Committee, CommitteeAccess
from committees.rules import can_give_committee_access
from committees.services import access as services
from core.access import require


@require_http_methods(["GET", "HEAD", "POST"])
def access_new(request: SignedInRequest, code: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_give_committee_access(request.user, committee))
    form = AccessForm(
        request.POST if request.method == "POST" else None, giver=request.user, committee=committee
    )
    if request.method == "POST" and form.is_valid():
        try:
            services.give_access(
                committee,
                user=form.account,
                role=form.cleaned_data["role"],
                seat=form.cleaned_data["seat"],
                by=request.user,
            )
        except services.AlreadyHasAccess as refused:
            form.add_error("email", str(refused))
        else:
            messages.success(request, _("The account now works for this committee."))
            return redirect(committee)
    status = 422 if request.method == "POST" else 200
    return render(
        request, "committees/access_new.html", {"committee": committee, "form": form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
def access_edit(request: SignedInRequest, code: str, access: str) -> HttpResponse:
    """Another role, or another seat that the account works for."""
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_give_committee_access(request.user, committee))
    row = get_object_or_404(
        CommitteeAccess.objects.visible_to(request.user).select_related("user", "seat", "committee"),
        committee=committee,
        code=access,
    )
    form = AccessEditForm(
        request.POST if request.method == "POST" else None,
        initial={"role": row.role, "seat": row.seat},
        committee=committee,
    )
    if request.method == "POST" and form.is_valid():
        services.change_access(row, by=request.user, **form.cleaned_data)
        messages.success(request, _("The access is saved."))
        return redirect(committee)
    status = 422 if request.method == "POST" else 200
    context = {"committee": committee, "access": row, "form": form}
    return render(request, "committees/access_edit.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def access_remove(request: SignedInRequest, code: str, access: str) -> HttpResponse:
    committee = get_object_or_404(Committee.objects.visible_to(request.user).for_list(), code=code)
    require(can_give_committee_access(request.user, committee))
    row = get_object_or_404(
        CommitteeAccess.objects.visible_to(request.user).select_related("user"),
        committee=committee,
        code=access,
    )
    if request.method == "POST":
        services.remove_access(row, by=request.user)
        messages.success(request, _("The access is removed."))
        return redirect(committee)
    return render(request, "committees/access_remove.html", {"committee": committee, "access": row})
