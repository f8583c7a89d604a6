"""Sending a decision on to a higher committee, taking it up there, answering it."""

import datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from accounts.models.notices import NoticeKind
from accounts.notices import notify
from committees.audience import coordinators_of, secretaries_of
from committees.closing import refuse_if_closed
from committees.models import (
    AgendaItem,
    AgendaKind,
    Committee,
    Decision,
    DecisionResult,
    Forwarding,
    ForwardingState,
    Meeting,
    MeetingState,
)
from core.refusals import FieldRefused
from localities.models import Locality

MOST_STEPS = 20  # of a chain that is followed; no country has more levels


class ForwardingRefused(FieldRefused):
    """It cannot be sent on, taken up or answered so. `field` is the form field of the message."""


def higher_committees(committee: Committee) -> QuerySet[Committee]:
    """Where it may send a decision: the committee that it reports to, and those at the places above it
    or of the whole region, in the same country."""
    above = Locality.objects.get_ancestors(committee.locality).values_list("pk", flat=True)
    found = Committee.objects.working().filter(locality__country=committee.locality.country_id)
    return found.filter(Q(pk=committee.reports_to_id) | Q(locality__in=list(above))).exclude(pk=committee.pk)


def origin_of(decision: Decision) -> list[Forwarding]:
    """How the matter came to the committee of `decision`, the first sending first."""
    chain: list[Forwarding] = []
    item = decision.item
    while item is not None and item.came_from_id and len(chain) < MOST_STEPS:
        sent = Forwarding.objects.select_related(
            "decision__meeting__committee__locality", "decision__item", "to__locality"
        ).get(pk=item.came_from_id)
        chain.insert(0, sent)
        item = sent.decision.item
    return chain


@transaction.atomic
def send_on(decision: Decision, *, to: Committee, note: str = "", on: datetime.date, by: User) -> Forwarding:
    """Ask a higher committee to deal with what was decided. Its secretary is told."""
    Decision.objects.select_for_update(of=["self"]).get(pk=decision.pk)
    sender = decision.meeting.committee
    if decision.result == DecisionResult.REJECTED:
        raise ForwardingRefused(None, gettext("What was rejected cannot be sent on."))
    if not to.is_working:
        raise ForwardingRefused("to", gettext("This committee does not work: nobody would answer."))
    been = {sender.pk} | {sent.decision.meeting.committee_id for sent in origin_of(decision)}
    if to.pk in been:
        raise ForwardingRefused(
            "to",
            gettext(
                "The matter comes from this committee. It is answered by the decision that you record, not "
                "by sending it back."
            ),
        )
    if decision.forwardings.filter(to=to).exists():
        raise ForwardingRefused("to", gettext("It was sent to this committee already."))
    sent = Forwarding.objects.create(
        decision=decision, to=to, note=note, sent_on=on, sent_by=by, is_demo=decision.is_demo
    )
    record(by, "sent decision on", decision, forwarding=sent.code, to=to.code)
    _tell(to, sent, gettext("%(committee)s sent you a decision.") % {"committee": sender}, "sent", by=by)
    return sent


@transaction.atomic
def take_up(forwarding: Forwarding, *, meeting: Meeting, by: User) -> AgendaItem:
    """Put it on the agenda of a planned meeting of the committee that received it."""
    refuse_if_closed(meeting)
    sent = _held(forwarding)
    if meeting.committee_id != sent.to_id or not meeting.is_planned:
        raise ForwardingRefused("meeting", gettext("Choose a planned meeting of your committee."))
    if not can_be_taken_up(sent):
        raise ForwardingRefused(None, gettext("Somebody dealt with it meanwhile."))
    AgendaItem.objects.filter(came_from=sent).update(came_from=None)  # of a meeting that was cancelled
    last = meeting.agenda.aggregate(last=Max("order"))["last"]
    item = AgendaItem.objects.create(
        meeting=meeting,
        order=0 if last is None else last + 1,
        title=_title_of(sent),
        kind=AgendaKind.DECISION,
        text=_shortened("\n\n".join(filter(None, [sent.decision.text, sent.note])), 3000),
        came_from=sent,
        is_demo=meeting.is_demo,
        updated_by=by,
    )
    sent.state = ForwardingState.ON_AGENDA
    sent.save(update_fields=["state"])
    record(by, "took up forwarding", sent, meeting=meeting.code, item=item.code)
    return item


def _title_of(sent: Forwarding) -> str:
    """The titles of an agenda are read by everybody who sees the committee, a draft by its own side only:
    until the sender's minutes are approved the title says where it comes from, and the text what it is."""
    decided_at = sent.decision.meeting
    if decided_at.is_closed:
        return _shortened(sent.decision.text, 200)
    words = gettext("A decision that %(committee)s sent on %(day)s")
    words %= {"committee": decided_at.committee, "day": date_format(sent.sent_on)}
    return _shortened(words, 200)


@transaction.atomic
def send_back(forwarding: Forwarding, *, answer: str, on: datetime.date, by: User) -> Forwarding:
    """Not taken up, with the reason. The sender is told."""
    sent = _held(forwarding)
    if not can_be_taken_up(sent):
        raise ForwardingRefused(None, gettext("Somebody dealt with it meanwhile."))
    if not answer.strip():
        raise ForwardingRefused("answer", gettext("Say why it is sent back."))
    sent.state, sent.answer, sent.answered_on = ForwardingState.DECLINED, answer.strip(), on
    sent.save(update_fields=["state", "answer", "answered_on"])
    record(by, "sent forwarding back", sent)
    sender = sent.decision.meeting.committee
    words = gettext("%(committee)s sent a decision back to you, with an answer.") % {"committee": sent.to}
    _tell(sender, sent, words, "declined", by=by)
    return sent


def wait_again(forwarding: Forwarding, *, by: User) -> None:
    """It went back because the committee was dissolved, and the committee is reopened. The sender is told."""
    sent = _held(forwarding)
    if sent.state != ForwardingState.DECLINED:
        return
    sent.state, sent.answer, sent.answered_on = ForwardingState.WAITING, "", None
    sent.save(update_fields=["state", "answer", "answered_on"])
    record(by, "forwarding waits again", sent)
    words = gettext("%(committee)s was reopened: the decision that you sent waits there again.")
    _tell(sent.decision.meeting.committee, sent, words % {"committee": sent.to}, "waits", by=by)


def can_be_taken_up(forwarding: Forwarding) -> bool:
    """It waits, or the point that took it up is gone: removed, or its meeting was cancelled."""
    if forwarding.state == ForwardingState.WAITING:
        return True
    if forwarding.state != ForwardingState.ON_AGENDA:
        return False
    item = AgendaItem.objects.filter(came_from=forwarding).select_related("meeting").first()
    return item is None or item.meeting.state == MeetingState.CANCELLED


def settle_forwarding(item: AgendaItem, *, by: User) -> None:
    """What was sent is answered once the point that took it up has a decision; what is put off waits."""
    if item.came_from_id is None:
        return
    sent = (
        Forwarding.objects.select_for_update(of=["self"])
        .select_related("to", "decision__meeting__committee__locality")
        .get(pk=item.came_from_id)
    )
    last = item.decisions.exclude(result=DecisionResult.DEFERRED).select_related("meeting").last()
    state = ForwardingState.ANSWERED if last else ForwardingState.ON_AGENDA
    if sent.state == state:
        return
    sent.state, sent.answered_on = state, last.meeting.day if last else None
    sent.save(update_fields=["state", "answered_on"])
    if last:
        record(by, "answered forwarding", sent, decision=last.code)
        words = gettext("%(committee)s decided on what you sent it.") % {"committee": sent.to}
        _tell(sent.decision.meeting.committee, sent, words, "answered", by=by)


def _held(forwarding: Forwarding) -> Forwarding:
    rows = Forwarding.objects.select_for_update(of=["self"])
    return rows.select_related("to", "decision__meeting__committee__locality").get(pk=forwarding.pk)


def _tell(committee: Committee, sent: Forwarding, words: str, what: str, *, by: User) -> None:
    """The accounts that keep its papers; where there is none yet, the country's coordinators."""
    told = secretaries_of(committee) or coordinators_of(committee)
    notify(
        [user for user in told if user != by],
        kind=NoticeKind.DECISION,
        text=words,
        subject=sent.code,
        address=reverse("forwarding_detail", args=[sent.code]),
        key=f"forwarding-{what}:{sent.code}:{committee.code}",
    )


def _shortened(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
