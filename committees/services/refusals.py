"""Why something about a meeting cannot be as asked for."""

from core.refusals import FieldRefused


class MeetingRefused(FieldRefused):
    """The meeting cannot be so, or cannot be changed any more."""


class SecondMeetingThatDay(MeetingRefused):
    """The committee meets on that day already: most often one meeting, typed in twice."""

    def __init__(self, message: str) -> None:
        super().__init__("day", message)
