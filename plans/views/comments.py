"""Comments on a plan: threads, answers, suggested wordings, and what is decided about them."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.lists import listing
from plans.forms.comments import AnswerForm, CommentForm, DecisionForm
from plans.history_filters import CommentFilter
from plans.models import Comment, CommentState, LocalActionPlan
from plans.reports.comments import named, threads_of
from plans.rules import can_comment_plan, can_write_plan
from plans.services import comments as services
from plans.services.refusals import PlanClosed
from plans.subjects import edit_url, subject_name, subject_of
from plans.wording import Wording, text_fields


@require_safe
def plan_comments(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    found = CommentFilter(request.GET, queryset=threads_of(plan), request=request)
    context = listing(request, found)
    context |= {
        "plan": plan,
        "threads": named(plan, context["page"]),
        "can_comment": can_comment_plan(request.user, plan),
        "can_write": plan.is_open and can_write_plan(request.user, plan),
    }
    return render(request, "plans/plan_comments.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def comment_new(request: SignedInRequest, code: str) -> HttpResponse:
    """About the part in the address; without one, about the plan as a whole."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_comment_plan(request.user, plan))
    subject, part_code = request.GET.get("subject", "plan"), request.GET.get("part", plan.code)
    part = subject_of(plan, subject, part_code)
    if part is None:
        raise Http404
    comment = Comment(plan=plan, subject=subject, subject_code=part.code)
    wording = request.GET.get("field", "")
    known = text_fields(subject)
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        instance=comment,
        part=part,
        initial={"field": wording, "suggestion": getattr(part, wording)} if wording in known else None,
    )
    if request.method == "POST" and form.is_valid():
        address = made_once(
            request,
            lambda: services.add_comment(comment, by=request.user),
            address=lambda made: reverse("comment_detail", args=[plan.code, made.code]),
        )
        messages.success(request, _("Your comment is there for all who work on the plan."))
        return redirect(address)
    context = {
        "plan": plan,
        "part": part,
        "subject": subject,
        "name": subject_name(subject, part),
        "texts": [(name, label, getattr(part, name)) for name, label in known.items()],
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "plans/comment_new.html", context, status=status)


def _thread(request: SignedInRequest, code: str, comment: str) -> Comment:
    """The beginning of a thread, in a plan that the user may see."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    threads = plan.comments.threads().select_related("author", "decided_by", "round")
    row = get_object_or_404(threads, code=comment)
    row.plan = plan
    return row


@require_safe
def comment_detail(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    return _page(request, _thread(request, code, comment))


def _page(
    request: SignedInRequest,
    row: Comment,
    *,
    answer: AnswerForm | None = None,
    decision: DecisionForm | None = None,
    changed: bool = False,
    status: int = 200,
) -> HttpResponse:
    """The thread with what the user may do about it."""
    plan = row.plan
    wording = Wording.of_comment(row)
    can_write = can_write_plan(request.user, plan)
    if decision is None or changed:
        version = wording.part.row_version if wording else None
        typed = decision["reason"].value() if decision else ""
        decision = DecisionForm(initial={"row_version": version, "reason": typed})
    context: dict[str, Any] = {
        "plan": plan,
        "comment": row,
        "thread": named(plan, [row])[0],
        "answers": row.answers.select_related("author"),
        "wording": wording,
        "edit": _edit_link(row),
        "answer_form": answer or AnswerForm(),
        "form": decision,
        "changed": changed,
        "can_comment": can_comment_plan(request.user, plan),
        "can_write": can_write,
        "may_end": can_write or row.author_id == request.user.pk,
    }
    return render(request, "plans/comment_detail.html", context, status=status)


def _edit_link(row: Comment) -> str:
    """Where the part can be changed; nothing when it is gone."""
    if subject_of(row.plan, row.subject, row.subject_code) is None:
        return ""
    return edit_url(row.plan, row.subject, row.subject_code)


@require_POST
def comment_answer(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    row = _thread(request, code, comment)
    require(can_comment_plan(request.user, row.plan))
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _page(request, row, answer=form, status=422)
    address = made_once(
        request,
        lambda: services.answer_comment(row, text=form.cleaned_data["text"], by=request.user),
        address=lambda made: f"{reverse('comment_detail', args=[code, comment])}#{made.code}",
    )
    return redirect(address)


@require_POST
def comment_decide(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    """`as` is accept, decline or place, for who writes the plan; resolve also for who began the thread."""
    row = _thread(request, code, comment)
    wanted = request.POST.get("as", "")
    can_write = can_write_plan(request.user, row.plan)
    require(can_write or (wanted == DecisionForm.RESOLVE and row.author_id == request.user.pk))
    form = DecisionForm(request.POST)
    if not form.is_valid() or wanted not in ACTS:
        return _page(request, row, decision=form, status=422)
    try:
        ACTS[wanted](row, form, request.user)
    except (EditConflict, RowRemoved):
        row.state = Comment.objects.get(pk=row.pk).state
        return _page(request, row, decision=form, changed=True, status=409)
    except services.CommentRefused as refused:
        form.add_error(refused.field, str(refused))
        return _page(request, row, decision=form, status=422)
    except PlanClosed as closed:
        messages.error(request, str(closed))
    else:
        messages.success(request, _said(row, wanted))
    return redirect("comment_detail", code, comment)


ACTS: dict[str, Any] = {
    DecisionForm.ACCEPT: lambda row, form, user: services.accept_comment(
        row, opened_version=form.opened_version, reason=form.cleaned_data["reason"], by=user
    ),
    DecisionForm.DECLINE: lambda row, form, user: services.decline_comment(
        row, reason=form.cleaned_data["reason"], by=user
    ),
    DecisionForm.RESOLVE: lambda row, form, user: services.resolve_comment(row, by=user),
    DecisionForm.PLACE: lambda row, form, user: services.place_wording(
        row, opened_version=form.opened_version, by=user
    ),
}


def _said(row: Comment, wanted: str) -> str:
    """What happened, in words. An accepted wording that is not in its place yet is said to be so."""
    if wanted in {DecisionForm.ACCEPT, DecisionForm.PLACE}:
        wording = Wording.of_comment(row)
        if wording is None:
            return _("The comment is accepted.")
        if wording.is_placed:
            return _("The suggested wording is in the plan now.")
        return _("Accepted. The wording is not in the plan yet: see below.")
    return _("Declined.") if wanted == DecisionForm.DECLINE else _("Resolved.")


@require_POST
def comment_reopen(request: SignedInRequest, code: str, comment: str) -> HttpResponse:
    row = _thread(request, code, comment)
    require(can_write_plan(request.user, row.plan) or row.author_id == request.user.pk)
    if row.state != CommentState.OPEN:
        services.reopen_comment(row, by=request.user)
        messages.success(request, _("The comment is open again."))
    return redirect("comment_detail", code, comment)
