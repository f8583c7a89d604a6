"""Writes of a programme: put in, move, take out, start from a template or an earlier event."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from accounts.models import User, record
from workshops.models import Half, ProgrammeItem, Workshop
from workshops.programme_templates import Session

COPIED = ("day", "half", "title", "kind", "minutes", "facilitator", "materials")


def add_item(item: ProgrammeItem, *, by: User) -> ProgrammeItem:
    """Put a session at the end of its half-day."""
    with transaction.atomic():
        _lock(item.workshop)
        item.order, item.is_demo = _next_order(item), item.workshop.is_demo
        item.save()
        record(by, "changed programme", item.workshop, added=item.code)
    return item


def change_item(item: ProgrammeItem, *, by: User) -> ProgrammeItem:
    """Save a changed session; one that was given another half-day stands at its end."""
    with transaction.atomic():
        _lock(item.workshop)
        before = ProgrammeItem.objects.get(pk=item.pk)
        if (before.day, before.half) != (item.day, item.half):
            item.order = _next_order(item)
        item.save()
        record(by, "changed programme", item.workshop, changed=item.code)
    return item


def remove_item(item: ProgrammeItem, *, by: User) -> None:
    with transaction.atomic():
        record(by, "changed programme", item.workshop, removed=item.code)
        item.delete()


def move_item(item: ProgrammeItem, *, up: bool, by: User) -> None:
    """One place up or down; from the first place of a half-day to the end of the one before, from the
    last to the beginning of the one after."""
    with transaction.atomic():
        _lock(item.workshop)
        item.refresh_from_db()
        row = _half_day(item.workshop, item.day, item.half)
        place = row.index(item)
        if 0 <= (target := place - 1 if up else place + 1) < len(row):
            row.insert(target, row.pop(place))
            _write(row)
        elif other := _neighbour(item, up=up):
            day, half = other
            there = _half_day(item.workshop, day, half)
            item.day, item.half = day, half
            _write([*there, item] if up else [item, *there])
        record(by, "changed programme", item.workshop, moved=item.code)


def place_item(item: ProgrammeItem, *, day: int, half: str, before: ProgrammeItem | None, by: User) -> None:
    """Put a session into a half-day: before another one, or at the end."""
    with transaction.atomic():
        _lock(item.workshop)
        row = [each for each in _half_day(item.workshop, day, half) if each != item]
        item.day, item.half = day, half
        row.insert(row.index(before) if before in row else len(row), item)
        _write(row)
        record(by, "changed programme", item.workshop, moved=item.code)


def start_from_template(workshop: Workshop, sessions: Iterable[Session], *, replace: bool, by: User) -> int:
    """Write the sessions of a template, in the language of the workshop; says how many."""
    with translation.override(workshop.language):
        items = [
            ProgrammeItem(
                day=session.day,
                half=session.half,
                title=str(session.title),
                kind=session.kind,
                minutes=session.minutes,
                materials=str(session.materials),
            )
            for session in sessions
        ]
    return _start(workshop, items, replace=replace, by=by, source="template")


def copy_programme(workshop: Workshop, *, earlier: Workshop, replace: bool, by: User) -> int:
    """Write the sessions of an earlier event; who led them is written by hand again."""
    items = [
        ProgrammeItem(**{name: getattr(item, name) for name in COPIED if name != "facilitator"})
        for item in earlier.programme.all()
    ]
    return _start(workshop, items, replace=replace, by=by, source=earlier.code)


def _start(workshop: Workshop, items: list[ProgrammeItem], *, replace: bool, by: User, source: str) -> int:
    with transaction.atomic():
        _lock(workshop)
        if replace:
            workshop.programme.all().delete()
        last = workshop.programme.aggregate(last=Max("order"))["last"] or 0
        for order, item in enumerate(items, start=last + 1):
            item.workshop, item.order, item.is_demo = workshop, order, workshop.is_demo
        ProgrammeItem.objects.bulk_create(items)
        record(by, "started programme", workshop, source=source, sessions=len(items), replaced=replace)
    return len(items)


def _lock(workshop: Workshop) -> None:
    """Two who move sessions at once do it one after the other."""
    Workshop.objects.select_for_update().get(pk=workshop.pk)


def _half_day(workshop: Workshop, day: int, half: str) -> list[ProgrammeItem]:
    return list(workshop.programme.filter(day=day, half=half))


def _next_order(item: ProgrammeItem) -> int:
    others = ProgrammeItem.objects.filter(workshop=item.workshop, day=item.day, half=item.half)
    return (others.exclude(pk=item.pk).aggregate(last=Max("order"))["last"] or 0) + 1


def _neighbour(item: ProgrammeItem, *, up: bool) -> tuple[int, str] | None:
    """The half-day before or after that of `item`, within the days of the workshop and its programme."""
    last = max(item.workshop.days, item.workshop.programme.aggregate(last=Max("day"))["last"] or 1)
    position = (item.day - 1) * 2 + (item.half == Half.AFTERNOON) + (-1 if up else 1)
    if not 0 <= position < last * 2:
        return None
    return position // 2 + 1, Half.AFTERNOON if position % 2 else Half.MORNING


def _write(row: list[ProgrammeItem]) -> None:
    for order, item in enumerate(row, start=1):
        item.order = order
    ProgrammeItem.objects.bulk_update(row, ["day", "half", "order"])
