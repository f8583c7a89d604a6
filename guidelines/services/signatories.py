"""Which institutions have to endorse the guidelines of a country: named, changed, ended."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import save_unless_changed
from core.refusals import FieldRefused
from guidelines.models import Guidelines, Signatory
from guidelines.services.holding import held_country
from guidelines.services.moving import settle_endorsement
from guidelines.states import SIGNING_STATES
from localities.models import Country
from people.names import text_key


@transaction.atomic
def add_signatory(signatory: Signatory, *, by: User) -> Signatory:
    """The guidelines that are being signed need this institution, too."""
    country = held_country(signatory.country)
    _refuse_twice(signatory)
    last = Signatory.objects.filter(country=country).aggregate(last=Max("order"))["last"] or 0
    signatory.order = last + 1
    with _once_a_reason():
        signatory.save()
    record(by, "named signatory", signatory, country=country.code)
    settle_country(country, by=by)
    return signatory


@transaction.atomic
def change_signatory(signatory: Signatory, *, opened_version: int, by: User) -> Signatory:
    """Another name for the same institution, or another reason why it signs: what it signed stays so. Raises
    FieldRefused, or EditConflict when somebody changed or ended it meanwhile."""
    country = held_country(signatory.country)
    _refuse_twice(signatory)
    with _once_a_reason():
        save_unless_changed(signatory, opened_version=opened_version, by=by)
    record(by, "changed signatory", signatory, country=country.code)
    return signatory


def _refuse_twice(signatory: Signatory) -> None:
    others = Signatory.objects.filter(country=signatory.country_id).required().exclude(pk=signatory.pk)
    if any(text_key(row.institution) == text_key(signatory.institution) for row in others):
        raise FieldRefused("institution", gettext("This institution is on the list already."))


@contextmanager
def _once_a_reason() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        said = gettext("Another institution signs for this reason already. End that one first, or change it.")
        raise FieldRefused("role", said) from None


@transaction.atomic
def end_signatory(
    signatory: Signatory, *, on: datetime.date, reason: str, today: datetime.date, by: User
) -> Signatory:
    """It signs nothing any more from that day; what it signed stays."""
    if on > today:
        raise FieldRefused("on", gettext("This day has not come yet."))
    country = held_country(signatory.country)
    row = Signatory.objects.get(pk=signatory.pk)
    if row.ended_on is None:
        row.ended_on = on
        save_unless_changed(row, opened_version=row.row_version, by=by)
        record(by, "ended signatory", row, country=country.code, reason=reason)  # asked for without names
        settle_country(country, by=by)
    return row


def settle_country(country: Country, *, by: User) -> None:
    """Whoever waits for signatures may have all of them now, or not any more."""
    for guidelines in Guidelines.objects.filter(country=country, state__in=SIGNING_STATES).order_by("pk"):
        settle_endorsement(guidelines, by=by)
