"""Meetings as calendar files (RFC 5545): for the calendar of a telephone, without any person's name."""

import datetime
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import get_language, gettext

from committees.models import Meeting, MeetingState

USUAL_LENGTH = datetime.timedelta(hours=2)  # where neither the end nor the length of the points is known
REMINDED_BEFORE = datetime.timedelta(days=1)
CONTENT_TYPE = "text/calendar; charset=utf-8"


def calendar_file(meetings: Iterable[Meeting], *, site: str, with_places: bool) -> bytes:
    """These meetings with their agenda prefetched; `site` is the address of the portal. The places only
    for who may read the committee's drafts."""
    from icalendar import Calendar  # large: only who fetches an invitation waits for it

    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", f"-//{_host()}//{gettext('Localization portal')}//{get_language().upper()}")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for meeting in meetings:
        calendar.add_component(_event(meeting, site=site, with_place=with_places))
    return calendar.to_ical()


def _event(meeting: Meeting, *, site: str, with_place: bool) -> Any:
    from icalendar import Event

    event = Event()
    # Stable over all changes, so that a calendar replaces what it holds.
    event.add("uid", f"{meeting.code}@{_host()}")
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.updated_at.astimezone(datetime.UTC))
    event.add("summary", f"{meeting}: {meeting.committee}")
    _add_time(event, meeting)
    if with_place and meeting.place:
        event.add("location", meeting.place)
    address = site.rstrip("/") + meeting.get_absolute_url()
    event.add("description", _description(meeting, address))
    event.add("url", address)
    event.add("class", "CONFIDENTIAL")
    if meeting.state == MeetingState.CANCELLED:
        event.add("status", "CANCELLED")
    else:
        event.add("status", "CONFIRMED")
        event.add_component(_reminder(meeting))
    return event


def _add_time(event: Any, meeting: Meeting) -> None:
    """A whole day where no hour is known. Hours without a zone ("floating"): nine o'clock is nine o'clock in
    the place where the committee meets, and one portal serves places in several zones."""
    if meeting.starts_at is None:
        event.add("dtstart", meeting.day)
        event.add("dtend", meeting.day + datetime.timedelta(days=1))
        event.add("transp", "TRANSPARENT")
        return
    start = datetime.datetime.combine(meeting.day, meeting.starts_at)
    event.add("dtstart", start)
    if meeting.ends_at:
        event.add("dtend", datetime.datetime.combine(meeting.day, meeting.ends_at))
        return
    minutes = sum(item.length or 0 for item in meeting.agenda.all())
    event.add("dtend", start + (datetime.timedelta(minutes=minutes) if minutes else USUAL_LENGTH))


def _description(meeting: Meeting, address: str) -> str:
    """The points of the agenda, why it is cancelled, and where to look."""
    lines = []
    if meeting.state == MeetingState.CANCELLED:
        lines += [gettext("Cancelled: %(reason)s") % {"reason": meeting.cancelled_reason}, ""]
    points = [f"{number}. {item.title}" for number, item in enumerate(meeting.agenda.all(), start=1)]
    if points:
        lines += [gettext("Agenda"), *points, ""]
    return "\n".join([*lines, address])


def _reminder(meeting: Meeting) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", str(meeting))
    alarm.add("trigger", -REMINDED_BEFORE)
    return alarm


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"
