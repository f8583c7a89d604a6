"""Records that may be one person: the report, one pair, merges and how to undo them."""

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from core.access import require
from core.lists import PER_PAGE
from people.corrections import note_names_read
from people.duplicates import MergePreview, PairRow, Side
from people.duplicates_forms import DuplicateFilter, MergeForm
from people.likeness import Described, compare
from people.merging import MergeRefused, mark_different, merge_people, undo_merge, unmark_different
from people.models import DifferentPeople, Merge, Person
from people.pairs import compare_some, waiting
from people.rules import can_look_for_people
from people.tasks import compare_people

COMPARED_AT_ONCE = 150  # on opening the page; more are left to a worker
ASKED_FOR = "people.compare_people"


@require_safe
def duplicate_list(request: SignedInRequest) -> HttpResponse:
    """Pairs of which the reader may see both, the most certain first."""
    require(can_look_for_people(request.user))
    still_waiting = compare_waiting(request)
    form = DuplicateFilter(request.GET, user=request.user)
    page = Paginator(form.rows(), PER_PAGE).get_page(request.GET.get("page"))
    rows = PairRow.from_page(page, user=request.user)
    if rows:
        note_names_read("duplicates", by=request.user)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "filter": form,
        "page": page,
        "rows": rows,
        "query": query.urlencode(),
        "is_filtered": any(query.values()),
        "shows_decided": form.shows_decided,
        "still_waiting": still_waiting,
    }
    return render(request, "people/duplicate_list.html", context)


def compare_waiting(request: SignedInRequest) -> int:
    """Compare whoever was written down since the last look: a few here, many in the worker. Tells how
    many are still to come."""
    people = Person.objects.visible_to(request.user)
    count = waiting(people).count()
    if 0 < count <= COMPARED_AT_ONCE:
        while compare_some(people):
            pass
        return 0
    if count and cache.add(ASKED_FOR, True, timeout=60):
        compare_people.enqueue()
    return count


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_detail(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    """Both records side by side: which values stay, what comes out, and the merge itself."""
    pair = visible_pair(request, code, other)
    if pair is None:
        return pair_gone(request, code, other)
    first, second = pair
    sides = Side.of_people(pair, user=request.user)
    likely = max(pair, key=lambda person: (len(sides[person.pk].events), -person.pk))
    form = MergeForm(request.POST or None, first=first, second=second, kept=likely)
    note_names_read("duplicates", by=request.user)
    if request.method == "POST" and form.is_valid():
        if "merge" in request.POST and not form.is_stale:
            return merge_now(request, form, sides)
        if "merge" in request.POST:
            form.add_error(None, _("One of the two was corrected since you opened this page. Look again."))
        form.show_as_of_now()
    return pair_page(request, form, sides, status=status_of(form))


def status_of(form: MergeForm) -> int:
    if not form.errors:
        return 200
    return 409 if form.non_field_errors() else 422


def merge_now(request: SignedInRequest, form: MergeForm, sides: dict[int, Side]) -> HttpResponse:
    kept, gone = form.sides()
    try:
        merge = merge_people(kept, gone, fields=form.taken_over(), by=request.user)
    except MergeRefused as refusal:
        form.add_error(None, str(refusal))
        return pair_page(request, form, sides, status=409)
    words = _("The two records are one now: %(code)s. If that was wrong, it can be undone as %(merge)s.")
    messages.success(request, words % {"code": kept.code, "merge": merge.code})
    return redirect("duplicate_list")


def visible_pair(request: SignedInRequest, code: str, other: str) -> tuple[Person, Person] | None:
    """The two records, the older first, if the reader may see both."""
    people = Person.objects.visible_to(request.user).filter(code__in={code, other}).select_related("country")
    found = sorted(people, key=lambda person: person.pk)
    return (found[0], found[1]) if len(found) == 2 else None


def pair_gone(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    """One of the two is not there, or not for this reader; what was merged meanwhile is named."""
    merges = Merge.objects.visible_to(request.user).filter(merged_code__in=[code, other], undone_at=None)
    merge = merges.select_related("kept").first()
    context = {"merge": merge, "is_same": code == other}
    return render(request, "people/duplicate_gone.html", context, status=410 if merge else 404)


def pair_page(
    request: SignedInRequest, form: MergeForm, sides: dict[int, Side], *, status: int = 200
) -> HttpResponse:
    kept, gone = form.sides()
    first, second = form.first, form.second
    described = [Described(person.full_name, person.phone, person.sex) for person in (first, second)]
    context: dict[str, Any] = {
        "form": form,
        "first": sides[first.pk],
        "second": sides[second.pk],
        "reasons": compare(*described).reasons,
        "preview": MergePreview.from_sides(sides[kept.pk], sides[gone.pk], fields=form.taken_over()),
        "different": DifferentPeople.objects.filter(first=first, second=second).select_related("by").first(),
    }
    return render(request, "people/duplicate_detail.html", context, status=status)


@require_POST
def duplicate_different(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    """They are two people: the pair leaves the report."""
    pair = visible_pair(request, code, other)
    if pair is None:
        return pair_gone(request, code, other)
    mark_different(*pair, by=request.user)
    words = _("%(first)s and %(second)s are two people: they are not asked about again.")
    messages.success(request, words % {"first": pair[0].code, "second": pair[1].code})
    return redirect("duplicate_list")


@require_POST
def duplicate_reopen(request: SignedInRequest, code: str, other: str) -> HttpResponse:
    """They may be one person after all: the pair stands in the report again."""
    pair = visible_pair(request, code, other)
    if pair is None:
        return pair_gone(request, code, other)
    if unmark_different(*pair, by=request.user):
        messages.success(request, _("Taken back: the pair stands among the duplicates again."))
    return redirect("duplicate_detail", pair[0].code, pair[1].code)


@require_safe
def merge_list(request: SignedInRequest) -> HttpResponse:
    """What was merged, by whom, and what can still be undone."""
    require(can_look_for_people(request.user))
    merges = Merge.objects.visible_to(request.user).select_related("kept", "by")
    page = Paginator(merges, PER_PAGE).get_page(request.GET.get("page"))
    if page.object_list:
        note_names_read("duplicates", by=request.user)
    return render(request, "people/merge_list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def merge_undo(request: SignedInRequest, merge: str) -> HttpResponse:
    """Two records again, after a page that says what will come back."""
    merges = Merge.objects.visible_to(request.user).select_related("kept", "by")
    row: Any = get_object_or_404(merges, code=merge)
    if request.method == "POST":
        try:
            gone = undo_merge(row, by=request.user)
        except MergeRefused as refusal:
            return render(
                request, "people/merge_undo.html", {"merge": row, "refusal": str(refusal)}, status=409
            )
        words = _("%(gone)s is a record of its own again, beside %(kept)s.")
        messages.success(request, words % {"gone": gone.code, "kept": row.kept.code})
        return redirect("merge_list")
    note_names_read("duplicates", by=request.user)
    return render(request, "people/merge_undo.html", {"merge": row, "refusal": ""})
