"""The list of themes: everybody signed in reads it, who keeps frameworks adds to it."""

from django.contrib import messages
from django.db.models import Count, OuterRef, Subquery
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from plans.forms.themes import ThemeForm
from plans.models import Activity, Theme
from plans.rules import can_keep_themes
from plans.services.themes import save_theme


@require_safe
def theme_list(request: SignedInRequest) -> HttpResponse:
    """All of them, with how many activities that the reader may see carry each."""
    seen = Activity.objects.visible_to(request.user).filter(themes=OuterRef("pk")).order_by()
    count = seen.values("themes").annotate(count=Count("pk", distinct=True)).values("count")
    themes = Theme.objects.visible_to(request.user).annotate(used=Subquery(count))
    context = {"themes": themes, "may_keep": can_keep_themes(request.user)}
    return render(request, "plans/theme_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_new(request: SignedInRequest) -> HttpResponse:
    require(can_keep_themes(request.user))
    last = Theme.objects.visible_to(request.user).order_by("order").last()
    theme = Theme(order=last.order + 10 if last else 10)
    form = ThemeForm(request.POST if request.method == "POST" else None, instance=theme)
    if request.method == "POST" and form.is_valid():
        save_theme(theme, by=request.user)
        messages.success(request, _("The theme is added."))
        return redirect("theme_list")
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/theme_new.html", {"form": form}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def theme_edit(request: SignedInRequest, code: str) -> HttpResponse:
    theme = get_object_or_404(Theme.objects.visible_to(request.user), code=code)
    require(can_keep_themes(request.user))
    name = str(theme)
    form = ThemeForm(request.POST if request.method == "POST" else None, instance=theme)
    if request.method == "POST" and form.is_valid():
        save_theme(theme, by=request.user)
        messages.success(request, _("The theme is saved."))
        return redirect("theme_list")
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/theme_edit.html", {"form": form, "name": name}, status=status)
