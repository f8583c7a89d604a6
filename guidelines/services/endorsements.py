"""Institutions stand behind the validated text, each by one of its positions, on a day (BR of domain.md §2.1:
institution, position, date; never a person)."""

import datetime
from dataclasses import dataclass

from django.db import DatabaseError, IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext

from accounts.models import User, record
from core.refusals import FieldRefused
from core.stored_files import encrypted, read_encrypted
from core.uploads import CheckedFile
from guidelines.edition_numbers import next_edition_number
from guidelines.models import Endorsement, Guidelines, GuidelinesState, Signatory
from guidelines.services.holding import held
from guidelines.services.moving import MoveRefused, settle_endorsement
from guidelines.states import SIGNING_STATES
from people.names import text_key


@dataclass(frozen=True)
class Signing:
    """Who signed what: a required signatory, or another institution by its name; its position; the day."""

    signatory: Signatory | None
    institution: str
    position: str
    on: datetime.date
    note: str = ""
    scan: CheckedFile | None = None


@transaction.atomic
def record_endorsement(
    guidelines: Guidelines, *, signing: Signing, by: User, today: datetime.date
) -> Endorsement:
    """The guidelines are endorsed as soon as the last required institution stands behind them. Raises
    MoveRefused when the text is not validated, FieldRefused for what cannot be recorded so."""
    row = held(guidelines)
    if row.state not in SIGNING_STATES:
        raise MoveRefused(row)
    _refuse_day(row, signing.on, today)
    institution = _institution(signing)
    endorsement = Endorsement(
        guidelines=row,
        edition_number=next_edition_number(row),
        signatory=signing.signatory or _signatory_called(row, institution),
        institution=institution,
        institution_key=text_key(institution)[:200],
        position=signing.position,
        on=signing.on,
        note=signing.note,
        recorded_by=by,
        is_demo=row.is_demo,
    )
    _refuse_twice(endorsement, field="signatory" if signing.signatory else "institution")
    _keep(endorsement, signing.scan, field="signatory" if signing.signatory else "institution")
    record(by, "recorded endorsement", row, endorsement=endorsement.code)
    settle_endorsement(row, by=by)
    return endorsement


def _institution(signing: Signing) -> str:
    if signing.signatory is None:
        return signing.institution
    if not signing.signatory.is_named:
        raise FieldRefused("signatory", gettext("Name this institution first, on the page of who signs."))
    return signing.signatory.institution


def _signatory_called(guidelines: Guidelines, institution: str) -> Signatory | None:
    """A required institution that was typed by its name signs as what it is."""
    required = Signatory.objects.filter(country=guidelines.country_id).required()
    key = text_key(institution)
    return next((row for row in required if row.is_named and text_key(row.institution) == key), None)


def _refuse_day(guidelines: Guidelines, on: datetime.date, today: datetime.date) -> None:
    if on > today:
        raise FieldRefused("on", gettext("This day has not come yet."))
    validated = validated_on(guidelines)
    if validated and on < validated:
        said = gettext("The text was validated on %(day)s: who signed before that signed another text.")
        raise FieldRefused("on", said % {"day": date_format(validated)})


def validated_on(guidelines: Guidelines) -> datetime.date | None:
    """The day from which the text is as it is endorsed. A return from endorsed to validated is none."""
    moves = guidelines.moves.filter(now=GuidelinesState.VALIDATED).exclude(was=GuidelinesState.ENDORSED)
    return moves.order_by("-at", "-pk").values_list("on", flat=True).first()


def _refuse_twice(endorsement: Endorsement, *, field: str) -> None:
    standing = Endorsement.objects.filter(
        guidelines=endorsement.guidelines, edition_number=endorsement.edition_number, withdrawn_on=None
    )
    same = standing.filter(institution_key=endorsement.institution_key)
    if endorsement.signatory:
        same = same | standing.filter(signatory=endorsement.signatory)
    if first := same.first():
        raise FieldRefused(field, _said_twice(first))


def _said_twice(first: Endorsement) -> str:
    said = gettext("%(institution)s has endorsed this text already, on %(day)s.")
    return said % {"institution": first.institution, "day": date_format(first.on)}


def _keep(endorsement: Endorsement, scan: CheckedFile | None, *, field: str) -> None:
    if scan is not None:
        endorsement.scan_name, endorsement.scan_type = scan.name, scan.content_type
        endorsement.scan_size = len(scan.content)
        endorsement.scan.save("", encrypted(scan.content), save=False)
    try:
        with transaction.atomic():
            endorsement.save()
    except DatabaseError as error:
        if scan is not None:
            endorsement.scan.delete(save=False)  # no file without a row that leads to it
        if isinstance(error, IntegrityError):
            said = gettext("%(institution)s has endorsed this text already.")
            raise FieldRefused(field, said % {"institution": endorsement.institution}) from None
        raise


def read_scan(endorsement: Endorsement) -> bytes:
    """What was handed in. Raises FileLost."""
    return read_encrypted(endorsement.scan)


@transaction.atomic
def withdraw_endorsement(
    endorsement: Endorsement, *, reason: str, by: User, today: datetime.date
) -> Endorsement:
    """It stays on record with the reason. The guidelines are validated, no more endorsed, when it was one
    of those that are needed. Raises MoveRefused once they are launched."""
    guidelines = held(endorsement.guidelines)
    row = Endorsement.objects.select_for_update(of=("self",)).get(pk=endorsement.pk)
    if guidelines.state not in SIGNING_STATES or row.withdrawn_on:
        raise MoveRefused(guidelines)
    row.withdrawn_on, row.withdrawn_reason = today, reason
    row.save()
    record(by, "withdrew endorsement", guidelines, endorsement=row.code)
    settle_endorsement(guidelines, by=by)
    return row
