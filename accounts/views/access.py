"""Giving access: accounts, their roles, and taking both away."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.filters import AccountFilter
from accounts.forms import AccountForm, RoleForm
from accounts.invitations import send_invitation
from accounts.models import Assignment, User
from accounts.requests import SignedInRequest
from accounts.rules import can_close_account, can_give_access, can_withdraw_role
from accounts.services import (
    AccessRefused,
    create_account,
    deactivate_account,
    give_role,
    reactivate_account,
    withdraw_role,
)
from core.access import require
from core.lists import listing
from core.pages import page


def invite(request: SignedInRequest, account: User) -> None:
    """Send the link and say how it went."""
    if send_invitation(account, site=request.build_absolute_uri("/")):
        messages.success(request, _("An invitation with a link to set a password is on its way."))
    else:
        messages.warning(request, _("The invitation could not be sent. Please try again in a few minutes."))


def seen_account(request: SignedInRequest, code: str) -> User:
    """The account of this code, if it exists for who asks."""
    return get_object_or_404(User.objects.visible_to(request.user), code=code)


@require_safe
def account_list(request: SignedInRequest) -> HttpResponse:
    require(can_give_access(request.user))
    found = AccountFilter(request.GET, User.objects.visible_to(request.user).for_list())
    return page(request, "accounts/account_list.html", listing(request, found))


@require_http_methods(["GET", "HEAD", "POST"])
def account_new(request: SignedInRequest) -> HttpResponse:
    require(can_give_access(request.user))
    form = AccountForm(request.POST or None, giver=request.user)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            account = create_account(
                values["email"],
                display_name=values["display_name"],
                role=values["role"],
                country=values["country"],
                locality=values["locality"],
                by=request.user,
            )
        except AccessRefused as refusal:
            form.add_error("email", str(refusal))
        else:
            invite(request, account)
            return redirect(account)
    return render(request, "accounts/account_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def account_detail(request: SignedInRequest, code: str) -> HttpResponse:
    account = get_object_or_404(User.objects.visible_to(request.user).for_list(), code=code)
    return render(request, "accounts/account_detail.html", account_context(request, account))


def account_context(request: SignedInRequest, account: User, form: RoleForm | None = None) -> dict[str, Any]:
    assignments = [
        {"assignment": assignment, "may_withdraw": can_withdraw_role(request.user, assignment)}
        for assignment in account.assignments.all()
    ]
    return {
        "account": account,
        "assignments": assignments,
        "is_self": account.pk == request.user.pk,
        "may_close": can_close_account(request.user, account),
        "form": form or RoleForm(giver=request.user),
    }


@require_POST
def role_new(request: SignedInRequest, code: str) -> HttpResponse:
    account = get_object_or_404(User.objects.visible_to(request.user).for_list(), code=code)
    form = RoleForm(request.POST, giver=request.user)
    if form.is_valid():
        values = form.cleaned_data
        try:
            give_role(
                account,
                role=values["role"],
                country=values["country"],
                locality=values["locality"],
                by=request.user,
            )
        except AccessRefused as refusal:
            form.add_error("place", str(refusal))
        else:
            messages.success(request, _("The role is given."))
            return redirect(account)
    return render(
        request, "accounts/account_detail.html", account_context(request, account, form), status=422
    )


@require_http_methods(["GET", "HEAD", "POST"])
def role_withdraw(request: SignedInRequest, code: str, role: str, place: str) -> HttpResponse:
    account = seen_account(request, code)
    held = Assignment.objects.filter(user=account, role=role).select_related("country", "locality__country")
    assignment = get_object_or_404(held.in_place(place))
    require(can_withdraw_role(request.user, assignment))
    if request.method == "POST":
        try:
            withdraw_role(assignment, by=request.user)
        except AccessRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The role is taken away."))
        return redirect("my_account" if account.pk == request.user.pk else account)
    context = {"account": account, "assignment": assignment}
    return render(request, "accounts/role_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def account_deactivate(request: SignedInRequest, code: str) -> HttpResponse:
    account = seen_account(request, code)
    require(can_close_account(request.user, account))
    if request.method == "POST":
        try:
            deactivate_account(account, by=request.user)
        except AccessRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("The account is deactivated: nobody signs in with it any more."))
        return redirect(account)
    return render(request, "accounts/account_deactivate.html", {"account": account})


@require_POST
def account_reactivate(request: SignedInRequest, code: str) -> HttpResponse:
    account = seen_account(request, code)
    require(can_close_account(request.user, account))
    reactivate_account(account, by=request.user)
    messages.success(request, _("The account may sign in again."))
    return redirect(account)


@require_POST
def account_invite(request: SignedInRequest, code: str) -> HttpResponse:
    """Send the link again: mails get lost, and a link is good for three days."""
    account = seen_account(request, code)
    require(can_close_account(request.user, account) and account.is_active)
    invite(request, account)
    return redirect(account)
