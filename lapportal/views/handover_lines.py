"""The checklist of a hand-over: its lines are ticked one by one, on the page of the hand-over."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from core.access import require
from lapportal.views.handovers import detail_page, kept_handover
from people import handovers
from people.handover_forms import LineForm, TickForm
from people.handovers import HandoverRefused
from people.models import Handover, HandoverItem


@require_POST
def handover_checklist(request: SignedInRequest, code: str) -> HttpResponse:
    """Tick a line or take the tick back, add a line, remove an own one: `do` says which."""
    handover = kept_handover(request, code)
    require(handover.stays_on is None)
    do = request.POST.get("do", "")
    if do == "add":
        return add(request, handover)
    item = line_of(request, handover)
    if do == "tick":
        return tick(request, handover, item)
    if do == "untick":
        handovers.untick(item)
    elif do == "remove" and not item.key:
        item.delete()
    return to_checklist(handover)


def line_of(request: SignedInRequest, handover: Handover) -> HandoverItem:
    """By its number in the list."""
    number = request.POST.get("line", "")
    order = int(number) if number.isascii() and number.isdecimal() and len(number) < 5 else 0
    return get_object_or_404(handover.items, order=order)


def to_checklist(handover: Handover) -> HttpResponse:
    return redirect(f"{handover.get_absolute_url()}#checklist")


def tick(request: SignedInRequest, handover: Handover, item: HandoverItem) -> HttpResponse:
    today = timezone.localdate()
    form = TickForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            handovers.tick(item, on=said["done_on"], note=said["note"], today=today, by=request.user)
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return to_checklist(handover)
    return detail_page(request, handover, wrong=form, line=item.order)


def add(request: SignedInRequest, handover: Handover) -> HttpResponse:
    form = LineForm(request.POST)
    if form.is_valid():
        text = form.cleaned_data["text"]
        if handover.items.filter(text=text).exists():  # sent twice, or said already
            return to_checklist(handover)
        try:
            handovers.add_line(handover, text=text)
        except HandoverRefused as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return to_checklist(handover)
    return detail_page(request, handover, wrong=form, line=0)
