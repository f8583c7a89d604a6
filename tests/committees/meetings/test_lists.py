"""Meetings of a committee and of all: listed, filtered, late."""

import datetime

import pytest
from django.urls import reverse

from tests.committees.meetings.scene import SOON, new_url
from tests.factories.committees import AttendanceFactory, CommitteeFactory, MeetingFactory

# The list of a committee


@pytest.mark.parametrize("count", [1, 5])
def test_meeting_list_takes_the_same_queries(
    count, quarterly, secretary, signed_in, django_assert_num_queries
):
    for number in range(count):
        held = MeetingFactory(committee=quarterly, day=datetime.date(2026, 4, 1 + number), held=True)
        AttendanceFactory(meeting=held)
        MeetingFactory(committee=quarterly, day=datetime.date(2026, 6, 1 + number))
    client = signed_in(secretary)
    with django_assert_num_queries(9):
        page = client.get(reverse("meeting_list", args=[quarterly.code]))
    assert page.status_code == 200


def test_meeting_list_shows_the_next_and_what_was_held(quarterly, secretary, signed_in):
    held = MeetingFactory(committee=quarterly, day=datetime.date(2026, 4, 1), held=True, quorum=1)
    AttendanceFactory(meeting=held)
    AttendanceFactory(meeting=held, presence="absent")
    MeetingFactory(committee=quarterly, day=SOON, starts_at=datetime.time(9), ends_at=datetime.time(12))
    page = signed_in(secretary).get(reverse("meeting_list", args=[quarterly.code])).text
    assert '<p class="figure">2 June 2026</p>' in page
    assert "09:00–12:00" in page
    assert "1 of 2 (50%)" in page
    assert '<span class="state state-done">reached</span>' in page
    assert "by 1 July 2026" in page  # a quarter after the last meeting
    assert "planned for 2 June" in page


def test_meeting_list_says_when_the_committee_is_late(quarterly, secretary, signed_in, today):
    today(datetime.date(2026, 6, 13))
    page = signed_in(secretary).get(reverse("meeting_list", args=[quarterly.code])).text
    assert "should have met by 3 June 2026, 10 days ago" in page
    assert "Dormant" not in page


def test_meeting_list_says_when_the_committee_is_dormant(quarterly, secretary, signed_in, today):
    today(datetime.date(2026, 12, 20))
    page = signed_in(secretary).get(reverse("meeting_list", args=[quarterly.code])).text
    assert "Dormant: the committee has not met since it was set up" in page
    assert "since 4 September 2026" in page
    assert "3 meetings were left out" in page


def test_meeting_list_wakes_up_with_a_meeting(quarterly, secretary, signed_in, today):
    today(datetime.date(2026, 12, 20))
    MeetingFactory(committee=quarterly, day=datetime.date(2026, 12, 1), held=True)
    page = signed_in(secretary).get(reverse("meeting_list", args=[quarterly.code])).text
    assert "Dormant" not in page
    assert "Overdue" not in page


def test_meeting_list_by_year(quarterly, secretary, signed_in):
    quarterly.established_on = datetime.date(2024, 1, 1)
    quarterly.save()
    MeetingFactory(committee=quarterly, day=datetime.date(2025, 2, 3), held=True)
    MeetingFactory(committee=quarterly, day=datetime.date(2026, 2, 3), held=True)
    page = signed_in(secretary).get(reverse("meeting_list", args=[quarterly.code]), {"year": "2025"}).text
    assert "3 February 2025" in page
    assert "3 February 2026" not in page


def test_meeting_list_offers_writing_only_to_who_keeps_the_papers(quarterly, member, oversight, signed_in):
    MeetingFactory(committee=quarterly, day=SOON)
    for user in (member, oversight):
        page = signed_in(user).get(reverse("meeting_list", args=[quarterly.code]))
        assert page.status_code == 200
        assert new_url(quarterly) not in page.text


# All meetings


@pytest.mark.parametrize("count", [1, 5])
def test_all_meetings_takes_the_same_queries(
    count, locality, coordinator, signed_in, django_assert_num_queries
):
    for _ in range(count):
        MeetingFactory(committee=CommitteeFactory(locality=locality, meeting_frequency="monthly"), day=SOON)
    client = signed_in(coordinator)
    with django_assert_num_queries(7):
        page = client.get(reverse("all_meetings"))
    assert page.context["page"].paginator.count == count
    assert page.context["late_count"] == count


def test_all_meetings_filters(committee, coordinator, signed_in):
    coming = MeetingFactory(committee=committee, day=SOON, title="Coming one")
    waiting = MeetingFactory(committee=committee, day=datetime.date(2026, 4, 1), title="Waiting one")
    held = MeetingFactory(committee=committee, day=datetime.date(2026, 4, 2), held=True, title="Held one")
    cancelled = MeetingFactory(
        committee=committee, day=SOON, state="cancelled", cancelled_reason="Rain", title="Cancelled one"
    )
    client = signed_in(coordinator)
    for query, found in (
        ({}, [coming]),
        ({"when": "waiting"}, [waiting]),
        ({"when": "held"}, [held]),
        ({"when": "cancelled"}, [cancelled]),
        ({"q": committee.locality.name, "when": "held"}, [held]),
        ({"country": committee.locality.country.code}, [coming]),
        ({"q": "nothing of that kind"}, []),
    ):
        page = client.get(reverse("all_meetings"), query)
        assert list(page.context["page"]) == found, query


def test_all_meetings_shows_nothing_of_elsewhere(meeting, outsider, signed_in):
    page = signed_in(outsider).get(reverse("all_meetings"), {"when": "all"})
    assert page.context["page"].paginator.count == 0
    assert meeting.committee.name not in page.text
