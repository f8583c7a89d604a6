"""Days and addresses that the tests of meetings share."""

import datetime

from django.urls import reverse

TODAY = datetime.date(2026, 5, 4)
SOON = datetime.date(2026, 6, 2)


def new_url(committee):
    return reverse("meeting_new", args=[committee.code])


def url(name, meeting):
    return reverse(name, args=[meeting.code])


VALID = {
    "kind": "ordinary",
    "day": "2026-06-02",
    "starts_at": "09:00",
    "ends_at": "12:00",
    "place": "Town hall",
}
