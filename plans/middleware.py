"""An open form is known to the others as soon as it is opened, with or without JavaScript; and the
browser that kept what was typed learns that it was saved (static/js/drafts.js)."""

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from plans.models import LocalActionPlan, Subject
from plans.services.presence import left_form, sign_of_life
from plans.subjects import EDIT_PAGES

# Whose forms drafts.js may keep.
WITH_DRAFTS = ("plans.views", "committees.views.minutes", "guidelines.views.sections")
SUBJECTS = {name: subject for subject, name in EDIT_PAGES.items()} | {"plan_edit": Subject.PLAN}


def who_writes(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """Whoever is shown the form of a part writes there; whoever saved it has left."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        shown = request.method == "GET" and response.status_code == 200
        if (shown or (request.method == "POST" and response.status_code == 302)) and _subject(request):
            _note(request, is_shown=shown)
        return response

    return middleware


def say_saved(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable:
    """The answer to a form of a plan that was saved names the form's address in a cookie. Not what was
    in it: the cookie is for the next page only, which lets go of the kept text."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        match = request.resolver_match
        is_saved = request.method == "POST" and response.status_code == 302 and request.user.is_authenticated
        if is_saved and match and match.func.__module__.startswith(WITH_DRAFTS):
            response.set_cookie(
                "saved_form",
                quote(request.path, safe=""),
                samesite="Lax",
                secure=request.is_secure(),
            )
        return response

    return middleware


def _subject(request: HttpRequest) -> Subject | None:
    match = request.resolver_match
    return SUBJECTS.get(match.url_name or "") if match else None


def _note(request: HttpRequest, *, is_shown: bool) -> None:
    """The view has let this user through: the plan is there, and the user writes in it."""
    match, subject, user = request.resolver_match, _subject(request), request.user
    if match is None or subject is None or not user.is_authenticated:
        return
    codes = dict(match.kwargs)
    plan = LocalActionPlan.objects.filter(code=codes.pop("code")).first()
    if plan is None:
        return
    part = next(iter(codes.values()), plan.code)
    if not is_shown:
        left_form(plan, subject=subject, code=part, by=user)
    elif plan.is_open:
        sign_of_life(plan, subject=subject, code=part, by=user)
