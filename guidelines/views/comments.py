"""Comments on guidelines: the list, those of a section beside its text, threads, decisions (F45)."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.lists import listing
from guidelines.comment_filters import ReviewCommentFilter
from guidelines.forms.comments import ReviewAnswerForm, ReviewCommentForm, ReviewDecisionForm
from guidelines.models import Guidelines, ReviewComment, ReviewState, Section
from guidelines.outline import outline_of
from guidelines.quotes import spaced
from guidelines.reports.comments import placed, review_threads, section_as_read
from guidelines.reports.preview import WritingDesk
from guidelines.rules import can_comment_guidelines, can_decide_comments, can_read_draft
from guidelines.services import comments as services


def guidelines_to_read(request: SignedInRequest, code: str) -> Guidelines:
    """Guidelines whose draft the user may read: what is said about it is said about the draft."""
    visible = Guidelines.objects.visible_to(request.user).select_related("country", "nap")
    guidelines = get_object_or_404(visible, code=code)
    require(can_read_draft(request.user, guidelines))
    return guidelines


def _section(request: SignedInRequest, code: str, section: str) -> Section:
    guidelines = guidelines_to_read(request, code)
    row = get_object_or_404(guidelines.sections.all(), code=section)
    row.guidelines = guidelines
    return row


@require_safe
def guidelines_comments(request: SignedInRequest, code: str) -> HttpResponse:
    guidelines = guidelines_to_read(request, code)
    found = ReviewCommentFilter(
        request.GET, queryset=review_threads(guidelines), request=request, guidelines=guidelines
    )
    context = listing(request, found)
    context |= {
        "guidelines": guidelines,
        "threads": placed(context["page"], found.entries, user=request.user),
        "entries": found.entries,
        "may_comment": can_comment_guidelines(request.user, guidelines),
    }
    return render(request, "guidelines/guidelines_comments.html", context)


@require_safe
def section_comments(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """The comments on a section beside its text."""
    row = _section(request, code, section)
    desk = WritingDesk.of(row.guidelines)
    entries = desk.outline
    threads = placed(review_threads(row.guidelines).filter(section=row), entries, user=request.user)
    context = {
        "guidelines": row.guidelines,
        "section": row,
        "entry": next(each for each in entries if each.section.pk == row.pk),
        "parts": section_as_read(row, desk),
        "open_threads": [each for each in threads if each.comment.state == ReviewState.OPEN],
        "decided_threads": [each for each in threads if each.comment.state != ReviewState.OPEN],
        "may_comment": can_comment_guidelines(request.user, row.guidelines),
    }
    return render(request, "guidelines/section_comments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review_comment_new(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    row = _section(request, code, section)
    require(can_comment_guidelines(request.user, row.guidelines))
    form = _comment_form(request, row)
    if request.method == "POST" and form.is_valid():
        try:
            address = _commented(request, row, form.cleaned_data)
        except services.CommentRefused as refused:
            form.add_error(refused.field, str(refused))
        else:
            messages.success(request, _("Your comment is there for all who read and write the guidelines."))
            return redirect(address)
    context = {
        "guidelines": row.guidelines,
        "section": row,
        "form": form,
        "parts": section_as_read(row, WritingDesk.of(row.guidelines)),
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "guidelines/review_comment_new.html", context, status=status)


def _commented(request: SignedInRequest, section: Section, data: dict[str, Any]) -> str:
    return made_once(
        request,
        lambda: services.add_comment(
            section,
            text=data["text"],
            quote=data["quote"],
            field_test=data.get("field_test"),
            by=request.user,
        ),
        address=lambda made: reverse("review_comment_detail", args=[section.guidelines.code, made.code]),
    )


def _comment_form(request: SignedInRequest, section: Section) -> ReviewCommentForm:
    tests = services.tests_of(request.user, section.guidelines)
    return ReviewCommentForm(
        request.POST if request.method == "POST" else None,
        section=section,
        tests=tests,
        must_be_test=not services.comments_freely(request.user, section.guidelines),
        initial={"quote": spaced(request.GET.get("quote", ""))[:600]},
    )


def _thread(request: SignedInRequest, code: str, comment: str) -> ReviewComment:
    """The beginning of a thread, about a draft that the user may read."""
    guidelines = guidelines_to_read(request, code)
    row = get_object_or_404(review_threads(guidelines), code=comment)
    row.guidelines = guidelines
    return row


@require_safe
def review_comment_detail(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    return _page(request, _thread(request, code, comment))


def _page(
    request: SignedInRequest,
    row: ReviewComment,
    *,
    answer: ReviewAnswerForm | None = None,
    decision: ReviewDecisionForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The thread with what the user may do about it."""
    guidelines = row.guidelines
    entries = outline_of(guidelines.sections.all())
    context: dict[str, Any] = {
        "guidelines": guidelines,
        "comment": row,
        "thread": placed([row], entries, user=request.user)[0],
        "answers": row.answers.all(),
        "answer_form": answer or ReviewAnswerForm(),
        "form": decision or ReviewDecisionForm(),
        "may_comment": can_comment_guidelines(request.user, guidelines),
        "may_decide": can_decide_comments(request.user, guidelines),
    }
    return render(request, "guidelines/review_comment_detail.html", context, status=status)


@require_POST
def review_comment_answer(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    row = _thread(request, code, comment)
    require(can_comment_guidelines(request.user, row.guidelines))
    form = ReviewAnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, answer=form, status=422)
    try:
        address = made_once(
            request,
            lambda: services.answer_comment(row, text=form.cleaned_data["text"], by=request.user),
            address=lambda made: f"{reverse('review_comment_detail', args=[code, comment])}#{made.code}",
        )
    except services.CommentRefused as refused:
        form.add_error(refused.field, str(refused))
        return _page(request, row, answer=form, status=422)
    return redirect(address)


@require_POST
def review_comment_decide(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    """`as` is accept or decline."""
    row = _thread(request, code, comment)
    require(can_decide_comments(request.user, row.guidelines))
    wanted, form = request.POST.get("as", ""), ReviewDecisionForm(request.POST)
    act = {
        ReviewDecisionForm.ACCEPT: services.accept_comment,
        ReviewDecisionForm.DECLINE: services.decline_comment,
    }.get(wanted)
    if not form.is_valid() or act is None:
        return _page(request, row, decision=form, status=422)
    try:
        act(row, reason=form.cleaned_data["reason"], by=request.user)
    except services.CommentRefused as refused:
        form.add_error(refused.field, str(refused))
        row = _thread(request, code, comment)  # as somebody else may have decided it
        return _page(request, row, decision=form, status=422)
    said = _("The comment is accepted.") if wanted == ReviewDecisionForm.ACCEPT else _("Declined.")
    messages.success(request, said)
    return redirect("review_comment_detail", code, comment)


@require_POST
def review_comment_reopen(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    row = _thread(request, code, comment)
    mine = row.author_id == request.user.pk and can_comment_guidelines(request.user, row.guidelines)
    require(mine or can_decide_comments(request.user, row.guidelines))
    services.reopen_comment(row, by=request.user)
    messages.success(request, _("The comment is open again."))
    return redirect("review_comment_detail", code, comment)
