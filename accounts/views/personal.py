"""One's own account, and the public pages about roles and personal data."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.forms import OwnNameForm
from accounts.models import User
from accounts.requests import SignedInRequest
from accounts.roles import ROLES, Capability


@require_safe
@login_not_required
def roles(request: HttpRequest) -> HttpResponse:
    """Public: helps people decide which access to ask for. Prints accounts/roles.py, no data."""
    described = [
        {
            "role": role,
            "description": description,
            "capabilities": [c.label for c in Capability if c in description.capabilities],
        }
        for role, description in ROLES.items()
    ]
    return render(request, "accounts/roles.html", {"roles": described, "capabilities": list(Capability)})


@require_safe
@login_not_required
def privacy(request: HttpRequest) -> HttpResponse:
    """Public: people decide whether to register after reading it, and they have no account."""
    hours = settings.SESSION_COOKIE_AGE // 3600
    return render(request, "accounts/privacy.html", {"session_hours": hours})


@require_safe
@login_not_required
def account_signup(request: HttpRequest) -> HttpResponse:
    """Public: says who gives accounts. There is no form: accounts are given, not taken."""
    return render(request, "accounts/account_signup.html")


@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: SignedInRequest) -> HttpResponse:
    account = User.objects.visible_to_self(request.user).for_list().get()
    form = OwnNameForm(request.POST or None, instance=account)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your name is saved."))
        return redirect("my_account")
    status = 422 if form.errors else 200
    return render(request, "accounts/my_account.html", {"account": account, "form": form}, status=status)
