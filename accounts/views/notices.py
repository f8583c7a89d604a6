"""What the signed-in account was told, and what of it comes by e-mail."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.filters import NoticeFilter
from accounts.models import Notice
from accounts.notice_forms import NoticeChoicesForm
from accounts.notices import choose_mails, mail_choices_of, read_all
from accounts.requests import SignedInRequest
from core.lists import listing


@require_safe
def notice_list(request: SignedInRequest) -> HttpResponse:
    own = Notice.objects.visible_to(request.user)
    found = NoticeFilter(request.GET, queryset=own)
    return render(request, "accounts/notice_list.html", listing(request, found))


@require_safe
def notice_open(request: SignedInRequest, code: str) -> HttpResponse:
    """Marks it read and leads on. Asked for by a link, in the list or in a mail: who reads a page has read
    what it was told by, and a program that opens the links of mails is not signed in."""
    notice = get_object_or_404(Notice.objects.visible_to(request.user), code=code)
    if notice.read_at is None:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    # With no host allowed: a path of this site, and never an address elsewhere.
    if notice.address.startswith("/") and url_has_allowed_host_and_scheme(notice.address, allowed_hosts=None):
        return redirect(notice.address)
    return redirect("notice_list")


@require_POST
def notice_read_all(request: SignedInRequest) -> HttpResponse:
    number = read_all(request.user)
    marked = ngettext(
        "%(number)d notice is marked as read.", "%(number)d notices are marked as read.", number
    )
    messages.success(request, marked % {"number": number})
    return redirect("notice_list")


@require_http_methods(["GET", "HEAD", "POST"])
def notice_choices(request: SignedInRequest) -> HttpResponse:
    form = NoticeChoicesForm(request.POST or None, chosen=mail_choices_of(request.user))
    if request.method == "POST" and form.is_valid():
        choose_mails(request.user, choices=form.chosen())
        messages.success(request, _("Your choice is saved. It holds for what is told from now on."))
        return redirect("notice_choices")
    status = 422 if form.errors else 200
    return render(request, "accounts/notice_choices.html", {"form": form}, status=status)
