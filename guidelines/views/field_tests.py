"""Field tests: where the draft is tried out, and what was found."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.once import made_once
from accounts.requests import SignedInRequest
from committees.editing import attempt
from core.refusals import FieldRefused
from guidelines.forms.field_tests import FieldTestEditForm, FieldTestEndForm, FieldTestNewForm
from guidelines.models import FieldTest, Guidelines
from guidelines.services import field_tests as services
from guidelines.services.holding import GuidelinesClosed
from guidelines.views.deciding import guidelines_to_move, typed
from localities.models import Locality


def _test(request: SignedInRequest, code: str, test: str) -> FieldTest:
    guidelines = guidelines_to_move(request, code)
    row = get_object_or_404(guidelines.field_tests.select_related("locality__country"), code=test)
    row.guidelines = guidelines
    return row


def _review(guidelines: Guidelines) -> str:
    return reverse("guidelines_review", args=[guidelines.code])


def _closed(request: SignedInRequest, why: Exception, guidelines: Guidelines) -> HttpResponse:
    messages.error(request, str(why))
    return redirect(_review(guidelines))


@require_http_methods(["GET", "HEAD", "POST"])
def field_test_new(request: SignedInRequest, code: str) -> HttpResponse:
    """In a locality of the country, found by its name."""
    guidelines = guidelines_to_move(request, code)
    q = request.GET.get("q", "").strip()
    found = Locality.objects.filter(country=guidelines.country).named_like(q) if q else None
    form = FieldTestNewForm(
        typed(request),
        instance=FieldTest(guidelines=guidelines),
        country=guidelines.country,
        found=found if found is None or found.exists() else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            address = made_once(
                request,
                lambda: services.plan_field_test(form.instance, by=request.user),
                address=lambda made: f"{_review(guidelines)}#{made.code}",
            )
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        except GuidelinesClosed as closed:
            return _closed(request, closed, guidelines)
        else:
            messages.success(request, _("The field test is on the list."))
            return redirect(address)
    context = {"guidelines": guidelines, "form": form, "q": q, "found_none": bool(q) and not found}
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/field_test_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def field_test_edit(request: SignedInRequest, code: str, test: str) -> HttpResponse:
    row = _test(request, code, test)
    form = FieldTestEditForm(typed(request), instance=row, today=timezone.localdate())
    try:
        tried = attempt(
            form,
            lambda: services.change_field_test(
                form.save(commit=False), opened_version=form.opened_version, by=request.user
            ),
        )
    except GuidelinesClosed as closed:
        return _closed(request, closed, row.guidelines)
    if tried.saved:
        messages.success(request, _("Saved."))
        return redirect(f"{_review(row.guidelines)}#{row.code}")
    context = {"guidelines": row.guidelines, "test": row, "form": form, "attempt": tried}
    return render(request, "guidelines/field_test_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def field_test_end(request: SignedInRequest, code: str, test: str) -> HttpResponse:
    """With what was found."""
    row, today = _test(request, code, test), timezone.localdate()
    form = FieldTestEndForm(typed(request))
    if request.method == "POST" and form.is_valid():
        try:
            services.end_field_test(row, **form.cleaned_data, today=today, by=request.user)
        except FieldRefused as refused:
            form.add_error(refused.field, str(refused))
        except GuidelinesClosed as closed:
            return _closed(request, closed, row.guidelines)
        else:
            messages.success(request, _("The field test in %(place)s has ended.") % {"place": row.locality})
            return redirect(f"{_review(row.guidelines)}#{row.code}")
    context = {"guidelines": row.guidelines, "test": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/field_test_end.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def field_test_remove(request: SignedInRequest, code: str, test: str) -> HttpResponse:
    row = _test(request, code, test)
    if request.method == "POST":
        try:
            services.remove_field_test(row, by=request.user)
        except (GuidelinesClosed, services.LastFieldTest) as refused:
            return _closed(request, refused, row.guidelines)
        messages.success(request, _("The field test is taken off the list."))
        return redirect(_review(row.guidelines))
    context = {
        "guidelines": row.guidelines,
        "test": row,
        "comments": row.comments.filter(parent=None).count(),
    }
    return render(request, "guidelines/field_test_remove.html", context)
