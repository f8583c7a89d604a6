"""What a plan serves: the tab, stating, changing and taking back, reviewing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.once import made_once
from accounts.requests import SignedInRequest
from core.access import require
from core.conflicts import RowRemoved
from core.pages import page
from frameworks.models import Provision
from plans.editing import Attempt, attempt
from plans.forms.alignments import AlignmentForm, ProvisionSearchForm, ReviewForm, provision_of
from plans.models import Activity, Alignment, LocalActionPlan, Objective
from plans.nap import nap_warning
from plans.reports.alignment import PlanAlignment, Shown, chains_of
from plans.reports.choice import ProvisionChoice, state_at
from plans.rules import can_review_alignment, can_write_plan
from plans.services import alignments as services
from plans.services.alignments import AlignmentChanged, ReviewRefused
from plans.services.refusals import PlanClosed


@require_safe
def plan_alignment(request: SignedInRequest, code: str) -> HttpResponse:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    report = PlanAlignment.from_plan(plan, reader=request.user)
    shown = request.GET.get("show", "")
    shown = shown if shown in Shown.values else Shown.ALL
    writes, reviews = can_write_plan(request.user, plan), can_review_alignment(request.user, plan)
    context = {
        "plan": plan,
        "report": report,
        "rows": [row for row in report.objectives if row.fits(shown)],
        "shown": shown,
        "choices": Shown.choices,
        "writes": writes,
        "can_write": plan.is_open and writes,
        "can_review": reviews,
        "with_names": writes or reviews,
        "nap_warning": nap_warning(plan.nap, today=timezone.localdate()),
    }
    return page(request, "plans/plan_alignment.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def alignment_new(request: SignedInRequest, code: str) -> HttpResponse:
    """For ?objective= or ?activity=; with &provision= the form, without it what can be chosen."""
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    item = _item(request, plan)
    require(can_write_plan(request.user, plan))
    if request.method != "POST" and (not plan.is_open or "provision" not in request.GET):
        return _choosing(request, plan, item, "plans/alignment_new.html", _new_links(plan, item))
    form = AlignmentForm(
        request.POST if request.method == "POST" else None,
        alignment=Alignment(),
        initial={"provision": request.GET.get("provision")},
    )
    tried = attempt(
        form,
        plan,
        lambda: made_once(
            request,
            lambda: services.state_alignment(item, **_stated(form), by=request.user),
            address=lambda _made: f"{reverse('plan_alignment', args=[plan.code])}#{item.code}",
        ),
    )
    if tried.saved:
        messages.success(request, _("It is saved. Somebody else can review it now."))
        return redirect(tried.result)
    context = _form_context(plan, item, form, tried) | _new_links(plan, item)
    return page(request, "plans/alignment_new.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def alignment_edit(request: SignedInRequest, code: str, alignment: str) -> HttpResponse:
    """With ?choose=1 what can be chosen instead; it comes back as ?provision=."""
    row = _alignment(request, code, alignment)
    plan, item = row.item.plan, row.item
    require(can_write_plan(request.user, plan))
    links = {"alignment": row, "kept": ("choose", "1"), "state_at": "?provision=", "choose_at": "?choose=1"}
    if request.method != "POST" and "choose" in request.GET and plan.is_open:
        return _choosing(request, plan, item, "plans/alignment_edit.html", links)
    initial = {"provision": request.GET["provision"]} if "provision" in request.GET else {}
    form = AlignmentForm(request.POST if request.method == "POST" else None, alignment=row, initial=initial)
    theirs = None
    try:
        tried = attempt(
            form,
            plan,
            lambda: services.save_alignment(row, **_stated(form), opened_at=form.opened_at, by=request.user),
        )
    except AlignmentChanged as changed:
        tried, theirs = Attempt(status=409), changed.current
        form.reopen(theirs)
    if tried.saved:
        messages.success(request, _("The statement is saved."))
        return redirect(f"{reverse('plan_alignment', args=[plan.code])}#{item.code}")
    context = _form_context(plan, item, form, tried) | links | {"theirs": theirs}
    return page(request, "plans/alignment_edit.html", context, status=tried.status)


@require_http_methods(["GET", "HEAD", "POST"])
def alignment_remove(request: SignedInRequest, code: str, alignment: str) -> HttpResponse:
    row = _alignment(request, code, alignment)
    plan = row.item.plan
    require(can_write_plan(request.user, plan))
    if request.method == "POST":
        try:
            services.remove_alignment(row, by=request.user)
        except PlanClosed as closed:
            messages.error(request, str(closed))
        except RowRemoved:
            messages.info(request, _("It was taken back already."))
        else:
            messages.success(request, _("The statement is taken back. The history keeps it."))
        return redirect(f"{reverse('plan_alignment', args=[plan.code])}#{row.item.code}")
    return page(request, "plans/alignment_remove.html", {"plan": plan, "item": row.item, "alignment": row})


@require_http_methods(["GET", "HEAD", "POST"])
def alignment_review(request: SignedInRequest, code: str, alignment: str) -> HttpResponse:
    """Four eyes: whoever stated it does not review it. In every state of the plan."""
    row = _alignment(request, code, alignment)
    plan = row.item.plan
    require(can_review_alignment(request.user, plan))
    form = ReviewForm(request.POST if request.method == "POST" else None, alignment=row)
    refused, status = "", 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                services.review_alignment(
                    row,
                    is_confirmed=form.cleaned_data["verdict"] == "confirm",
                    note=form.cleaned_data["note"],
                    seen_version=form.cleaned_data["seen"],
                    by=request.user,
                )
            except ReviewRefused as why:
                refused, status = str(why), 409
                form.reread(row)
            else:
                messages.success(request, _("Your review is recorded."))
                return redirect(f"{reverse('plan_alignment', args=[plan.code])}#{row.item.code}")
    context = {
        "plan": plan,
        "item": row.item,
        "alignment": row,
        "chain": chains_of([row.provision_id]).get(row.provision_id, []),
        "text": row.provision.text_in(plan.language),
        "form": form,
        "refused": refused,
        "is_own": row.stated_by == request.user,
    }
    return page(request, "plans/alignment_review.html", context, status=status)


def _item(request: SignedInRequest, plan: LocalActionPlan) -> Objective | Activity:
    """The objective or activity of the address. What is no part of this plan is a 404."""
    if objective := request.GET.get("objective"):
        return get_object_or_404(plan.objectives.select_related("plan"), code=objective)
    if activity := request.GET.get("activity"):
        rows = Activity.objects.filter(objective__plan=plan).select_related("objective__plan")
        return get_object_or_404(rows, code=activity)
    raise Http404


def _new_links(plan: LocalActionPlan, item: Objective | Activity) -> dict[str, Any]:
    """Addresses of a statement for this item: looking for a provision, and the form of a chosen one."""
    kept = ("objective" if isinstance(item, Objective) else "activity", item.code)
    return {"kept": kept, "state_at": state_at(plan, item), "choose_at": f"?{kept[0]}={kept[1]}"}


def _alignment(request: SignedInRequest, code: str, alignment: str) -> Alignment:
    plan = get_object_or_404(LocalActionPlan.objects.visible_to(request.user).for_page(), code=code)
    rows = Alignment.objects.visible_to(request.user).of_plan(plan)
    row = get_object_or_404(
        rows.select_related(
            "objective", "activity__objective", "provision__framework__country", "stated_by", "reviewer"
        ),
        code=alignment,
    )
    objective = row.objective or (row.activity and row.activity.objective)
    if objective:
        objective.plan = plan
    return row


def _choosing(
    request: SignedInRequest,
    plan: LocalActionPlan,
    item: Objective | Activity,
    template: str,
    context: dict[str, Any],
) -> HttpResponse:
    """The page as long as nothing is chosen; htmx asks for the list only."""
    search = ProvisionSearchForm(request.GET)
    asked = search.cleaned_data if search.is_valid() else {}
    served = set(item.alignments.values_list("provision", flat=True))
    context |= {
        "plan": plan,
        "item": item,
        "search": search,
        "choice": ProvisionChoice.for_text(
            _text(item), plan, served=served, q=asked.get("q", ""), kind=asked.get("kind", "")
        ),
        "is_narrowed": bool(asked.get("q") or asked.get("kind")),
        "closed": "" if plan.is_open else str(PlanClosed(plan)),
    }
    return page(request, template, context, part="choices")


def _text(item: Objective | Activity) -> str:
    """What an item says, for suggestions: an activity's output tells more than its title."""
    return item.text if isinstance(item, Objective) else f"{item.text}\n{item.expected_output}"


def _stated(form: AlignmentForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("provision", "strength", "justification")}


def _form_context(
    plan: LocalActionPlan, item: Objective | Activity, form: AlignmentForm, tried: Attempt
) -> dict[str, Any]:
    provision = _chosen(form)
    return {
        "plan": plan,
        "item": item,
        "form": form,
        "attempt": tried,
        "provision": provision,
        "text": provision.text_in(plan.language) if provision else "",
        "chain": chains_of([provision.pk]).get(provision.pk, []) if provision else [],
    }


def _chosen(form: AlignmentForm) -> Provision | None:
    """The provision that stands in the form, to be shown; None for a code that nobody has."""
    value = form["provision"].value()
    return value if isinstance(value, Provision) else provision_of(str(value or ""))
