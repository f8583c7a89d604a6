"""The first half of an import: every row of the spreadsheet is read and given a verdict. Registers nobody."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from accounts.models import User
from localities.models import Country, Locality
from people.matching import Likeness, Wanted, alike_many
from people.models import AgeBand, Person
from people.names import text_key
from people.services import contact_ended
from workshops.models import ImportRow, ImportState, ParticipantImport, Participation, Verdict, Workshop
from workshops.services.imports import Sketch, book_of, forget_old_imports, sketch_of
from workshops.spreadsheets import Book, Reader, Row, Unreadable
from workshops.spreadsheets.inspection import column_letters
from workshops.spreadsheets.rows import Read
from workshops.spreadsheets.vocabulary import CATEGORY, NAME, folded, unknown_categories

BATCH = 500
LOOK_FROM = 70  # how alike somebody must be to be asked about
LOOKED_THROUGH = 5000  # rows
MOST_WORDS, LONGEST_WORD = 30, 80  # more, and it is not a column of categories
MOST_NAMED = 8  # cells in one sentence
COUNTED_VALUES = (CATEGORY, "sex", "age_band", "locality")


def read_import(code: str) -> None:
    """Read the spreadsheet of an import that waits for it. Whatever breaks, it does not stay under way."""
    each = (
        ParticipantImport.objects.select_related("workshop__locality__country", "by")
        .filter(code=code, state=ImportState.READING)
        .first()
    )
    if each is None:
        return
    with override(sketch_of(each).language):
        _read_whole(each)
    forget_old_imports()


def _read_whole(each: ParticipantImport) -> None:
    try:
        total = _read_all(each)
        _finish(each, ImportState.READY, rows_total=total, rows_done=total, message="")
    except Unreadable as refusal:
        each.rows.all().delete()
        _finish(each, ImportState.UPLOADED, message=str(refusal))
    finally:
        broken = _("The list could not be read to its end. Nothing was saved.")
        _finish(each, ImportState.UPLOADED, message=broken)


def _finish(each: ParticipantImport, state: str, **changed: Any) -> None:
    still = ParticipantImport.objects.filter(pk=each.pk, state=ImportState.READING)
    still.update(state=state, updated_at=timezone.now(), **changed)


def _read_all(each: ParticipantImport) -> int:
    each.rows.all().delete()
    book, sketch = book_of(each), sketch_of(each)
    refuse_merged_and_formulas(each, book)
    reader = Reader(each.mapping, sketch.values, known_localities(each.workshop.locality.country))
    judge = Judge(each, each.by, sketch) if each.by else None
    rows = (row for row in book.rows(each.sheet) if row.number > each.header_row)
    done = 0
    while judge and (batch := list(islice(rows, BATCH))):
        ImportRow.objects.bulk_create(judge.verdicts([(row, reader.read(row)) for row in batch]))
        done += len(batch)
        _note_progress(each, done)
    if not done:
        raise Unreadable(_("Below the headings in row %(row)s stands nothing.") % {"row": each.header_row})
    return done


def _note_progress(each: ParticipantImport, done: int) -> None:
    row = ParticipantImport.objects.filter(pk=each.pk, state=ImportState.READING)
    if not row.update(rows_done=done, updated_at=timezone.now()):
        raise Unreadable(_("The list was thrown away while it was read."))


def refuse_merged_and_formulas(each: ParticipantImport, book: Book) -> None:
    """Below the headings, in columns that are used, each cell must hold a value of its own."""
    seen = book.inspect(each.sheet)
    used = set(each.mapping.values())
    merged = [
        str(area)
        for area in seen.merged
        if area.bottom > each.header_row and used & set(range(area.left, area.right + 1))
        if not (area.top <= each.header_row and area.bottom == area.top)
    ]
    if merged:
        raise Unreadable(
            _(
                "Sheet “%(sheet)s”: the cells %(cells)s are merged. Unmerge them, so that each row stands "
                "by itself, and choose the file again."
            )
            % {"sheet": each.sheet, "cells": _listed(merged)}
        )
    formulas = [
        f"{column_letters(column)}{row}"
        for row, column in seen.formulas
        if row > each.header_row and column in used
    ]
    if formulas:
        raise Unreadable(
            _(
                "Sheet “%(sheet)s”: formulas stand in %(cells)s. Copy these cells and paste them as "
                "values, and choose the file again."
            )
            % {"sheet": each.sheet, "cells": _listed(formulas)}
        )


def _listed(cells: list[str]) -> str:
    more = len(cells) - MOST_NAMED
    shown = ", ".join(cells[:MOST_NAMED])
    return _("%(cells)s and %(more)s more") % {"cells": shown, "more": more} if more > 0 else shown


def known_localities(country: Country) -> dict[str, str]:
    """Comparable name → code; a name that two places of the country bear stands for neither."""
    found: dict[str, str] = {}
    doubtful = set()
    for locality in Locality.objects.filter(country=country):
        found[folded(locality.code)] = locality.code
        for name in {folded(locality.name), *(folded(name) for name in locality.names.values())}:
            if found.setdefault(name, locality.code) != locality.code:
                doubtful.add(name)
    return {name: code for name, code in found.items() if name not in doubtful}


@dataclass
class Judge:
    """Gives the rows of one import their verdicts, batch by batch, in the order of the list."""

    of: ParticipantImport
    user: User
    sketch: Sketch
    registered: set[int] = field(default_factory=set)
    names_seen: dict[str, int] = field(default_factory=dict)  # key of a name → number of its row
    people_seen: dict[int, int] = field(default_factory=dict)
    offices: set[tuple[int, str, str]] = field(default_factory=set)
    contact_ended: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.registered = registered_in(self.of.workshop)

    def verdicts(self, batch: list[tuple[Row, Read]]) -> list[ImportRow]:
        for _row, read in batch:
            self._keep_only_agreed(read)
        named = [read for _row, read in batch if not read.is_wrong and NAME in read.values]
        by_code = people_by_code(self.of.workshop, self.user, [read.values["code"] for read in named])
        wanted = [read for read in named if read.values["code"] not in by_code]
        likenesses = dict(zip((r.number for r in wanted), self._alike(wanted), strict=True))
        best = [found[0].person for found in likenesses.values() if found]
        self._note_offices(best)
        self.contact_ended = contact_ended([person.pk for person in [*best, *by_code.values()]])
        return [
            self._verdict(
                row, read, by_code.get(read.values.get("code", "")), likenesses.get(read.number, [])
            )
            for row, read in batch
        ]

    def _alike(self, wanted: list[Read]) -> list[list[Likeness]]:
        among = candidates(self.of.workshop, self.user)
        asked = [Wanted(r.values[NAME], r.values["phone"], r.values["sex"]) for r in wanted]
        return [
            [each for each in found if each.score >= LOOK_FROM] for found in alike_many(asked, among=among)
        ]

    def _note_offices(self, people: list[Person]) -> None:
        """Which positions, in which organisations, these people were registered with before."""
        rows = Participation.objects.with_names_for(self.user).filter(
            person__in=people, position__isnull=False
        )
        self.offices = {
            (person, text_key(title), text_key(organization or ""))
            for person, title, organization in rows.order_by().values_list(
                "person", "position__title", "organization__name"
            )
        }

    def _in_same_office(self, read: Read, person: Person) -> bool:
        """The same name in the same position of the same organisation: nobody needs to look."""
        office = (person.pk, text_key(read.values["position"]), text_key(read.values["organization"]))
        return person.key == read.key and bool(read.values["position"]) and office in self.offices

    def _keep_only_agreed(self, read: Read) -> None:
        """Of somebody who did not agree the name is not kept; contacts only of those who agreed to that."""
        if read.is_wrong:
            return
        young = read.values["age_band"] == AgeBand.UNDER_18 and not read.guardian
        agreed = self.of.purposes_agreed if read.agreed is None else read.agreed
        if young or not agreed:
            read.values = {name: read.values[name] for name in COUNTED_VALUES if name in read.values}
            read.notes = [
                _("Under 18, and no guardian agreed: the name is not kept.")
                if young and agreed
                else _("Did not agree: the name is not kept.")
            ]
            return
        may_contact = self.sketch.contact_agreed if read.agreed_contact is None else read.agreed_contact
        if not may_contact and (read.values["phone"] or read.values["email"]):
            read.notes.append(_("Phone and e-mail are not kept: no agreement to be contacted."))
        if not may_contact:
            read.values |= {"phone": "", "email": ""}
        read.values["guardian"] = "yes" if read.guardian else ""

    def _verdict(self, row: Row, read: Read, by_code: Person | None, alike: list[Likeness]) -> ImportRow:
        if read.is_wrong:
            return self._made(read, Verdict.WRONG, list(read.problems.values()), values={"row": row.cells})
        if NAME not in read.values:
            decision = "" if self.sketch.without == "count" else "leave"
            return self._made(read, Verdict.NEW, read.notes, decision=decision)
        if by_code is not None:
            return self._known_by_code(read, by_code)
        best = alike[0] if alike else None
        if best is not None and best.is_sure:
            return self._same(read, best.person, best.reasons)
        if best is not None and self._in_same_office(read, best.person):
            return self._same(read, best.person, [_("Same name in the same position")])
        earlier = self._seen_before(read)
        if best is not None:
            reasons = [*self._where(best.person, read), *best.reasons, *earlier]
            return self._made(read, Verdict.LOOK, reasons, person=best.person)
        return self._made(read, Verdict.LOOK if earlier else Verdict.NEW, [*earlier, *read.notes])

    def _known_by_code(self, read: Read, person: Person) -> ImportRow:
        if person.key == read.key:
            return self._same(read, person, [_("The code of this person")])
        reason = _("The code %(code)s belongs to somebody of another name.") % {"code": person.code}
        return self._made(read, Verdict.LOOK, [*self._where(person, read), reason], person=person)

    def _same(self, read: Read, person: Person, reasons: list[str]) -> ImportRow:
        first = self.people_seen.setdefault(person.pk, read.number)
        self._seen_before(read)
        if first != read.number:
            reason = _("Row %(row)s of this list is the same person.") % {"row": first}
            return self._made(read, Verdict.LOOK, [reason], person=person)
        reasons = [*self._where(person, read), *reasons, *read.notes]
        return self._made(read, Verdict.SAME, reasons, person=person)

    def _where(self, person: Person, read: Read) -> list[str]:
        if person.pk in self.registered:
            return [_("Already registered in this workshop: nothing changes.")]
        if person.pk in self.contact_ended and (read.values["phone"] or read.values["email"]):
            return [_("Withdrew the consent to be contacted: phone and e-mail are not kept.")]
        return []

    def _seen_before(self, read: Read) -> list[str]:
        first = self.names_seen.setdefault(read.key, read.number)
        same = first != read.number
        return [_("The same name stands in row %(row)s of this list.") % {"row": first}] if same else []

    def _made(
        self,
        read: Read,
        verdict: Verdict,
        reasons: Iterable[str],
        *,
        values: Mapping[str, Any] | None = None,
        person: Person | None = None,
        decision: str = "",
    ) -> ImportRow:
        return ImportRow(
            of=self.of,
            number=read.number,
            values=json.dumps(values if values is not None else read.values, ensure_ascii=False),
            verdict=verdict,
            reasons=json.dumps([str(reason) for reason in dict.fromkeys(reasons)], ensure_ascii=False),
            person=person,
            decision=decision,
        )


def registered_in(workshop: Workshop) -> set[int]:
    return set(workshop.participations.order_by().values_list("person", flat=True))


def candidates(workshop: Workshop, user: User) -> Any:
    """Among whom somebody may be found again: people of the country whom the user may see."""
    return Person.objects.visible_to(user).filter(country=workshop.locality.country)


def people_by_code(workshop: Workshop, user: User, codes: list[str]) -> dict[str, Person]:
    wanted = {code for code in codes if code}
    if not wanted:
        return {}
    return {person.code: person for person in candidates(workshop, user).filter(code__in=wanted)}


def words_without_category(each: ParticipantImport, mapping: dict[str, int], sketch: Sketch) -> list[str]:
    """The words of the category column that stand for no category and were not asked about yet: each
    is asked about once, instead of refusing every row that bears it."""
    column = mapping[CATEGORY]
    below = (row for row in book_of(each).rows(each.sheet) if row.number > each.header_row)
    texts = (row.cells[column] for row in islice(below, LOOKED_THROUGH) if column < len(row.cells))
    found = unknown_categories((" ".join(text.split())[:LONGEST_WORD] for text in texts), sketch.values)
    return found if len(found) <= MOST_WORDS else []


def rows_in_order(each: ParticipantImport, size: int = 400) -> Iterator[list[ImportRow]]:
    """The rows that were read, in parts, so that a long list needs no more memory than a short one."""
    last = -1
    while part := list(each.rows.filter(number__gt=last).order_by("number")[:size]):
        yield part
        last = part[-1].number
