"""Launching: the text is frozen as the next edition, for ever, and its file is asked for at once."""

import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from accounts.models import User
from guidelines.document import digest_of, document_of
from guidelines.edition_numbers import next_edition_number
from guidelines.gates import Missing, missing_for_launch, refuse_unless_ready
from guidelines.models import Edition, Guidelines, GuidelinesState, Picture
from guidelines.papers.problems import paper_problems
from guidelines.services.holding import held
from guidelines.services.library import add_edition
from guidelines.services.moving import held_for, moved
from guidelines.services.papers import request_export
from guidelines.states import SIGNING_STATES

S = GuidelinesState


@transaction.atomic
def publish(
    guidelines: Guidelines,
    *,
    on: datetime.date,
    by: User | None,
    reason: str = "",
    today: datetime.date | None = None,
) -> Edition:
    """The guidelines as they stand become edition n, launched on that day. Raises NotReady, naming who has
    not signed or what cannot be printed, and MoveRefused when they are not endorsed: of two at once the
    second finds them launched."""
    today = today or timezone.localdate()
    row = held(guidelines)
    if row.state in SIGNING_STATES:  # else the state itself is the reason, which is said below
        refuse_unless_ready(missing_for_launch(row, today))
    row = held_for(guidelines, S.LAUNCHED, of=frozenset({S.ENDORSED}))
    content = document_of(row, today=today)
    pictures = list(row.pictures.filter(code__in=content["pictures"]))
    refuse_unless_ready(_unprintable(row, content, pictures))
    edition = Edition.objects.create(
        guidelines=row,
        number=next_edition_number(row),
        launched_on=on,
        reason=reason,
        content=content,
        digest=digest_of(content),
        by=by,
        is_demo=row.is_demo,
    )
    edition.pictures.set(pictures)
    moved(row, S.LAUNCHED, by=by, verb="launched guidelines", on=on, reason=reason, edition=edition.number)
    add_edition(edition, by=by)
    request_export(row, edition=edition, by=by, today=today)
    return edition


def _unprintable(row: Guidelines, content: dict[str, Any], pictures: list[Picture]) -> list[Missing]:
    """What is frozen is printed and public for ever: nothing broken in it, and nobody shown who did not
    agree (F36)."""
    found = [Missing(problem.words, row.get_absolute_url()) for problem in paper_problems(content)]
    for picture in pictures:
        if picture.shows_people and not picture.consent:
            said = gettext("People can be recognised in the picture “%(words)s”: say how they agreed.")
            found.append(Missing(said % {"words": picture.alt}, picture.get_absolute_url()))
    return found
