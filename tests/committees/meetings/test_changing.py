"""Meetings changed, cancelled, removed."""

from accounts.models import Notice
from committees.models import Meeting, MeetingState
from tests.committees.meetings.scene import SOON, TODAY, VALID, url
from tests.factories.committees import (
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingFileFactory,
)


def edited(meeting, **typed):
    return VALID | {"day": meeting.day.isoformat(), "row_version": str(meeting.sequence + 1)} | typed


def test_meeting_edit_tells_who_was_invited(meeting, secretary, member, signed_in):
    meeting.invited_on = TODAY
    meeting.save()
    response = signed_in(secretary).post(url("meeting_edit", meeting), edited(meeting, day="2026-06-09"))
    assert response.status_code == 302
    meeting.refresh_from_db()
    assert (meeting.sequence, meeting.day.isoformat()) == (1, "2026-06-09")
    notice = Notice.objects.get(user=member)
    assert "meets on 9 June 2026, 09:00" in notice.text or "meets on 9 June 2026" in notice.text
    assert "Town hall" not in notice.text
    assert not Notice.objects.filter(user=secretary).exists()


def test_meeting_edit_before_the_invitation_tells_nobody(meeting, secretary, member, signed_in):
    signed_in(secretary).post(url("meeting_edit", meeting), edited(meeting, day="2026-06-09"))
    assert not Notice.objects.exists()


def test_meeting_edit_without_a_change_leaves_calendars_alone(meeting, secretary, signed_in):
    typed = {"kind": "ordinary", "day": SOON.isoformat(), "place": meeting.place, "row_version": "1"}
    signed_in(secretary).post(url("meeting_edit", meeting), typed)
    meeting.refresh_from_db()
    assert meeting.sequence == 0


def test_meeting_edit_of_what_somebody_changed_shows_both(meeting, secretary, coordinator, signed_in):
    signed_in(coordinator).post(url("meeting_edit", meeting), edited(meeting, place="Parish hall"))
    response = signed_in(secretary).post(url("meeting_edit", meeting), edited(meeting, place="Market hall"))
    assert response.status_code == 409
    assert "Parish hall" in response.text
    assert "Market hall" in response.text
    meeting.refresh_from_db()
    assert meeting.place == "Parish hall"
    again = edited(meeting, place="Market hall")
    assert signed_in(secretary).post(url("meeting_edit", meeting), again).status_code == 302
    meeting.refresh_from_db()
    assert meeting.place == "Market hall"


def test_meeting_edit_does_not_touch_minutes_written_meanwhile(meeting, secretary, signed_in):
    Meeting.objects.filter(pk=meeting.pk).update(minutes="Written elsewhere", row_version=7)
    assert signed_in(secretary).post(url("meeting_edit", meeting), edited(meeting)).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.minutes, meeting.row_version) == ("Written elsewhere", 7)


def test_meeting_cancel_needs_a_reason_and_tells(meeting, secretary, member, signed_in):
    meeting.invited_on = TODAY
    meeting.save()
    client = signed_in(secretary)
    assert client.post(url("meeting_cancel", meeting), {"reason": " "}).status_code == 422
    assert client.post(url("meeting_cancel", meeting), {"reason": "x" * 100_000}).status_code == 422
    assert client.post(url("meeting_cancel", meeting), {"reason": "The road is closed"}).status_code == 302
    meeting.refresh_from_db()
    assert (meeting.state, meeting.sequence) == (MeetingState.CANCELLED, 1)
    assert "Cancelled" in Notice.objects.get(user=member).text
    assert "The road is closed" in client.get(meeting.get_absolute_url()).text
    again = client.post(url("meeting_cancel", meeting), {"reason": "Again"})
    assert again.status_code == 422
    assert "was cancelled" in again.text


def test_meeting_cancel_of_a_held_one_is_refused(committee, secretary, signed_in):
    held = MeetingFactory(committee=committee, held=True)
    response = signed_in(secretary).post(url("meeting_cancel", held), {"reason": "No"})
    assert response.status_code == 422
    assert "was held" in response.text


def test_meeting_remove_only_what_nothing_hangs_on(meeting, secretary, signed_in):
    client = signed_in(secretary)
    file = MeetingFileFactory(meeting=meeting)
    assert "Documents were handed in" in client.get(url("meeting_remove", meeting)).text
    client.post(url("meeting_remove", meeting))
    assert Meeting.objects.filter(pk=meeting.pk).exists()
    file.delete()
    AgendaItemFactory(meeting=meeting)
    assert "1 point of its agenda goes with it" in client.get(url("meeting_remove", meeting)).text
    assert client.post(url("meeting_remove", meeting)).status_code == 302
    assert not Meeting.objects.exists()


def test_meeting_remove_keeps_what_was_held_or_made_known(meeting, committee, secretary, signed_in):
    client = signed_in(secretary)
    meeting.invited_on = TODAY
    meeting.save()
    held = MeetingFactory(committee=committee, held=True, day=TODAY)
    AttendanceFactory(meeting=held)
    decided = MeetingFactory(committee=committee, held=True, day=TODAY)
    DecisionFactory(meeting=decided)
    for each in (meeting, held, decided):
        client.post(url("meeting_remove", each))
    assert Meeting.objects.count() == 3
