"""The six answers on functioning: kept encrypted, and to be deleted while what was derived stays (F85)."""

import json

from django.db import transaction
from django.utils import timezone

from accounts.models import User, record
from people.functioning import derived
from workshops.models import Participation
from workshops.services.refusals import RegistrationClosed, RegistrationGone


def answers_of(participation: Participation) -> dict[str, str]:
    return json.loads(participation.functioning) if participation.functioning else {}


@transaction.atomic
def write_functioning(participation: Participation, *, answers: dict[str, str], by: User) -> Participation:
    """Keep the answers that were given and what follows from them. The audit knows only that it was asked."""
    workshop = participation.workshop
    if not workshop.accepts_registrations:
        raise RegistrationClosed(workshop)
    given = {question: answer for question, answer in answers.items() if answer}
    if not given and not participation.functioning:
        return participation  # nothing was asked, or the answers are deleted already: what was derived stays
    _keep(participation, functioning=json.dumps(given) if given else "", disability=derived(given))
    record(by, "asked about functioning", participation.person, workshop=workshop.code)
    return participation


@transaction.atomic
def delete_answers(participation: Participation, *, by: User) -> None:
    """The six answers go; the one word that was derived from them stays."""
    _keep(participation, functioning="")
    record(by, "deleted answers", participation.person, workshop=participation.workshop.code)


def _keep(participation: Participation, **values: str) -> None:
    row = Participation.objects.filter(pk=participation.pk)
    if not row.update(**values, updated_at=timezone.now()):
        raise RegistrationGone
    for name, value in values.items():
        setattr(participation, name, value)
