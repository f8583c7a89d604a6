"""Validation rounds: the plan is read and commented on, positions stand behind it (F45)."""

import datetime

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from accounts.models import User, record
from core.refusals import FieldRefused
from plans.models import Comment, CommentState, Endorsement, LocalActionPlan, ValidationRound
from plans.services.holding import held, position_typed
from plans.services.moving import not_in_future
from plans.services.refusals import DateRefused, GateClosed, MoveRefused
from plans.states import PlanState


def open_round(row: LocalActionPlan, *, closes_on: datetime.date | None, asked: str) -> ValidationRound:
    """The next round of a plan that is held."""
    return ValidationRound.objects.create(
        plan=row,
        number=(row.rounds.aggregate(last=Max("number"))["last"] or 0) + 1,
        opened_on=timezone.localdate(),
        closes_on=closes_on,
        asked=asked,
        is_demo=row.is_demo,
    )


def close_round(row: LocalActionPlan) -> None:
    """The round ends with the state that it belongs to: endorsed, returned or withdrawn."""
    row.rounds.filter(closed_on=None).update(closed_on=timezone.localdate(), updated_at=timezone.now())


def all_answered(row: LocalActionPlan) -> None:
    """Every comment of a round is accepted or declined before the committee stands behind the plan.
    Raises GateClosed."""
    waiting = Comment.objects.filter(plan=row, round__isnull=False).open().count()
    if waiting:
        raise GateClosed(
            ngettext(
                "%(number)d comment is neither accepted nor declined yet.",
                "%(number)d comments are neither accepted nor declined yet.",
                waiting,
            )
            % {"number": waiting},
            page="plan_comments",
            link=gettext("To the comments"),
        )


def wordings_left_out(row: LocalActionPlan) -> int:
    """Suggested wordings that were accepted in the open round. The texts were closed then, so that the
    text to be endorsed does not have them."""
    accepted = Comment.objects.threads().filter(plan=row, round__closed_on=None, state=CommentState.ACCEPTED)
    return accepted.exclude(round=None).exclude(suggestion="").count()


@transaction.atomic
def add_endorsement(
    plan: LocalActionPlan, *, title: str, organization: str, on: datetime.date, note: str, by: User
) -> Endorsement:
    """A position stands behind the draft of this round. Raises MoveRefused, FieldRefused."""
    row = held(plan)
    current = _current_round(row)
    not_in_future("on", on)
    if on < current.opened_on:
        raise DateRefused(
            "on",
            gettext("This round began on %(day)s, after this day. What was endorsed before was another text.")
            % {"day": date_format(current.opened_on)},
        )
    position = position_typed(row, title, organization)
    if position is None or current.endorsements.filter(position=position).exists():
        raise FieldRefused("position_title", gettext("This position has endorsed the plan in this round."))
    endorsement = Endorsement.objects.create(
        round=current, position=position, on=on, note=note, is_demo=row.is_demo
    )
    record(by, "recorded endorser", row, position=position.code, round=current.number)
    return endorsement


@transaction.atomic
def remove_endorsement(endorsement: Endorsement, *, by: User) -> None:
    """Take back what was recorded by mistake, while the round is open. Raises MoveRefused."""
    row = held(endorsement.round.plan)
    current = _current_round(row)
    if current.pk != endorsement.round_id:
        raise MoveRefused(row)
    record(by, "removed endorser", row, position=endorsement.position.code, round=current.number)
    endorsement.delete()


def _current_round(row: LocalActionPlan) -> ValidationRound:
    """The open round, opened now for a plan that was submitted before there were rounds."""
    if row.state != PlanState.VALIDATION:
        raise MoveRefused(row)
    return row.rounds.filter(closed_on=None).first() or open_round(row, closes_on=None, asked="")
