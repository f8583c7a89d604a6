"""What waits when offices change hands: hand-overs (F43, BR15) and elections (F44)."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.roles import Capability
from lapportal.work.reader import Reader
from lapportal.work.tasks import Later, Task, TaskKind, Words, office_named, page_of
from lapportal.work.tasks import shared_text as _
from localities.models import Locality
from people.elections import AROUND
from people.models import Election, ElectionState, Handover, Incumbency, Position

ELECTION_SOON = datetime.timedelta(days=60)
OUTCOME_ASKED_FOR = datetime.timedelta(days=180)


def tasks_of(reader: Reader) -> list[Task]:
    """Three queries."""
    rows = list(_handovers(reader))
    places = Locality.objects.defer("search_text").in_bulk({row.locality for row in rows})
    handovers = [task for row in rows for task in _of_handover(reader, row, places[row.locality])]
    return handovers + [task for row in _elections(reader) for task in _of_election(reader, row)]


def kept_positions(reader: Reader) -> Q:
    """The filter for positions whose hand-overs the user keeps (can_keep_handover)."""
    places = reader.user.scope.rows(Capability.RUN_WORKSHOPS)
    return places | Q(seats__committee__in=reader.keeps, seats__ended_on=None)


OF_HANDOVER = (
    "code", "position", "due_on", "successor", "pack_sent_on", "meets_on", "met_on",
    "acknowledged_on", "stays_on",
)  # fmt: skip


def _handovers(reader: Reader) -> Any:
    kept = Position.objects.filter(kept_positions(reader), pk=OuterRef("position"))
    seen = Handover.objects.visible_to(reader.user).values("pk")
    rows = Handover.objects.still_open().filter(pk__in=seen).annotate(is_kept=Exists(kept))
    rows = rows.filter(Q(is_kept=True) | Q(successor=reader.user.pk))
    # Not for_list(): of thousands of rows each would bring its own office, place and account along.
    return rows.only(*OF_HANDOVER).annotate(
        office=F("position__title"),
        institution=F("position__organization__name"),
        locality=F("position__locality"),
    )


def _of_handover(reader: Reader, row: Any, place: Locality) -> Iterator[Task]:
    """The successor reads and acknowledges; the keepers send the pack, and ask when nothing comes back."""
    page = page_of("handover_detail", row.code)
    fields = {"of": Later(office_named, row.office, row.institution), "place": place}
    if row.successor_id == reader.user.pk and row.pack_sent_on:
        yield reader.task(
            TaskKind.OFFICES,
            _("Read the hand-over pack and say that you take over"),
            day=row.pack_sent_on,
            then=_("Until you do, nobody knows whether you know what the office promised."),
            url=page,
            **fields,
        )
    elif row.is_kept:
        yield from _of_keeper(reader, row, page, fields)


def _of_keeper(reader: Reader, row: Handover, page: Words, fields: dict[str, Any]) -> Iterator[Task]:
    if row.is_overdue(reader.today):
        yield reader.task(
            TaskKind.OFFICES,
            _("Bring the overdue hand-over to its end"),
            day=row.overdue_on,
            is_due=True,
            then=_("The new holder works without knowing what the office promised and owes."),
            url=page,
            **fields,
        )
    elif row.pack_sent_on is None:
        yield reader.task(
            TaskKind.OFFICES,
            _("Send the hand-over pack"),
            day=row.due_on,
            is_due=True,
            then=_("When the old holder has left, what only he or she knows leaves too."),
            url=page_of("handover_send", row.code),
            **fields,
        )
    elif row.met_on is None and row.meets_on and row.meets_on < reader.today:
        yield reader.task(
            TaskKind.OFFICES,
            _("Write down what the hand-over meeting agreed"),
            day=row.meets_on,
            is_due=True,
            then=_("What was only said is remembered by nobody after the next change of office."),
            url=page,
            **fields,
        )


def _elections(reader: Reader) -> Any:
    """Those of the next 60 days where the user works, and those that are past without an outcome."""
    scope, today = reader.user.scope, reader.today
    if not (reader.keeps or scope.anywhere(Capability.KEEP_COMMITTEES)):
        return []
    own = {each.committee.locality_id for each in reader.accesses if each.committee_id in reader.keeps}
    works_there = Locality.objects.filter(
        scope.rows(Capability.KEEP_COMMITTEES, locality="") | Q(pk__in=own),
        country=OuterRef("country"),
        path__startswith=Coalesce(OuterRef("locality__path"), Value("")),
    )
    not_held = Q(state__in=[ElectionState.EXPECTED, ElectionState.ANNOUNCED])
    return (
        Election.objects.for_list()
        .filter(Exists(works_there), not_held | Q(Exists(undecided_terms()), state=ElectionState.HELD))
        .filter(held_on__range=(today - OUTCOME_ASKED_FOR, today + ELECTION_SOON))
        .order_by("held_on", "pk")
    )


def undecided_terms() -> Any:
    """Holders from before the election of the outer query whose term ends around it: nobody has written
    down yet whether they stay (people.elections.to_record)."""
    return Incumbency.objects.current().filter(
        Q(starts_on=None) | Q(starts_on__lt=OuterRef("held_on")),
        position__locality__country=OuterRef("country"),
        position__locality__path__startswith=Coalesce(OuterRef("locality__path"), Value("")),
        term_ends_on__range=(OuterRef("held_on") - Value(AROUND), OuterRef("held_on") + Value(AROUND)),
    )


def _of_election(reader: Reader, row: Election) -> Iterator[Task]:
    fields = {"of": str(row), "place": row.locality or row.country}
    if row.held_on is not None and row.held_on >= reader.today:
        yield reader.task(
            TaskKind.OFFICES,
            gettext("Prepare the hand-overs before the election"),
            day=row.held_on,
            is_due=True,
            then=gettext("After %(day)s offices may change hands within days.")
            % {"day": date_format(row.held_on)},
            url=reverse("election_detail", args=[row.code]),
            **fields,
        )
        return
    is_held = row.state == ElectionState.HELD
    asked = Capability.RUN_WORKSHOPS if is_held else Capability.KEEP_FRAMEWORKS
    if reader.user.scope.covers_country(asked, row.country_id):
        yield reader.task(
            TaskKind.OFFICES,
            gettext("Record which offices changed hands in the election"),
            day=row.held_on,
            is_due=True,
            then=gettext("Until it is recorded no hand-over opens, and seats stand under the wrong holder."),
            url=reverse("election_outcome" if is_held else "election_detail", args=[row.code]),
            **fields,
        )
