"""Spreadsheets of participants, handed in, matched, decided about, confirmed or thrown away.

Nothing of a spreadsheet becomes a registration before somebody confirms it. The file is kept
encrypted, and no longer than a day.
"""

import datetime
import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from accounts.models import User, record
from core.encryption import cipher
from people.models import Person
from workshops.models import ImportRow, ImportState, ParticipantImport, Verdict, Workshop
from workshops.services.refusals import RegistrationClosed, WorkshopRefusal
from workshops.spreadsheets import Book, Unreadable, guess_columns, guess_sheet, open_book
from workshops.spreadsheets.columns import Head, read_head
from workshops.tasks import forget_imports, read_participants, save_participants

KEPT_FOR = datetime.timedelta(hours=24)
PATIENCE = datetime.timedelta(minutes=10)  # without a sign of life the worker is taken for dead
AT_ONCE = 200  # rows that are read and saved while the page waits; more go to the worker
UNDER_WAY = (ImportState.READING, ImportState.WRITING)


class ImportRefused(WorkshopRefusal):
    """Something cannot be done with this import now; says what."""


@dataclass
class Sketch:
    """What is remembered of a spreadsheet beside its content: encrypted like it, as values may be names."""

    sheets: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)  # of the columns, beside the headings
    samples: list[list[str]] = field(default_factory=list)
    second_header: int = 0
    encoding: str = ""
    rows: int = 0  # about, to show progress
    fingerprint: str = ""  # of the content: the same list handed in again counts nobody twice
    values: dict[str, str] = field(default_factory=dict)  # comparable word → category
    contact_agreed: bool = False
    language: str = "en"  # of who hands it in: the worker speaks to the same person
    without: str = "count"  # those who did not agree: "count" or "leave"
    result: dict[str, int] = field(default_factory=dict)

    def take_head(self, head: Head) -> None:
        self.headings, self.second_header = head.headings, head.second_header
        self.numbers = [column.number for column in head.columns]
        self.samples = [column.samples for column in head.columns]


def sketch_of(each: ParticipantImport) -> Sketch:
    return Sketch(**json.loads(each.columns)) if each.columns else Sketch()


def keep_sketch(each: ParticipantImport, sketch: Sketch) -> None:
    each.columns = json.dumps(asdict(sketch), ensure_ascii=False)


def book_of(each: ParticipantImport) -> Book:
    """The spreadsheet itself. Unreadable when it is not kept any more."""
    if not each.content:
        raise Unreadable(_("The file is not kept any more. Choose it again."))
    return open_book(cipher().decrypt(bytes(each.content)))


def start_import(workshop: Workshop, *, name: str, content: bytes, by: User) -> ParticipantImport:
    """Take a spreadsheet in and guess what its columns are. Unreadable says why it cannot be read."""
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)
    book = open_book(content)
    sheet = guess_sheet(book)
    head = read_head(book, sheet)
    if head is None:
        raise Unreadable(_empty(sheet))
    print_of_it = hashlib.sha256(content).hexdigest()
    sketch = Sketch(sheets=book.sheets, encoding=book.encoding, fingerprint=print_of_it)
    sketch.take_head(head)
    sketch.language = get_language() or sketch.language
    sketch.rows = book.inspect(sheet).rows or content.count(b"\n")
    mapping = _remembered(by, sketch) or guess_columns(head)
    with transaction.atomic():
        new = ParticipantImport(
            workshop=workshop,
            by=by,
            file_name=name[:200],
            content=cipher().encrypt(content),
            sheet=sheet,
            header_row=head.header_row,
            mapping=mapping,
            is_demo=workshop.is_demo,
        )
        keep_sketch(new, sketch)
        new.save()
        record(by, "handed in spreadsheet", new, workshop=workshop.code, kind=str(book.kind))
        tomorrow = timezone.now() + KEPT_FOR + datetime.timedelta(minutes=1)
        transaction.on_commit(lambda: forget_imports.using(run_after=tomorrow).enqueue())
    forget_old_imports()
    return new


def _empty(sheet: str) -> str:
    if sheet:
        return _("The sheet “%(sheet)s” is empty.") % {"sheet": sheet}
    return _("The file holds no rows.")


def _remembered(by: User, sketch: Sketch) -> dict[str, int]:
    """What this user chose for a spreadsheet with the very same headings; also his or her categories."""
    earlier = ParticipantImport.objects.filter(by=by, state=ImportState.DONE).order_by("-created_at")
    for each in earlier.only("columns", "mapping")[:10]:
        known = sketch_of(each)
        if any(known.headings) and (known.headings, known.numbers) == (sketch.headings, sketch.numbers):
            sketch.values = known.values
            return dict(each.mapping)
    return {}


def look_elsewhere(each: ParticipantImport, *, sheet: str, header_row: int | None) -> None:
    """Take another sheet or another row for the headings. Unreadable when nothing stands there."""
    head = read_head(book_of(each), sheet, header_row)
    if head is None:
        place = _("row %(row)s") % {"row": header_row} if header_row else ""
        raise Unreadable(
            _("Nothing stands in %(place)s of the sheet “%(sheet)s”.") % {"place": place, "sheet": sheet}
            if header_row
            else _empty(sheet)
        )
    sketch = sketch_of(each)
    sketch.take_head(head)
    keep_sketch(each, sketch)
    each.sheet, each.header_row, each.mapping = sheet, head.header_row, guess_columns(head)
    each.message = ""
    each.save()


def choose_columns(
    each: ParticipantImport, *, mapping: dict[str, int], agreed: bool, sketch: Sketch, by: User
) -> None:
    """Say which column is what, and have the rows read."""
    keep_sketch(each, sketch)
    moved = _move(
        each,
        to=ImportState.READING,
        only_from=[ImportState.UPLOADED, ImportState.READY],
        mapping=mapping,
        columns=each.columns,
        purposes_agreed=agreed,
        rows_done=0,
        rows_total=max(sketch.rows - each.header_row, 0),
        by=by,
    )
    if moved:
        from workshops.services.import_reading import read_import

        _do(read_import, read_participants, each, rows=sketch.rows)


def decide_rows(each: ParticipantImport, choices: dict[int, str]) -> None:
    """What is to become of rows that need a look: row number → "same", "new" or "leave"."""
    undecided = each.rows.filter(verdict=Verdict.LOOK)
    for choice in ("same", "new", "leave"):
        numbers = [number for number, chosen in choices.items() if chosen == choice]
        rows = undecided.filter(number__in=numbers)
        (rows.filter(person__isnull=False) if choice == "same" else rows).update(decision=choice)


def decide_all(each: ParticipantImport, choice: str) -> int:
    """The same choice for every row that still waits for one."""
    waiting = each.rows.filter(verdict=Verdict.LOOK, decision="")
    if choice == "same":
        waiting = waiting.filter(person__isnull=False)
    return waiting.update(decision=choice)


def confirm_import(each: ParticipantImport, *, by: User) -> None:
    """Save what the preview shows. Sent twice, it is saved once."""
    if not each.workshop.accepts_registrations:
        raise RegistrationClosed(each.workshop)
    waiting = each.rows.filter(verdict=Verdict.LOOK, decision="").count()
    if waiting:
        raise ImportRefused(
            _("Choose first what to do with the rows that need a look: %(n)s left.") % {"n": waiting}
        )
    # Registered here, the people of another's workshops would be shown to whoever confirms.
    matched = each.rows.exclude(person=None)
    strangers = matched.exclude(person__in=Person.objects.visible_to(by).values("pk")).count()
    if strangers:
        raise ImportRefused(
            ngettext(
                "%(n)s row was matched with somebody whom only the colleague who handed the list in may see. "
                "Let that colleague save it, or hand the list in yourself.",
                "%(n)s rows were matched with people whom only the colleague who handed the list in may see. "
                "Let that colleague save it, or hand the list in yourself.",
                strangers,
            )
            % {"n": strangers}
        )
    if not _move(each, to=ImportState.WRITING, only_from=[ImportState.READY], rows_done=0, by=by):
        return
    from workshops.services.import_writing import write_import

    _do(write_import, save_participants, each, rows=each.rows_total)


def _do(now: Callable[[str], None], later: Any, each: ParticipantImport, *, rows: int) -> None:
    """A short list at once, so that nobody waits for the worker; a long one in the background."""
    if rows <= AT_ONCE:
        now(each.code)
    else:
        transaction.on_commit(lambda: later.enqueue(each.code))


def _move(each: ParticipantImport, *, to: str, only_from: Iterable[str], **changed: Any) -> bool:
    """Go to another state, if nobody else did so meanwhile."""
    row = ParticipantImport.objects.filter(pk=each.pk, state__in=list(only_from))
    return bool(row.update(state=to, message="", updated_at=timezone.now(), **changed))


def is_stuck(each: ParticipantImport) -> bool:
    return each.state in UNDER_WAY and timezone.now() - each.updated_at > PATIENCE


def take_back(each: ParticipantImport) -> None:
    """The worker died over it: back to where it can be started again. Nothing was saved."""
    if not is_stuck(each):
        raise ImportRefused(_("The list is being worked on. Look again in a moment."))
    to = ImportState.UPLOADED if each.state == ImportState.READING else ImportState.READY
    _move(each, to=to, only_from=[each.state])


def discard_import(each: ParticipantImport, *, by: User) -> None:
    """Throw the spreadsheet and all that was read of it away. What was saved stays saved."""
    with transaction.atomic():
        row = (
            ParticipantImport.objects.select_for_update()
            .filter(pk=each.pk)
            .exclude(state=ImportState.WRITING)
        )
        if not row.exists():
            raise ImportRefused(_("The list is being saved: it cannot be thrown away now."))
        record(by, "discarded spreadsheet", each, workshop=each.workshop.code)
        row.delete()


def forget_old_imports() -> None:
    """After a day: of what was saved the numbers stay, of everything else nothing."""
    old = ParticipantImport.objects.filter(created_at__lt=timezone.now() - KEPT_FOR)
    ImportRow.objects.filter(of__in=old.filter(state=ImportState.DONE)).delete()
    abandoned = Q(updated_at__lt=timezone.now() - PATIENCE) | ~Q(state__in=UNDER_WAY)
    old.exclude(state=ImportState.DONE).filter(abandoned).delete()


def counts_of(each: ParticipantImport) -> dict[str, int]:
    """How many rows of each verdict, and how many still wait for a choice."""
    counted = (
        each.rows.order_by()
        .values("verdict")
        .annotate(n=Count("pk"), waiting=Count("pk", filter=Q(decision="")))
    )
    found = {row["verdict"]: row for row in counted}
    numbers = {verdict: found[verdict]["n"] if verdict in found else 0 for verdict in Verdict.values}
    waiting = found[Verdict.LOOK]["waiting"] if Verdict.LOOK in found else 0
    return numbers | {"all": sum(numbers.values()), "waiting": waiting}
