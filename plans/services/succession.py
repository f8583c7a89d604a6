"""A new National Action Plan replaces the old: item by item, and then for the plans that follow it (BR18)."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import NoticeKind, User, record
from accounts.notices import notify
from core.refusals import FieldRefused
from frameworks.models import (
    Framework,
    LinkKind,
    LinkState,
    NapState,
    Provision,
    ProvisionLink,
)
from plans.models import Alignment, LocalActionPlan
from plans.services.alignments import item_changed, opened_item
from plans.services.holding import held_open, save_part
from plans.succession import last_successor, successors_on_offer
from plans.tracking import keep_revision


@dataclass(frozen=True)
class Continuation:
    """What was decided about one old item: the new one that it goes on as, or none although one was
    proposed."""

    item: Provision
    goes_on_as: Provision | None
    proposed: Provision | None = None
    score: int | None = None  # how alike the proposed one is


@transaction.atomic
def map_items(
    nap: Framework, decisions: Iterable[Continuation], *, left_open: Iterable[Provision], by: User
) -> int:
    """Keep what was decided about the items of `nap`; what was decided before about them is undone, also
    for those that are left open. Answers how many go on."""
    count = 0
    links = ProvisionLink.objects.filter(kind=LinkKind.CONTINUED_BY, lower__framework=nap)
    links.filter(lower__in=[item.pk for item in left_open]).delete()
    for decision in decisions:
        links.filter(lower=decision.item).exclude(upper=decision.goes_on_as).update(state=LinkState.DECLINED)
        upper = decision.goes_on_as or decision.proposed
        if upper is not None:
            ProvisionLink.objects.update_or_create(
                kind=LinkKind.CONTINUED_BY,
                lower=decision.item,
                upper=upper,
                defaults={
                    "state": LinkState.CONFIRMED if decision.goes_on_as else LinkState.DECLINED,
                    "score": decision.score if upper == decision.proposed else None,
                },
            )
        count += decision.goes_on_as is not None
    record(by, "mapped items", nap, continued=count)
    return count


@transaction.atomic
def replace_nap(nap: Framework, *, successor: Framework, on: datetime.date, by: User) -> Framework:
    """From that day the new plan stands in place of the old: nothing new can be aligned with the old.
    Plans that follow it keep it until their committees carry over what they serve."""
    row = Framework.objects.select_for_update().get(pk=nap.pk)
    if row.replaced_by_id:
        raise FieldRefused("successor", gettext("This plan is replaced already."))
    if successor not in successors_on_offer(row):
        raise FieldRefused(
            "successor", gettext("Only a later plan of the same country that is in force can replace it.")
        )
    row.replaced_by, row.replaced_on, row.state = successor, on, NapState.SUPERSEDED
    row.save(update_fields=["replaced_by", "replaced_on", "state"])
    record(by, "replaced National Action Plan", row, new=successor.code, on=on.isoformat())
    _tell_of_replacement(row, successor)
    return row


def _tell_of_replacement(nap: Framework, successor: Framework) -> None:
    """Everybody who works in the country hears of it: their plans point to the old one (F44)."""
    if nap.country_id is None:
        return
    notify(
        User.objects.working_in(nap.country_id),
        kind=NoticeKind.NAP,
        text=gettext("%(old)s is replaced by %(new)s: local plans that follow it can be carried over.")
        % {"old": nap.title[:110], "new": successor.title[:110]},
        subject=nap.code,
        address=reverse("framework_detail", args=[nap.code]),
        key=f"nap-replaced:{nap.code}",
    )


@transaction.atomic
def reanchor(
    plan: LocalActionPlan,
    *,
    carried: Mapping[Alignment, Provision],
    keep_old: bool,
    by: User,
) -> LocalActionPlan:
    """The plan follows the new National Action Plan: what is ticked is stated anew about its items, to
    be reviewed again. The old statements stay as they are, or go. Raises PlanClosed or FieldRefused."""
    row = held_open(plan)
    successor = last_successor(row.nap)
    if successor is None or row.nap is None:
        raise FieldRefused("carried", gettext("The National Action Plan of this plan is not replaced."))
    old = list(_statements(row, row.nap))
    for item in {each.item for each in old}:
        current = opened_item(item)
        own = [each for each in old if each.item == item]
        for alignment in own:
            if alignment in carried:
                _carry(alignment, carried[alignment], by=by)
        if not keep_old:
            Alignment.objects.filter(pk__in=[each.pk for each in own]).delete()
        if not keep_old or any(each in carried for each in own):
            item_changed(current, by=by)
    before, row.nap = row.nap, successor
    save_part(row, opened_version=row.row_version, by=by)
    keep_revision(row, by=by)
    record(by, "moved plan to the new National Action Plan", row, old=before.code, new=successor.code)
    return row


def _statements(plan: LocalActionPlan, nap: Framework) -> Iterable[Alignment]:
    stated = Alignment.objects.of_plan(plan).filter(provision__framework=nap)
    return stated.select_related("objective", "activity", "provision")


def _carry(alignment: Alignment, provision: Provision, *, by: User) -> None:
    Alignment.objects.get_or_create(
        objective=alignment.objective,
        activity=alignment.activity,
        provision=provision,
        defaults={
            "strength": alignment.strength,
            "justification": alignment.justification,
            "stated_by": by,
            "is_demo": alignment.is_demo,
        },
    )
