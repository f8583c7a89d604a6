"""Writing down what a meeting decided, until its minutes are approved; and what becomes of it after."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from committees.closing import refuse_if_closed
from committees.models import AgendaItem, DecidedHow, Decision, DecisionResult, DecisionState, Meeting
from committees.services.forwarding import settle_forwarding
from committees.services.seats import position_named
from committees.services.votes import keep_votes, refuse_without_quorum, write_votes
from committees.votes import Totals
from core.conflicts import save_unless_changed
from core.refusals import FieldRefused


class DecisionRefused(FieldRefused):
    """The decision cannot be as asked for. `field` is the form field that the message belongs to."""


@dataclass(frozen=True)
class DecisionValues:
    """What a decision is made of, as typed: the owner by title and organisation, votes by seat code."""

    text: str
    item: AgendaItem | None = None
    how: str = DecidedHow.CONSENSUS
    result: str = DecisionResult.ADOPTED
    owner_title: str = ""
    owner_organization: str = ""
    due_on: datetime.date | None = None
    votes: dict[str, str] = field(default_factory=dict)
    totals: Totals = field(default_factory=Totals)  # of a secret vote

    @property
    def is_voted(self) -> bool:
        return self.how != DecidedHow.CONSENSUS


@transaction.atomic
def add_decision(meeting: Meeting, values: DecisionValues, *, by: User) -> Decision:
    """The next decision of the meeting. Two at the same moment get two numbers: the meeting is held."""
    refuse_if_closed(meeting)
    last = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    decision = Decision(meeting=meeting, number=last + 1, is_demo=meeting.is_demo, updated_by=by)
    ballot = _filled(decision, values)
    decision.save()
    write_votes(decision, ballot)
    if decision.item is not None:
        settle_forwarding(decision.item, by=by)
    record(by, "wrote decision", decision, meeting=meeting.code, number=decision.number)
    return decision


@transaction.atomic
def change_decision(decision: Decision, values: DecisionValues, *, opened_version: int, by: User) -> Decision:
    """Correct it while the minutes are a draft. Raises EditConflict when somebody else saved it."""
    refuse_if_closed(decision.meeting)
    _refuse_if_sent_on(decision)
    was = decision.item
    ballot = _filled(decision, values)
    save_unless_changed(decision, opened_version=opened_version, by=by)
    write_votes(decision, ballot)
    for item in {was, decision.item}:
        if item is not None:
            settle_forwarding(item, by=by)
    record(by, "changed decision", decision, meeting=decision.meeting.code)
    return decision


@transaction.atomic
def remove_decision(decision: Decision, *, by: User) -> None:
    """Take it out of the draft; those after it move up, so that the minutes have no gap."""
    refuse_if_closed(decision.meeting)
    if not Decision.objects.filter(pk=decision.pk).exists():
        return  # sent twice, or by two people: those after it move up once
    _refuse_if_sent_on(decision)
    decision.refresh_from_db(fields=["number", "item"])
    item, meeting, number = decision.item, decision.meeting, decision.number
    record(by, "removed decision", decision, meeting=meeting.code, number=number)
    decision.delete()
    for later in meeting.decisions.filter(number__gt=number).order_by("number"):
        Decision.objects.filter(pk=later.pk).update(number=F("number") - 1)
    if item is not None:
        settle_forwarding(item, by=by)


@transaction.atomic
def close_decision(
    decision: Decision, *, state: DecisionState | str, on: datetime.date, note: str = "", by: User
) -> Decision:
    """Done, or dropped for a reason. Any time: carrying out is not part of the minutes."""
    row = _held(decision)
    if not row.is_task:
        raise DecisionRefused(None, gettext("Only what was adopted and has an owner is carried out."))
    if row.state != DecisionState.OPEN:
        raise DecisionRefused(None, gettext("Somebody has closed this decision already."))
    if on < row.meeting.day:
        raise DecisionRefused("closed_on", _not_before(row.meeting.day))
    if on > timezone.localdate():
        raise DecisionRefused("closed_on", gettext("This day has not come yet."))
    if state == DecisionState.DROPPED and not note.strip():
        raise DecisionRefused("closing_note", gettext("Say why it is not carried out."))
    row.state, row.closed_on, row.closing_note = DecisionState(state), on, note.strip()
    _save_state(row, by=by)
    record(by, "closed decision", row, state=str(state))
    return row


@transaction.atomic
def reopen_decision(decision: Decision, *, by: User) -> Decision:
    """It is to be carried out after all."""
    row = _held(decision)
    if row.state == DecisionState.OPEN:
        raise DecisionRefused(None, gettext("The decision is open already."))
    row.state, row.closed_on, row.closing_note = DecisionState.OPEN, None, ""
    _save_state(row, by=by)
    record(by, "reopened decision", row)
    return row


def _held(decision: Decision) -> Decision:
    return Decision.objects.select_for_update(of=["self"]).select_related("meeting").get(pk=decision.pk)


def _save_state(row: Decision, *, by: User) -> None:
    row.row_version, row.updated_by = row.row_version + 1, by
    row.save(update_fields=["state", "closed_on", "closing_note", "row_version", "updated_by", "updated_at"])


def _filled(decision: Decision, values: DecisionValues) -> dict[int, str]:
    """The decision with these values; answers the votes to write, by seat. Raises DecisionRefused."""
    meeting = decision.meeting
    if not meeting.is_held:
        raise DecisionRefused(
            None,
            gettext("The meeting has not been held yet. Write down who was there, then what was decided."),
        )
    decision.text, decision.item, decision.how = values.text, values.item, values.how
    ballot: dict[int, str] = {}
    totals: Totals | None = None
    result = values.result
    if values.result == DecisionResult.DEFERRED and values.is_voted and _has_votes(values):
        raise DecisionRefused(
            "result", gettext("What was put off was not voted on: take the votes out, or choose a result.")
        )
    if values.result != DecisionResult.DEFERRED:
        refuse_without_quorum(meeting)
        if values.is_voted:
            totals, ballot = keep_votes(meeting, how=values.how, votes=values.votes, totals=values.totals)
            result = totals.result
    decision.result = result
    decision.votes_for = totals.votes_for if totals else None
    decision.votes_against = totals.votes_against if totals else None
    decision.votes_abstained = totals.votes_abstained if totals else None
    _with_owner(decision, values)
    return ballot


def _has_votes(values: DecisionValues) -> bool:
    return bool(values.votes if values.how == DecidedHow.BY_SEAT else values.totals.cast)


def _with_owner(decision: Decision, values: DecisionValues) -> None:
    """The position that carries it out and its day: both or neither."""
    title, due = values.owner_title.strip(), values.due_on
    if not title:
        if values.owner_organization.strip():
            raise DecisionRefused("owner_title", gettext("Which position of this organisation?"))
        if due:
            raise DecisionRefused("owner_title", gettext("Say which position carries it out by this day."))
        decision.owner = decision.due_on = None
        return
    if due is None:
        raise DecisionRefused("due_on", gettext("Say by when: without a day nobody can be reminded."))
    if due < decision.meeting.day:
        raise DecisionRefused("due_on", _not_before(decision.meeting.day))
    decision.owner = position_named(
        title,
        organization=values.owner_organization,
        locality=decision.meeting.committee.locality,
        is_demo=decision.is_demo,
    )
    decision.due_on = due


def _not_before(day: datetime.date) -> str:
    words = gettext("This day lies before the meeting of %(day)s.")
    return words % {"day": date_format(day)}


def _refuse_if_sent_on(decision: Decision) -> None:
    if decision.forwardings.exists():
        raise DecisionRefused(
            None,
            gettext(
                "This decision was sent on to another committee: it stands as it was sent. Decide anew if it "
                "has to change."
            ),
        )
