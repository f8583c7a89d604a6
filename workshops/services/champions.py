"""Champions: who carries Localization on, and how far they are on their way (F30)."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import User, record
from localities.models import Locality
from workshops.champion_states import AFTER_TRAINING, may_become
from workshops.models import Champion, ChampionState, Participation, Workshop
from workshops.services.refusals import WorkshopRefusal
from workshops.states import WorkshopKind


class ChampionRefused(WorkshopRefusal):
    """Not possible now. `field` is where the form shows the reason."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


def name_champion(
    participation: Participation, *, area: Locality, note: str, today: datetime.date, by: User
) -> Champion:
    """A participant becomes a champion. Once a person: known already, the first naming stands."""
    workshop = participation.workshop
    try:
        with transaction.atomic():
            champion = Champion.objects.create(
                person=participation.person,
                workshop=workshop,
                locality=area,
                since=today,
                note=note,
                is_demo=workshop.is_demo,
            )
            record(by, "named champion", participation.person, workshop=workshop.code)
    except IntegrityError:
        raise ChampionRefused("person", _("This person is a champion already.")) from None
    return champion


def trainings_of(champion: Champion) -> list[Workshop]:
    """The trainings of trainers that took place and in which the champion is registered."""
    held = Workshop.objects.held().filter(kind=WorkshopKind.TRAINING_OF_TRAINERS)
    return list(held.filter(participations__person=champion.person_id).distinct().order_by("-starts_on"))


def guide_champion(
    champion: Champion,
    *,
    to: ChampionState,
    area: Locality,
    note: str,
    today: datetime.date,
    by: User,
    trained_at: Workshop | None = None,
) -> Champion:
    """Take a champion a step further, or correct area and note. Trained needs the training itself."""
    with transaction.atomic():
        row = Champion.objects.select_for_update().select_related("person").get(pk=champion.pk)
        was = ChampionState(row.state)
        if to != was and not may_become(was, to):
            raise ChampionRefused(
                "state",
                _("This champion is “%(state)s” now: that step is not possible.")
                % {"state": row.get_state_display()},
            )
        if to in AFTER_TRAINING:
            row.trained_at = _training(row, trained_at)
        row.locality, row.note = area, note
        if to != was:
            row.state, row.since = to, today
            record(by, "guided champion", row.person, was=str(was), now=str(to))
        row.save()
    return row


def _training(champion: Champion, chosen: Workshop | None) -> Workshop:
    """The training that made a trainer: the chosen one, the one known, or the latest."""
    known = trainings_of(champion)
    if chosen is not None and chosen in known:
        return chosen
    if chosen is None and champion.trained_at in known and champion.trained_at:
        return champion.trained_at
    if chosen is None and known:
        return known[0]
    raise ChampionRefused(
        "state",
        _(
            "Trained means: registered in a training of trainers that has been held. "
            "None is known of this person."
        ),
    )


def no_champion(champion: Champion, *, by: User) -> None:
    """The naming was a mistake: the person stays registered, and is no champion."""
    with transaction.atomic():
        record(by, "removed champion", champion.person, workshop=champion.workshop.code)
        champion.delete()
