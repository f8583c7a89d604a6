"""The place to write a plan, and its sections."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.pages import page
from core.prose import to_html
from plans.completeness import Part
from plans.editing import Attempt, attempt
from plans.forms.plans import SectionForm
from plans.guidance import GUIDANCE
from plans.models import LocalActionPlan, PlanSection
from plans.reports.writing import WritingDesk
from plans.rules import can_write_plan
from plans.services import plans as services
from plans.services.refusals import PlanClosed


@require_safe
def plan_write(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    require(can_write_plan(request.user, plan))
    context = {
        "plan": plan,
        "desk": WritingDesk.from_plan(plan, request.user),
        "closed": "" if plan.is_open else str(PlanClosed(plan)),
    }
    return page(request, "plans/plan_write.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_section_edit(request: SignedInRequest, code: str, section: str) -> HttpResponse:
    """With `preview` the text is shown as it will look, and nothing is saved."""
    sections = PlanSection.objects.visible_to(request.user).for_page()
    row = get_object_or_404(sections, plan__code=code, code=section)
    plan = row.plan
    require(can_write_plan(request.user, plan))
    is_preview = "preview" in request.POST
    form = SectionForm(request.POST if request.method == "POST" else None, instance=row)
    tried = (
        Attempt()
        if is_preview
        else attempt(
            form,
            plan,
            lambda: services.save_section(row, opened_version=form.opened_version, by=request.user),
        )
    )
    if tried.saved:
        messages.success(request, _("“%(section)s” is saved.") % {"section": row})
        return redirect(reverse("plan_write", args=[code]) + f"#{row.kind}")
    context = {
        "plan": plan,
        "section": row,
        "form": form,
        "attempt": tried,
        "guidance": GUIDANCE[Part(row.kind)],
        "preview": to_html(form["text"].value() or "") if is_preview else None,
    }
    return page(request, "plans/plan_section_edit.html", context, part="preview", status=tried.status)
