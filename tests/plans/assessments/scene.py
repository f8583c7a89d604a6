"""What the tests of scorecards share: days, marks, and how they are sent."""

import datetime

from plans.models import SideView

D = datetime.date
TODAY = D(2026, 11, 20)


def give(assessment, side, marks=None, note=""):
    return SideView.objects.create(
        assessment=assessment, side=side, marks=marks or {"agenda": 4, "room": 0}, note=note
    )


def text(response):
    return response.content.decode()
