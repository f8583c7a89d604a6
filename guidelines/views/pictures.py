"""Pictures of guidelines: the list, adding one, its words, taking it away, and its file."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.models import User
from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.editing import Attempt, attempt
from core.access import require
from core.lists import PER_PAGE
from core.stored_files import FileLost, read_encrypted
from guidelines.forms.pictures import PictureForm, PictureNewForm
from guidelines.models import Guidelines, Picture
from guidelines.reports.pictures import PictureCard
from guidelines.rules import can_read_draft, can_write_guidelines
from guidelines.services import pictures as services
from guidelines.services.holding import GuidelinesClosed


@require_safe
def picture_list(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_or_404(request, code)
    require(can_read_draft(request.user, guidelines))
    may_write = can_write_guidelines(request.user, guidelines)
    pictures = guidelines.pictures.select_related("workshop")
    if not may_write:
        pictures = pictures.drawable()
    page = Paginator(pictures, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "guidelines": guidelines,
        "page": page,
        "cards": PictureCard.of(guidelines, page.object_list),
        "may_write": may_write,
    }
    return render(request, "guidelines/picture_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def picture_new(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_or_404(request, code)
    require(can_write_guidelines(request.user, guidelines))
    form = PictureNewForm(
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        instance=Picture(guidelines=guidelines),
        user=request.user,
    )
    tried = attempt(
        form,
        lambda: made_once(
            request,
            lambda: services.add_picture(_draft(form), form.cleaned_data["file"], by=request.user),
            address=lambda made: reverse("picture_list", args=[code]) + f"#{made.code}",
        ),
    )
    if tried.saved:
        messages.success(
            request, _("The picture is added. Put it into a text with “Pictures of the document” beside it.")
        )
        return redirect(tried.result)
    context = {"guidelines": guidelines, "form": form}
    return render(request, "guidelines/picture_new.html", context, status=tried.status)


def _draft(form: PictureNewForm) -> Picture:
    """The words on a new row; what was handed in becomes its file only when it is stored."""
    words = {name: form.cleaned_data[name] for name in PictureForm.Meta.fields}
    return Picture(guidelines=form.instance.guidelines, **words)


@require_http_methods(["GET", "HEAD", "POST"])
def picture_edit(request: SignedInRequest, code: str, picture: str) -> HttpResponse:
    found = picture_or_404(request, code, picture)
    require(can_write_guidelines(request.user, found.guidelines))
    form = PictureForm(request.POST if request.method == "POST" else None, instance=found, user=request.user)
    try:
        tried = attempt(
            form,
            lambda: services.save_picture(
                form.save(commit=False), opened_version=form.opened_version, by=request.user
            ),
        )
    except GuidelinesClosed as closed:
        form.add_error(None, str(closed))
        tried = Attempt(status=409)
    if tried.saved:
        messages.success(request, _("Saved."))
        return redirect(reverse("picture_list", args=[code]) + f"#{found.code}")
    context = {"guidelines": found.guidelines, "picture": found, "form": form, "attempt": tried}
    return render(request, "guidelines/picture_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def picture_consent(request: SignedInRequest, code: str, picture: str) -> HttpResponse:
    """Consent is taken back: also of a picture in a text that is closed or launched (F36)."""
    found = picture_or_404(request, code, picture)
    require(can_write_guidelines(request.user, found.guidelines))
    if not (found.shows_people and found.consent):
        return redirect("picture_edit", code, picture)
    if request.method == "POST":
        services.withdraw_consent(found, by=request.user)
        messages.success(request, _("Noted. The public does not get this picture any more."))
        return redirect(reverse("picture_list", args=[code]) + f"#{found.code}")
    card = PictureCard.of(found.guidelines, [found])[0]
    context = {"guidelines": found.guidelines, "picture": found, "card": card}
    return render(request, "guidelines/picture_consent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def picture_remove(request: SignedInRequest, code: str, picture: str) -> HttpResponse:
    found = picture_or_404(request, code, picture)
    require(can_write_guidelines(request.user, found.guidelines))
    refused, card = "", PictureCard.of(found.guidelines, [found])[0]
    if request.method == "POST":
        try:
            services.remove_picture(found, by=request.user)
        except services.PictureInUse as used:
            refused = str(used)
        else:
            messages.success(request, _("The picture is removed."))
            return redirect("picture_list", code)
    context = {"guidelines": found.guidelines, "picture": found, "card": card, "refused": refused}
    return render(request, "guidelines/picture_remove.html", context, status=409 if refused else 200)


@require_safe
def picture_file(request: SignedInRequest, code: str, picture: str) -> HttpResponse:
    """Shown on a page of the portal, never as one: a stranger made what is in it. Who reads editions only
    sees the pictures of these."""
    found = picture_or_404(request, code, picture)
    require(_may_see(request.user, found) or _is_in_edition(found))
    try:
        content = read_encrypted(found.file)
    except FileLost:
        raise Http404(_("The stored file is no longer there.")) from None
    response = HttpResponse(content, content_type=found.content_type)
    response["Content-Disposition"] = "inline"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def _may_see(user: User, picture: Picture) -> bool:
    """In the draft. One of a workshop at high risk stands in none: who has to see to it sees it (F36)."""
    if picture.is_at_risk:
        return can_write_guidelines(user, picture.guidelines)
    return can_read_draft(user, picture.guidelines)


def _is_in_edition(picture: Picture) -> bool:
    return Picture.objects.publishable().filter(pk=picture.pk, editions__isnull=False).exists()


def guidelines_or_404(request: SignedInRequest, code: str) -> Guidelines:
    return get_object_or_404(Guidelines.objects.visible_to(request.user).select_related("country"), code=code)


def picture_or_404(request: SignedInRequest, code: str, picture: str) -> Picture:
    """The picture of these guidelines, if the user may read them."""
    found = Picture.objects.visible_to(request.user).select_related("guidelines__country", "workshop")
    return get_object_or_404(found, guidelines__code=code, code=picture)
