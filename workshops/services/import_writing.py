"""The second half of an import: what was confirmed is written, all of it or nothing, in one transaction."""

import json
from collections import Counter
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from uuid import NAMESPACE_URL, uuid5

from django.core.cache import cache
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User, record
from core.bulk import columns, insert
from people.models import Consent, NameToken, Person
from people.services import contact_ended
from people.tasks import compare_people
from workshops.models import (
    Entry,
    ImportRow,
    ImportState,
    Invitation,
    ParticipantImport,
    Participation,
    Tally,
    Verdict,
    Workshop,
)
from workshops.services.import_offices import Offices
from workshops.services.import_preparing import Preparation, Ready, add_to_person, choice_for, words_of
from workshops.services.import_reading import registered_in
from workshops.services.imports import forget_old_imports, keep_sketch, sketch_of

MOST_IN_TALLY = 1000
PEOPLE_AT_ONCE = 400
OFFICE_COLUMNS = ("person_id", "position_id", "organization_id")


class LookAgain(Exception):
    """Rows cannot be written as decided: somebody was merged, erased or registered since."""

    def __init__(self, rows: list[ImportRow]) -> None:
        super().__init__(f"{len(rows)} rows")
        self.rows = rows


def progress_key(each: ParticipantImport) -> str:
    return f"import-{each.code}"


def write_import(code: str) -> None:
    """Write an import that was confirmed. Whatever breaks, nothing is written and it can be tried again."""
    each = (
        ParticipantImport.objects.select_related("workshop__locality__country", "by")
        .filter(code=code, state=ImportState.WRITING)
        .first()
    )
    if each is None or each.by is None:
        return
    with override(sketch_of(each).language):
        _write_whole(each, each.by)
    forget_old_imports()


def _write_whole(each: ParticipantImport, by: User) -> None:
    message = _("The list could not be saved: nothing of it was. Try it again.")
    try:
        with TemporaryFile("w+", encoding="utf-8") as file:
            prepared = Preparation(each, by, file)
            prepared.make(lambda done: cache.set(progress_key(each), done, timeout=3600))
            Writing(each, by, prepared).write()
    except LookAgain as found:
        message = _look_again(found.rows)
    except (IntegrityError, Overtaken):
        message = _(
            "Somebody registered or changed people of this list at the same moment: nothing was saved. "
            "Try it again."
        )
    finally:
        cache.delete(progress_key(each))
        still = ParticipantImport.objects.filter(pk=each.pk, state=ImportState.WRITING)
        still.update(state=ImportState.READY, message=message, updated_at=timezone.now())


def _look_again(rows: list[ImportRow]) -> str:
    """Ask anew about rows whose person is gone, or of whose name somebody was registered meanwhile."""
    ImportRow.objects.bulk_update(rows, ["verdict", "decision", "reasons", "person"], batch_size=500)
    return ngettext(
        "Nothing was saved yet: %(n)s row needs another look, as a person was merged, erased or "
        "registered since.",
        "Nothing was saved yet: %(n)s rows need another look, as people were merged, erased or "
        "registered since.",
        len(rows),
    ) % {"n": len(rows)}


class Overtaken(Exception):
    """While the list was made ready, somebody of it was merged or erased."""


@dataclass
class Writing:
    """One import on its way into the register."""

    of: ParticipantImport
    by: User
    prepared: Preparation
    counts: Counter[str] = field(default_factory=Counter)
    counted: Counter[tuple[str, ...]] = field(default_factory=Counter)
    registered: set[int] = field(default_factory=set)
    adding: list[int] = field(default_factory=list)  # rows that know something new of somebody known

    @property
    def workshop(self) -> Workshop:
        return self.of.workshop

    def write(self) -> None:
        """What is ready. The transaction only inserts: on SQLite nobody else can write meanwhile."""
        with transaction.atomic():
            self._one_at_a_time()
            self.registered = registered_in(self.workshop)
            self.offices = Offices(self.workshop)
            self._refuse_what_changed()
            self.offices.make(self.prepared.wanted_offices())
            self._count_the_rest()
            for part in self.prepared.parts():
                self._write_part(part)
            self._add_to_known()
            self._write_tallies()
            self._answer_invitations()
            self._finish()

    def _one_at_a_time(self) -> None:
        """Nobody else registers in this workshop or merges people of the list meanwhile. SQLite lets one
        writer in at a time anyway."""
        if connection.features.has_select_for_update:
            Workshop.objects.select_for_update(no_key=True).order_by().values("pk").get(pk=self.workshop.pk)
            # In the order in which a merge takes them, so that no two wait for each other.
            known = Person.objects.filter(pk__in=self.of.rows.exclude(person=None).values("person"))
            list(known.select_for_update(no_key=True).order_by("pk").values_list("pk"))

    def _refuse_what_changed(self) -> None:
        """All rows whose person is gone, and new ones whose name was registered here since the upload."""
        since = self.workshop.participations.filter(created_at__gte=self.of.created_at)
        fresh = dict(since.values_list("person__key", "person"))
        lost = self.of.rows.filter(person=None).exclude(verdict__in=[Verdict.WRONG, Verdict.NEW])
        reason = _("The person who was found for this row was merged or erased since.")
        doubtful = [
            asked_again(row, reason) for row in lost.filter(Q(verdict=Verdict.SAME) | Q(decision="same"))
        ]
        reason = _("Somebody of this name was registered in this workshop since the list was read.")
        namesakes = [row for row, key in self.prepared.keys.items() if key and key in fresh]
        for pk, row in self.of.rows.in_bulk(namesakes).items():
            doubtful.append(asked_again(row, reason, person=fresh[self.prepared.keys[pk]]))
        if doubtful:
            raise LookAgain(doubtful)
        now = self.of.rows.order_by().values_list("pk", "verdict", "decision", "person")
        if {pk: decided for pk, *decided in now} != {
            pk: list(decided) for pk, decided in self.prepared.decided.items()
        }:
            raise Overtaken

    def _count_the_rest(self) -> None:
        """Rows that register nobody."""
        for row, (verdict, decision, _person) in self.prepared.decided.items():
            if verdict == Verdict.WRONG:
                self.counts["wrong"] += 1
            elif choice_for(verdict, decision) == "leave":
                self.counts["left_out"] += 1
            elif row in self.prepared.counted:
                self.counts["counted"] += 1
                self.counted[self.prepared.counted[row]] += 1

    def _write_part(self, part: list[Ready]) -> None:
        new: list[Ready] = []
        known: list[Ready] = []
        for row in part:
            self._sort_row(row, new, known)
        people = self._new_people(new) | {row.row: self._person_of(row) for row in known}
        self.adding += [row.row for row in known if row.adds]
        place = {name: columns(Participation).index(name) for name in OFFICE_COLUMNS}
        of_consent = columns(Consent).index("person_id")
        for row in [*new, *known]:
            position, organization = self.offices.of(row.office)
            values = (people[row.row], position, organization)
            for name, value in zip(OFFICE_COLUMNS, values, strict=True):
                row.participation[place[name]] = value
            for consent in row.consents:
                consent[of_consent] = people[row.row]
        insert(Participation, [row.participation for row in [*new, *known]])
        consents = [consent for row in [*new, *known] for consent in row.consents]
        insert(Consent, consents, ignore_conflicts=True)

    def _person_of(self, row: Ready) -> int:
        return self.prepared.decided[row.row][2] or 0

    def _sort_row(self, row: Ready, new: list[Ready], known: list[Ready]) -> None:
        """Where a row goes; nobody is written twice, and who is registered already stays as she is."""
        person = self._person_of(row)
        if row.person:
            self.counts["new"] += 1
            new.append(row)
        elif person in self.registered:
            self.counts["already"] += 1
        elif person:
            self.counts["same"] += 1
            self.registered.add(person)
            known.append(row)

    def _new_people(self, rows: list[Ready]) -> dict[int, int]:
        """Key of the row → key of the person."""
        insert(Person, [row.person for row in rows])
        codes = [row.code for row in rows]
        keys = dict(Person.objects.filter(code__in=codes).order_by().values_list("code", "pk"))
        tokens = [(keys[row.code], kind, token) for row in rows for kind, token in row.tokens]
        insert(NameToken, tokens, names=("person_id", "kind", "token"))
        return {row.row: keys[row.code] for row in rows}

    def _add_to_known(self) -> None:
        """What is not known of them yet is added; nothing that is known is overwritten."""
        for start in range(0, len(self.adding), PEOPLE_AT_ONCE):
            rows = self.of.rows.in_bulk(self.adding[start : start + PEOPLE_AT_ONCE]).values()
            people = Person.objects.in_bulk([row.person_id for row in rows if row.person_id])
            ended = contact_ended(people)
            for row in rows:
                person = people[row.person_id or 0]
                words = words_of(json.loads(row.values), has_ended=person.pk in ended)
                if add_to_person(person, words):
                    person.save_with_index()

    def _write_tallies(self) -> None:
        """Those without a name, by what is counted of them. The same list again counts them once."""
        tallies = [
            self._tally(counted, start, min(MOST_IN_TALLY, number - start))
            for counted, number in sorted(self.counted.items())
            for start in range(0, number, MOST_IN_TALLY)
        ]
        before = Tally.objects.filter(submission__in=[tally.submission for tally in tallies]).count()
        Tally.objects.bulk_create(tallies, ignore_conflicts=True)
        if before:
            self.counts["counted_before"] = before

    def _tally(self, counted: tuple[str, ...], start: int, number: int) -> Tally:
        list_of_it = f"{self.workshop.code}/{sketch_of(self.of).fingerprint}"
        category, sex, age_band = counted
        return Tally(
            workshop=self.workshop,
            count=number,
            submission=uuid5(NAMESPACE_URL, f"{list_of_it}/{category}/{sex}/{age_band}/{start}"),
            recorded_by=self.by,
            is_demo=self.workshop.is_demo,
            **self.prepared.counts(category, sex, age_band),
        )

    def _answer_invitations(self) -> None:
        """Whoever was invited by this very name, and is the only one of it, has come by this list."""
        waiting = list(self.workshop.invitations.filter(participation=None).exclude(key=""))
        rows = self.workshop.participations.filter(
            entry=Entry.IMPORT, invitation=None, person__key__in={each.key for each in waiting}
        )
        came: dict[str, list[Participation]] = {}
        for row in rows.select_related("person"):
            came.setdefault(row.person.key, []).append(row)
        invited = Counter(each.key for each in waiting)
        answered = [each for each in waiting if invited[each.key] == len(came.get(each.key, [])) == 1]
        for each in answered:
            each.participation = came[each.key][0]
            each.person = each.participation.person
        Invitation.objects.bulk_update(answered, ["participation", "person"])

    def _finish(self) -> None:
        sketch = sketch_of(self.of)
        sketch.result, sketch.samples = dict(self.counts), []
        keep_sketch(self.of, sketch)
        self.of.state, self.of.content, self.of.message = ImportState.DONE, None, ""
        self.of.rows_done = self.of.rows_total
        self.of.save()
        self.of.rows.exclude(verdict=Verdict.WRONG).delete()
        record(self.by, "imported participants", self.of, workshop=self.workshop.code, **self.counts)
        if self.counts["new"] or self.counts["same"]:
            transaction.on_commit(compare_people.enqueue)


def asked_again(row: ImportRow, reason: str, *, person: int | None = None) -> ImportRow:
    """The row as one that needs a look, with the reason in front of those it had."""
    row.verdict, row.decision, row.person_id = Verdict.LOOK, "", person
    row.reasons = json.dumps([reason, *json.loads(row.reasons or "[]")], ensure_ascii=False)
    return row
