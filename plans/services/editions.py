"""Freezing a plan as an edition: read and printed the same years later."""

import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from plans.document import digest_of, document_of
from plans.models import Edition, LocalActionPlan
from plans.services.holding import held


class ActReference(NamedTuple):
    """The act that a text rests on: which body, what kind, its number, the day."""

    body: str
    kind: str
    number: str
    on: datetime.date


def freeze(plan: LocalActionPlan, act: ActReference, *, by: User | None, reason: str = "") -> Edition:
    """The plan as it stands becomes its next edition. Call while the plan's row is held."""
    content = document_of(plan)
    return Edition.objects.create(
        plan=plan,
        number=(plan.editions.aggregate(last=Max("number"))["last"] or 0) + 1,
        reason=reason,
        body=act.body,
        act_kind=act.kind,
        act=act.number,
        adopted_on=act.on,
        content=content,
        digest=digest_of(content),
        by=by,
        is_demo=plan.is_demo,
    )


def freeze_missing() -> int:
    """Edition 1 of each plan that was adopted before there were editions, as it stands. How many."""
    without = LocalActionPlan.objects.ever_adopted().filter(editions=None)
    return sum(_freeze_held(plan) for plan in without)


@transaction.atomic
def _freeze_held(plan: LocalActionPlan) -> bool:
    return freeze_first(held(plan))


def freeze_first(row: LocalActionPlan) -> bool:
    """Edition 1 of a plan that is held, by the act that it was adopted with. False when it has one."""
    if row.editions.exists() or row.adopted_on is None:
        return False
    freeze(row, ActReference(row.adopting_body, row.act_kind, row.adopting_act, row.adopted_on), by=None)
    return True


def last_edition(plan: LocalActionPlan) -> Edition | None:
    """What holds, and what the public sees."""
    return plan.editions.order_by("-number").first()
