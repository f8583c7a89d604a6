"""committees.invitations and the notice of a meeting: what a calendar and a member get to know."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from tests.factories.committees import AgendaItemFactory, CommitteeAccessFactory, MeetingFactory

TODAY = datetime.date(2026, 5, 4)
SOON = datetime.date(2026, 6, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    now = datetime.datetime.combine(TODAY, datetime.time(10), tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def meeting(committee):
    meeting = MeetingFactory(
        committee=committee, day=SOON, title="Budget", place="House of Women", starts_at=datetime.time(9)
    )
    AgendaItemFactory(meeting=meeting, title="Money for the road", length=45, text="Secret words")
    return meeting


def event_of(response):
    from icalendar import Calendar

    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.content)
    [event] = calendar.walk("VEVENT")
    return event


def ics(meeting):
    return reverse("meeting_ics", args=[meeting.code])


def test_meeting_ics_holds_the_meeting(meeting, member, signed_in):
    response = signed_in(member).get(ics(meeting))
    event = event_of(response)
    assert str(event["uid"]).startswith(f"{meeting.code}@")
    assert event["sequence"] == 0
    assert event["dtstart"].dt.isoformat() == "2026-06-02T09:00:00"
    assert event["dtend"].dt.isoformat() == "2026-06-02T09:45:00"
    assert event["status"] == "CONFIRMED"
    assert event["location"] == "House of Women"
    assert "Budget" in event["summary"]
    assert "House" not in event["summary"]
    assert "1. Money for the road" in event["description"]
    assert meeting.get_absolute_url() in event["description"]
    assert "Secret words" not in event["description"]
    assert event.walk("VALARM")[0]["trigger"].dt == datetime.timedelta(days=-1)
    for nobody in ("ATTENDEE", "ORGANIZER", "Mado", "Safi", "@demo", "mailto"):
        assert nobody not in response.text
    assert response["Content-Disposition"] == f'attachment; filename="{meeting.code}.ics"'


def test_meeting_ics_keeps_the_place_from_readers(meeting, oversight, signed_in):
    response = signed_in(oversight).get(ics(meeting))
    assert "location" not in event_of(response)
    assert "House of Women" not in response.text


def test_meeting_ics_is_hidden_elsewhere(meeting, outsider, signed_in):
    client = signed_in(outsider)
    assert client.get(ics(meeting)).status_code == 404
    assert client.get(reverse("committee_ics", args=[meeting.committee.code])).status_code == 404


def test_meeting_ics_of_a_day_without_hours(committee, member, signed_in):
    event = event_of(signed_in(member).get(ics(MeetingFactory(committee=committee, day=SOON))))
    assert event["dtstart"].dt == SOON
    assert event["dtend"].dt == SOON + datetime.timedelta(days=1)


def test_meeting_ics_replaces_and_cancels_what_a_calendar_holds(meeting, member, signed_in):
    before = event_of(signed_in(member).get(ics(meeting)))
    meeting.state, meeting.cancelled_reason, meeting.sequence = "cancelled", "The road is closed", 2
    meeting.save()
    after = event_of(signed_in(member).get(ics(meeting)))
    assert after["uid"] == before["uid"]
    assert (after["status"], after["sequence"]) == ("CANCELLED", 2)
    assert "The road is closed" in after["description"]
    assert not after.walk("VALARM")


def test_meeting_ics_escapes_what_was_typed(meeting, member, signed_in):
    meeting.title = "Budget\r\nATTENDEE:mailto:x@example.org"
    meeting.save()
    response = signed_in(member).get(ics(meeting))
    assert "attendee" not in event_of(response)


@pytest.mark.parametrize("count", [1, 5])
def test_committee_ics_takes_the_same_queries(count, committee, member, signed_in, django_assert_num_queries):
    for number in range(count):
        AgendaItemFactory(meeting=MeetingFactory(committee=committee, day=datetime.date(2026, 6, 1 + number)))
    MeetingFactory(committee=committee, day=datetime.date(2026, 4, 1), held=True)
    client = signed_in(member)
    with django_assert_num_queries(8):
        response = client.get(reverse("committee_ics", args=[committee.code]))
    assert response.text.count("BEGIN:VEVENT") == count


def invite(meeting):
    return reverse("meeting_invite", args=[meeting.code])


def test_meeting_invite_tells_who_works_there_once(meeting, secretary, member, coordinator, signed_in):
    client = signed_in(secretary)
    client.post(invite(meeting))
    client.post(invite(meeting))
    notice = Notice.objects.get()
    assert (notice.user, notice.kind, notice.subject) == (member, "meeting", meeting.code)
    assert notice.address == meeting.get_absolute_url()
    assert "on 2 June 2026" in notice.text
    assert "House of Women" not in notice.text
    assert secretary.display_name not in notice.text
    meeting.refresh_from_db()
    assert meeting.invited_on == TODAY


def test_meeting_invite_again_tells_who_is_new(meeting, secretary, member, signed_in):
    client = signed_in(secretary)
    client.post(invite(meeting))
    new = CommitteeAccessFactory(committee=meeting.committee, role="committee_member").user
    client.post(invite(meeting))
    assert sorted(Notice.objects.values_list("user", flat=True)) == sorted([member.pk, new.pk])


def test_meeting_invite_to_what_is_past_is_refused(committee, secretary, member, signed_in):
    past = MeetingFactory(committee=committee, day=datetime.date(2026, 4, 1))
    held = MeetingFactory(committee=committee, day=datetime.date(2026, 4, 2), held=True)
    client = signed_in(secretary)
    for meeting in (past, held):
        client.post(invite(meeting))
        assert "Nobody can be invited" in client.get(invite(meeting)).text
    assert not Notice.objects.exists()


def test_meeting_invite_is_not_sent_by_looking(meeting, secretary, member, signed_in):
    page = signed_in(secretary).get(invite(meeting))
    assert "1 account works for the committee besides you" in page.text
    assert not Notice.objects.exists()
