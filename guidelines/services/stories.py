"""Impact stories are written, published and withdrawn."""

import datetime

from django.db import transaction
from django.utils.translation import gettext

from accounts.models import User, record
from core.conflicts import save_unless_changed
from guidelines.models import ImpactStory, StoryState
from guidelines.stories import missing, needs_safety_reason


class StoryNotReady(Exception):
    """What has to be there before the story may be told; `fields` has it by field."""

    def __init__(self, fields: dict[str, str]) -> None:
        super().__init__(" ".join(fields.values()))
        self.fields = fields


class NotInThisState(Exception):
    """Published already, or not published."""


@transaction.atomic
def add_story(story: ImpactStory, *, by: User) -> ImpactStory:
    story.updated_by = by
    story.save()
    record(by, "wrote story", story, locality=story.locality.code)
    return story


@transaction.atomic
def save_story(story: ImpactStory, *, opened_version: int, by: User) -> ImpactStory:
    """Raises EditConflict when somebody saved it meanwhile, StoryNotReady when a story that is told would
    lose what it is told on."""
    if story.state == StoryState.PUBLISHED and (lacking := missing(story)):
        raise StoryNotReady(lacking)
    save_unless_changed(story, opened_version=opened_version, by=by)
    record(by, "changed story", story)
    return story


@transaction.atomic
def publish_story(story: ImpactStory, *, safety_reason: str, today: datetime.date, by: User) -> ImpactStory:
    """Tell it to whoever reads the country's guidelines (F15). Raises StoryNotReady."""
    row = _held(story)
    if row.state == StoryState.PUBLISHED:
        raise NotInThisState(gettext("The story is published already."))
    lacking = missing(row)
    if not safety_reason.strip() and needs_safety_reason(row.locality, today=today):
        lacking["safety_reason"] = gettext(
            "A workshop at high risk takes place there, or did less than two weeks ago. "
            "Say why the story may be told now, or wait."
        )
    if lacking:
        raise StoryNotReady(lacking)
    row.state, row.safety_reason, row.withdrawn_reason = StoryState.PUBLISHED, safety_reason.strip(), ""
    save_unless_changed(row, opened_version=row.row_version, by=by)
    record(by, "published story", row)
    return row


@transaction.atomic
def withdraw_story(story: ImpactStory, *, reason: str, by: User) -> ImpactStory:
    """Blocks that follow the data no longer show it; what was frozen or printed keeps it."""
    row = _held(story)
    if row.state != StoryState.PUBLISHED:
        raise NotInThisState(gettext("The story is not published."))
    row.state, row.withdrawn_reason = StoryState.WITHDRAWN, reason.strip()
    save_unless_changed(row, opened_version=row.row_version, by=by)
    record(by, "withdrew story", row)
    return row


def _held(story: ImpactStory) -> ImpactStory:
    return (
        ImpactStory.objects.select_for_update(of=("self",))
        .select_related("locality__country")
        .get(pk=story.pk)
    )
