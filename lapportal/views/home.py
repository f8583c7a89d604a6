"""The first page: what Localization is, where it stands, and what is next for who is signed in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from lapportal.reports import MyWork, PublicFigures


@require_safe
@login_not_required
def home(request: HttpRequest) -> HttpResponse:
    """Public: what Localization is and where it stands, in counts of public facts."""
    today = timezone.localdate()
    work = MyWork.of(request.user, today=today) if request.user.is_authenticated else None
    context = {
        "figures": PublicFigures.now(),
        "work": work,
        "today": today,
        "public_site": settings.PUBLIC_SITE,
    }
    return render(request, "lapportal/home.html", context)
