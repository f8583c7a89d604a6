"""The history of a plan and of its parts, and taking an old state back."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import EditConflict, RowRemoved
from core.lists import PER_PAGE, listing
from plans.history_filters import RevisionFilter
from plans.models import LocalActionPlan, Revision, Subject
from plans.reports.history import HistoryEntry, differences_of, history_of, part_name, who, with_previous
from plans.rules import can_comment_plan, can_write_plan
from plans.services.history import RestoreRefused, restore_revision, restored_values
from plans.services.refusals import PlanClosed
from plans.subjects import edit_url, subject_of
from plans.tracking import values_of


@require_safe
def plan_history(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    may_know = can_comment_plan(request.user, plan)
    found = RevisionFilter(
        request.GET, queryset=with_previous(plan.revisions.all()), request=request, with_people=may_know
    )
    context = listing(request, found)
    context |= {
        "plan": plan,
        "lines": _lines(history_of(plan, context["page"]), may_know=may_know),
        "can_write": plan.is_open and can_write_plan(request.user, plan),
    }
    return render(request, "plans/plan_history.html", context)


def _lines(entries: list[HistoryEntry], *, may_know: bool) -> list[tuple[HistoryEntry, str]]:
    return [(entry, who(entry.revision, may_know=may_know)) for entry in entries]


@require_safe
def part_history(request: SignedInRequest, code: str, subject: str, part: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    row, revisions = _part(plan, subject, part)
    rows = with_previous(revisions)
    page: Any = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    entries = history_of(plan, page, in_full=True)
    can_write = plan.is_open and can_write_plan(request.user, plan)
    context = {
        "plan": plan,
        "part": row,
        "subject": subject,
        "subject_code": part,
        "name": entries[0].name if entries else _name(subject, row),
        "page": page,
        "lines": _lines(entries, may_know=can_comment_plan(request.user, plan)),
        "edit": edit_url(plan, subject, part) if can_write and row is not None else "",
        "can_restore": can_write and (row is not None or subject not in {Subject.PLAN, Subject.SECTION}),
    }
    return render(request, "plans/part_history.html", context)


def _part(plan: LocalActionPlan, subject: str, code: str) -> tuple[Any, Any]:
    """The part as it stands, None when it was removed, and its revisions. 404 for what never was."""
    row = subject_of(plan, subject, code)
    revisions = Revision.objects.filter(plan=plan, subject=subject, subject_code=code).order_by("-version")
    if row is None and not revisions.exists():
        raise Http404
    return row, revisions


def _name(subject: str, row: Any) -> str:
    return part_name(subject, values_of(row), section=getattr(row, "kind", ""))


@require_http_methods(["GET", "HEAD", "POST"])
def revision_restore(
    request: SignedInRequest, code: str, subject: str, part: str, version: int
) -> HttpResponse:
    """What would change, then the same as a new version. Nothing is taken out of the history."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    row, revisions = _part(plan, subject, part)
    revision = get_object_or_404(revisions.select_related("plan", "by"), version=version)
    require(can_write_plan(request.user, plan))
    status, reasons = 200, []
    if not plan.is_open:
        messages.error(request, str(PlanClosed(plan)))
        return redirect("part_history", code, subject, part)
    if request.method == "POST":
        try:
            restore_revision(revision, opened_version=_posted_version(request), by=request.user)
        except PlanClosed as closed:
            messages.error(request, str(closed))
            return redirect("part_history", code, subject, part)
        except (EditConflict, RowRemoved):
            status = 409
            reasons = [_("Somebody saved or removed this meanwhile. Below is what would change now.")]
            row = subject_of(plan, subject, part)
        except RestoreRefused as refused:
            status, reasons = 422, refused.reasons
        else:
            messages.success(request, _("The earlier state is back, as a new version."))
            return redirect("part_history", code, subject, part)
    context = _restore_context(plan, row, revision) | {"reasons": reasons, "subject": subject}
    return render(request, "plans/revision_restore.html", context, status=status)


def _posted_version(request: SignedInRequest) -> int:
    version = request.POST.get("row_version", "")
    return int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else 0


def _restore_context(plan: LocalActionPlan, row: Any, revision: Revision) -> dict[str, Any]:
    now = values_of(row) if row is not None else {}
    then = restored_values(revision, row)
    return {
        "plan": plan,
        "part": row,
        "revision": revision,
        "name": part_name(revision.subject, revision.values, section=getattr(row, "kind", "")),
        "changes": differences_of(plan, revision.subject, now, then),
        "row_version": row.row_version if row is not None else 0,
    }
