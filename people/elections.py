"""The election calendar of a country (F44): what is known of the next one, and what came of the last."""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User, record
from accounts.models.notices import NoticeKind
from accounts.notices import notify
from accounts.roles import Capability
from core.conflicts import save_unless_changed
from people.audience import KEEPING
from people.handovers import HandoverRefused, let_stay
from people.incumbencies import HoldingRefused, Next, end_holding
from people.models import Election, ElectionState, HowEnded, Incumbency, Position
from people.turnover import holder_term_moved

# How far from the day of an election a term ends that it decides about; offices change hands weeks later.
AROUND = datetime.timedelta(days=120)
# Elections further back are not offered as the reason why somebody left only now.
LAST_YEARS = datetime.timedelta(days=2 * 366)


class Outcome(models.TextChoices):
    """What came of an election for one holder of an office."""

    UNKNOWN = "unknown", gettext_lazy("Not known yet")
    STAYS = "stays", gettext_lazy("Stays")
    FOLLOWED = "followed", gettext_lazy("Changed: the next is in office")
    CHANGED = "changed", gettext_lazy("Changed: nobody yet")


@dataclass(frozen=True)
class Line:
    """What came of the election for one holder of a position."""

    row: Incumbency
    outcome: Outcome


def last_of_month(day: datetime.date) -> datetime.date:
    """Where only the month is known, the election is to come until the month is over."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def day_in_words(election: Election) -> str:
    if election.held_on is None:
        return _("no day yet")
    return date_format(election.held_on, "F Y" if election.month_only else "DATE_FORMAT")


@transaction.atomic
def add_election(election: Election, *, by: User, today: datetime.date) -> Election:
    """A new line of the calendar. Of one that is to come the places are told."""
    election.updated_by = by
    election.save()
    record(by, "added election", election, state=election.state, day=str(election.held_on or ""))
    if election.state not in (ElectionState.HELD, ElectionState.CANCELLED):
        tell_places(election, by=by)
    return election


@transaction.atomic
def change_election(election: Election, *, opened_version: int, by: User) -> Election:
    """Correct it. The places are told when its day or its state changed. Raises EditConflict, RowRemoved."""
    before = Election.objects.filter(pk=election.pk).values("state", "held_on", "month_only").first()
    save_unless_changed(election, opened_version=opened_version, by=by)
    record(by, "changed election", election, state=election.state, day=str(election.held_on or ""))
    now = {"state": election.state, "held_on": election.held_on, "month_only": election.month_only}
    if before != now:
        tell_places(election, by=by)
    return election


def tell_places(election: Election, *, by: User) -> int:
    """Whoever works in the country, or in the part of it that votes, but for who wrote it down."""
    path = election.locality.path if election.locality else ""
    users = User.objects.working_in(election.country_id, path=path).exclude(pk=by.pk)
    text = _("Election in %(place)s: %(title)s. %(state)s: %(day)s.") % {
        "place": election.locality or election.country,
        "title": election.title,
        "state": election.get_state_display(),
        "day": day_in_words(election),
    }
    return notify(
        users,
        kind=NoticeKind.TERM,
        text=text,
        subject=election.code,
        address=election.get_absolute_url(),
        key=f"election:{election.code}:{election.row_version}",
    )


def calendar_of(elections: QuerySet[Election], *, today: datetime.date) -> QuerySet[Election]:
    """Those to come first, the next on top and those without a day after them; then the past, the last on
    top."""
    over = Q(state__in=[ElectionState.HELD, ElectionState.CANCELLED]) | Q(held_on__lt=today)
    ranked = elections.annotate(
        is_over=Case(When(over, then=Value(1)), default=Value(0), output_field=models.IntegerField())
    )
    coming = Case(When(is_over=0, then=F("held_on")), output_field=models.DateField())
    return ranked.order_by("is_over", coming.asc(nulls_last=True), F("held_on").desc(nulls_last=True), "-pk")


def elections_that_ended(row: Incumbency, *, today: datetime.date) -> QuerySet[Election]:
    """Elections by which somebody's time in office may have ended: held where the position is, after it
    began, in the last years."""
    found = Election.objects.concerning(row.position.locality).filter(
        state=ElectionState.HELD, held_on__range=(today - LAST_YEARS, today)
    )
    return found.filter(held_on__gte=row.starts_on) if row.starts_on else found


def in_places_of(election: Election, *, path: str = "locality") -> Q:
    """The filter for rows whose locality takes part in the election."""
    if election.locality:
        return Q(**{f"{path}__path__startswith": election.locality.path})
    return Q(**{f"{path}__country": election.country_id})


def terms_around(election: Election, *, user: User) -> QuerySet[Incumbency]:
    """Holders whose term ends around the day, or whose time ended by an election then: those it decides
    about, of the positions that `user` may see."""
    if election.held_on is None:
        return Incumbency.objects.none()
    first, last = election.held_on - AROUND, election.held_on + AROUND
    decided = Q(term_ends_on__range=(first, last)) | Q(
        how_ended=HowEnded.ELECTION, ends_on__range=(election.held_on, last)
    )
    rows = Incumbency.objects.visible_to(user).filter(
        decided, in_places_of(election, path="position__locality")
    )
    return rows.select_related("position__organization", "position__locality").order_by(
        "position__locality__path", "position__title", "pk"
    )


def to_record(election: Election, *, user: User) -> QuerySet[Incumbency]:
    """Holders of the places of the election from before it, whose fate `user` may write down; those first
    whose term ends around the day."""
    if election.held_on is None:
        return Incumbency.objects.none()
    kept = Position.objects.filter(
        seats__ended_on=None,
        seats__committee__access__user=user,
        seats__committee__access__role__in=KEEPING,
    )
    cared = user.scope.rows(Capability.RUN_WORKSHOPS, locality="position__locality")
    around = Q(term_ends_on__range=(election.held_on - AROUND, election.held_on + AROUND))
    return (
        Incumbency.objects.current()
        .visible_to(user)
        .filter(in_places_of(election, path="position__locality"))
        .filter(Q(starts_on=None) | Q(starts_on__lt=election.held_on))
        .filter(cared | Q(position__in=kept.values("pk")))
        .annotate(
            is_near=Case(When(around, then=Value(0)), default=Value(1), output_field=models.IntegerField())
        )
        .select_related("position__organization", "position__locality__country")
        .order_by("is_near", "position__locality__path", "position__title", "pk")
    )


@transaction.atomic
def record_outcome(
    election: Election,
    *,
    lines: Iterable[Line],
    changed_on: datetime.date,
    term_ends_on: datetime.date | None,
    today: datetime.date,
    by: User,
) -> Election:
    """Write down who stays and who left by the election, all of them or none. Raises HoldingRefused."""
    if election.state != ElectionState.HELD or election.held_on is None or changed_on < election.held_on:
        raise HoldingRefused(_("Nobody left office by this election before it was held."), field="changed_on")
    counted = dict.fromkeys(Outcome, 0)
    for line in lines:
        counted[line.outcome] += 1
        if line.outcome == Outcome.STAYS:
            stay(line.row, election, term_ends_on=term_ends_on, today=today, by=by)
        elif line.outcome != Outcome.UNKNOWN:
            leave(line, election, changed_on=changed_on, term_ends_on=term_ends_on, by=by)
    record(
        by,
        "recorded outcome",
        election,
        stay=counted[Outcome.STAYS],
        left=counted[Outcome.CHANGED] + counted[Outcome.FOLLOWED],
    )
    return election


def stay(
    row: Incumbency,
    election: Election,
    *,
    term_ends_on: datetime.date | None,
    today: datetime.date,
    by: User,
) -> None:
    """Elected again: the next term is written down, and a hand-over that had opened is closed."""
    if term_ends_on is None:
        raise HoldingRefused(_("Write when the new term ends."), field="term_ends_on")
    if Incumbency.objects.filter(pk=row.pk, ends_on=None).update(term_ends_on=term_ends_on):
        row.term_ends_on = term_ends_on
        holder_term_moved(row, by=by)
    record(by, "changed holder", row.position, holder=row.code, term=str(term_ends_on))
    handover = row.position.handovers.still_open().filter(outgoing=row).first()
    if handover is None:
        return
    reason = _("Elected again: %(election)s") % {"election": election.title}
    try:
        let_stay(handover, reason=reason, term_ends_on=term_ends_on, today=today, by=by)
    except HandoverRefused as refusal:
        raise HoldingRefused(f"{row.position}: {refusal}", field="term_ends_on") from refusal


def leave(
    line: Line,
    election: Election,
    *,
    changed_on: datetime.date,
    term_ends_on: datetime.date | None,
    by: User,
) -> None:
    follows = Next(changed_on, term_ends_on) if line.outcome == Outcome.FOLLOWED else None
    try:
        end_holding(
            line.row,
            ends_on=changed_on,
            how_ended=HowEnded.ELECTION,
            election=election,
            follows=follows,
            by=by,
        )
    except HoldingRefused as refusal:
        raise HoldingRefused(f"{line.row.position}: {refusal}", field="changed_on") from refusal
