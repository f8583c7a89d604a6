"""Steps of guidelines from state to state: each holds the row, looks at what is missing, is remembered."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User, record
from core.refusals import FieldRefused
from guidelines.document import document_of
from guidelines.edition_numbers import last_edition_number, next_edition_number
from guidelines.gates import (
    Missing,
    address,
    current_tests,
    missing_for_roll_out,
    missing_for_test,
    missing_for_validation,
    refuse_unless_ready,
)
from guidelines.models import Guidelines, GuidelinesMove, GuidelinesState, ValidatedDocument
from guidelines.services.field_tests import tell_committees
from guidelines.services.holding import held
from guidelines.services.news import tell_of_retirement
from guidelines.signatories import Signatures
from guidelines.states import OUT_STATES, RETURNABLE_STATES, SIGNING_STATES, may_move
from guidelines.taking_back import departures

S = GuidelinesState
LONGEST_WITHDRAWAL = 500


class MoveRefused(Exception):
    """The guidelines cannot go there from where they are: somebody else was faster, as a rule."""

    def __init__(self, guidelines: Guidelines) -> None:
        said = gettext("This step does not fit any more: the guidelines are in the state “%(state)s”.")
        super().__init__(said % {"state": guidelines.get_state_display()})


def held_for(guidelines: Guidelines, now: S, *, of: frozenset[S] = frozenset(S)) -> Guidelines:
    """The row, held, if it is in one `of` these states and may go `now` to that one. Raises MoveRefused."""
    row = held(guidelines)
    if row.state not in of or not may_move(row.state, now):
        raise MoveRefused(row)
    return row


def moved(
    row: Guidelines,
    now: S,
    *,
    by: User | None,
    verb: str,
    on: datetime.date | None = None,
    reason: str = "",
    **detail: Any,
) -> Guidelines:
    """Write the new state of a held row, and remember the step. A form opened before is out of date then."""
    was, row.state, row.updated_by = row.state, now.value, by
    row.row_version += 1
    row.save()
    GuidelinesMove.objects.create(
        guidelines=row,
        was=was,
        now=now.value,
        on=on or timezone.localdate(),
        reason=reason,
        by=by,
        is_demo=row.is_demo,
    )
    record(by, verb, row, was=str(was), now=now.value, **detail)
    return row


@transaction.atomic
def begin_field_test(guidelines: Guidelines, *, by: User) -> Guidelines:
    """The draft goes to the localities that are named: who works for their committees can read it."""
    row = held_for(guidelines, S.FIELD_TEST)
    refuse_unless_ready(missing_for_test(row))
    tell_committees(row, current_tests(row).filter(ends_on=None), but=by)
    return moved(row, S.FIELD_TEST, by=by, verb="began field test")


@transaction.atomic
def validate_guidelines(
    guidelines: Guidelines, *, reason: str, by: User, today: datetime.date | None = None
) -> Guidelines:
    """The text is closed with its data, to be endorsed as it is. `reason` is needed where no field test was
    held (F49)."""
    row = held_for(guidelines, S.VALIDATED, of=frozenset({S.DRAFTING, S.FIELD_TEST, S.REVISION}))
    refuse_unless_ready(missing_for_validation(row, today or timezone.localdate()))
    if not reason.strip() and not current_tests(row).exists():
        raise FieldRefused("reason", gettext("No field test was held: say why."))
    content = document_of(row, today=today or timezone.localdate())
    ValidatedDocument.objects.update_or_create(
        guidelines=row, defaults={"content": content, "is_demo": row.is_demo}
    )
    return moved(row, S.VALIDATED, by=by, verb="validated guidelines", reason=reason.strip(), on=today)


@transaction.atomic
def return_guidelines(guidelines: Guidelines, *, reason: str, by: User) -> Guidelines:
    """Back to be written; what was endorsed was another text, so the endorsements go with the return."""
    to = S.REVISION if last_edition_number(guidelines) else S.DRAFTING
    row = held_for(guidelines, to, of=RETURNABLE_STATES)
    standing = row.endorsements.filter(edition_number=next_edition_number(row), withdrawn_on=None)
    withdrawn = standing.update(
        withdrawn_on=timezone.localdate(), withdrawn_reason=reason.strip()[:LONGEST_WITHDRAWAL]
    )
    return moved(
        row, to, by=by, verb="returned guidelines", reason=reason.strip(), endorsements_withdrawn=withdrawn
    )


@transaction.atomic
def settle_endorsement(guidelines: Guidelines, *, by: User | None) -> Guidelines:
    """Endorsed as soon as every required signatory stands behind the text; validated again when one of them
    does not any more. To be called whenever endorsements or signatories change."""
    row = held(guidelines)
    if row.state not in SIGNING_STATES:
        return row
    wanted = S.ENDORSED if Signatures.of(row).all_given else S.VALIDATED
    if row.state == wanted:
        return row
    verb = "endorsed guidelines" if wanted == S.ENDORSED else "lost endorsement"
    return moved(row, wanted, by=by, verb=verb)


@transaction.atomic
def roll_out_guidelines(guidelines: Guidelines, *, by: User) -> Guidelines:
    row = held_for(guidelines, S.ROLLED_OUT, of=frozenset({S.LAUNCHED}))
    refuse_unless_ready(missing_for_roll_out(row))
    return moved(row, S.ROLLED_OUT, by=by, verb="rolled out guidelines")


@transaction.atomic
def revise_guidelines(guidelines: Guidelines, *, reason: str, by: User) -> Guidelines:
    """The text is opened again; the last edition is what holds until the next is launched."""
    row = held_for(guidelines, S.REVISION, of=OUT_STATES)
    return moved(row, S.REVISION, by=by, verb="began revision", reason=reason.strip())


@transaction.atomic
def drop_revision(guidelines: Guidelines, *, reason: str, by: User) -> Guidelines:
    """Back to where the guidelines stood. Only a text that is that of the last edition may be called
    launched: what was written since is taken back in its history first."""
    row = held(guidelines)
    to = state_before_revision(row)
    if row.state != S.REVISION or not may_move(row.state, to):
        raise MoveRefused(row)
    refuse_unless_ready(missing_for_drop(row))
    return moved(row, to, by=by, verb="dropped revision", reason=reason.strip())


def missing_for_drop(guidelines: Guidelines) -> list[Missing]:
    """Each section that is not as the last edition has it."""
    return [
        Missing(
            f"“{each.heading}”: {each.words}",
            address("section_history", guidelines.code, each.code),
            gettext("To its history"),
        )
        for each in departures(guidelines)
    ]


def state_before_revision(guidelines: Guidelines) -> S:
    """Launched or rolled out: where the revision that is open began."""
    begun = guidelines.moves.filter(now=S.REVISION, was__in=OUT_STATES).order_by("-at", "-pk").first()
    return S(begun.was) if begun else S.LAUNCHED


@transaction.atomic
def retire_guidelines(
    guidelines: Guidelines, *, reason: str, replaced_by: Guidelines | None, by: User
) -> Guidelines:
    """For good: nobody is to follow them any more. Editions stay to be read, and everybody reads there since
    when, why, and what replaces them."""
    row = held_for(guidelines, S.RETIRED)
    said = reason.strip()
    row.retired_on, row.retired_reason, row.replaced_by = timezone.localdate(), said, replaced_by
    detail: dict[str, Any] = {}
    if replaced_by is not None:
        replaced = gettext("Replaced by “%(title)s” (%(code)s).")
        said = f"{said} {replaced % {'title': replaced_by.title, 'code': replaced_by.code}}"
        detail["replaced_by"] = replaced_by.code
    moved(row, S.RETIRED, by=by, verb="retired guidelines", reason=said, **detail)
    tell_of_retirement(row, but=by)
    return row
