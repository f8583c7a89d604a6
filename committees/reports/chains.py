"""The way of a matter from committee to committee: who decided what, sent it where, and what came back."""

import datetime
from dataclasses import dataclass, field, replace
from typing import Any, Self

from django.utils.translation import gettext

from committees.models import Committee, Decision, DecisionResult, Forwarding, ForwardingState
from committees.services.forwarding import MOST_STEPS, origin_of


@dataclass(frozen=True)
class Step:
    """One committee's part: its decision, and where it sent it. Of the text only; the minutes of another
    committee are not shown."""

    committee: str
    locality: str
    text: str
    result: str
    result_tone: str
    decided_on: datetime.date | None
    address: str  # "" where the reader may not open the decision
    sent_to: str = ""
    sent_on: datetime.date | None = None
    note: str = ""
    state: str = ""
    tone: str = ""
    answer: str = ""
    answered_on: datetime.date | None = None
    forwarding: str = ""  # code
    is_this: bool = False


@dataclass(frozen=True)
class Chain:
    """From the first committee on, in order."""

    steps: list[Step] = field(default_factory=list)

    @classmethod
    def from_forwarding(cls, forwarding: Forwarding, user: Any) -> Self:
        before = origin_of(forwarding.decision)
        after = _onward(forwarding)
        sent = [*before, forwarding, *after]
        last = _answer_of(sent[-1])
        return cls(_steps(sent, last, user, this=forwarding))

    @classmethod
    def from_decision(cls, decision: Decision, user: Any) -> Self:
        """How it came here; empty where it began here."""
        before = origin_of(decision)
        return cls(_steps(before, decision, user, this=None) if before else [])

    @property
    def committees(self) -> int:
        return len(self.steps)


def _steps(
    sent: list[Forwarding], last: Decision | None, user: Any, *, this: Forwarding | None
) -> list[Step]:
    decisions = [each.decision for each in sent] + ([last] if last else [])
    ends = Forwarding.objects.filter(pk__in=[each.pk for each in sent])
    has_part = ends.filter(Forwarding.objects.with_part(user)).exists()
    seen = set(
        Decision.objects.visible_to(user)
        .filter(pk__in=[each.pk for each in decisions])
        .values_list("pk", flat=True)
    )
    steps = [
        _step(each.decision, seen, each, is_this=this is not None and each.pk == this.pk) for each in sent
    ]
    if last:
        steps.append(_step(last, seen))
    if has_part:
        return steps
    # Who has no part in it reads what is approved, as on the page of a decision.
    drafts = {each.pk for each in decisions if not each.meeting.is_closed} - seen
    return [
        replace(step, text=gettext("Its minutes are not approved yet."), note="", result="", result_tone="")
        if decision.pk in drafts
        else step
        for decision, step in zip(decisions, steps, strict=True)
    ]


def _step(
    decision: Decision, seen: set[int], sent: Forwarding | None = None, *, is_this: bool = False
) -> Step:
    committee: Committee = decision.meeting.committee
    step = Step(
        committee=str(committee),
        locality=str(committee.locality),
        text=decision.text,
        result=str(decision.get_result_display()),
        result_tone=decision.result_tone,
        decided_on=decision.meeting.day,
        address=decision.get_absolute_url() if decision.pk in seen else "",
    )
    if sent is None:
        return step
    return Step(
        **{
            **step.__dict__,
            "sent_to": str(sent.to),
            "sent_on": sent.sent_on,
            "note": sent.note,
            "state": str(sent.get_state_display()),
            "tone": sent.tone,
            "answer": sent.answer,
            "answered_on": sent.answered_on,
            "forwarding": sent.code,
            "is_this": is_this,
        }
    )


def _answer_of(sent: Forwarding) -> Decision | None:
    """The decision that answered it, while nobody sent that on."""
    if sent.state != ForwardingState.ANSWERED:
        return None
    found = Decision.objects.filter(item__came_from=sent).exclude(result=DecisionResult.DEFERRED)
    return found.select_related("meeting__committee__locality").last()


def _onward(forwarding: Forwarding) -> list[Forwarding]:
    """What became of it further up: each sending of the decision that answered the one before."""
    found: list[Forwarding] = []
    current = forwarding
    while len(found) < MOST_STEPS:
        following = (
            Forwarding.objects.filter(decision__item__came_from=current).for_list().order_by("pk").last()
        )
        if following is None:
            break
        found.append(following)
        current = following
    return found
