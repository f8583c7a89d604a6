"""The end of a meeting's papers: once the minutes are approved, nothing of the meeting changes any more."""

from django.utils.translation import gettext

from committees.models import Meeting
from core.refusals import FieldRefused


class MeetingClosed(FieldRefused):
    """The minutes are approved: attendance, agenda, decisions, votes and minutes stand as they are."""

    def __init__(self) -> None:
        super().__init__(
            None,
            gettext(
                "The minutes of this meeting are approved: they stand as they are. What has to be put right "
                "is decided at the next meeting."
            ),
        )


def refuse_if_closed(meeting: Meeting) -> None:
    """Ask the database, under lock: somebody may approve the minutes at this very moment.

    Called first, inside the transaction that writes."""
    standing = Meeting.objects.select_for_update().only("pk", "minutes_state").get(pk=meeting.pk)
    if standing.is_closed:
        raise MeetingClosed
