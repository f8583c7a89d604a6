"""Meetings: listed, planned, changed, cancelled, removed; who sees what of them."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Notice
from committees.models import Meeting, MeetingState
from tests.factories.committees import (
    AgendaItemFactory,
    AttendanceFactory,
    CommitteeFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingFileFactory,
    SeatFactory,
)

TODAY = datetime.date(2026, 5, 4)
SOON = datetime.date(2026, 6, 2)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """It is the fourth of May 2026; `today(day)` moves on."""

    def move(day):
        now = datetime.datetime.combine(day, datetime.time(10), tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: now)

    move(TODAY)
    return move


@pytest.fixture
def quarterly(committee):
    committee.meeting_frequency = "quarterly"
    committee.save()
    return committee


@pytest.fixture
def meeting(committee):
    return MeetingFactory(committee=committee, day=SOON, place="House of Women, Mbujimayi")


def new_url(committee):
    return reverse("meeting_new", args=[committee.code])


def url(name, meeting):
    return reverse(name, args=[meeting.code])


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


# One meeting


@pytest.mark.parametrize("count", [1, 5])
def test_meeting_detail_takes_the_same_queries(
    count, committee, secretary, signed_in, django_assert_num_queries
):
    held = MeetingFactory(committee=committee, day=datetime.date(2026, 4, 1), held=True)
    for number in range(count):
        AgendaItemFactory(meeting=held)
        AttendanceFactory(meeting=held)
        DecisionFactory(meeting=held, number=number + 1)
        MeetingFileFactory(meeting=held)
    client = signed_in(secretary)
    with django_assert_num_queries(9):
        page = client.get(held.get_absolute_url())
    assert page.status_code == 200


@pytest.mark.parametrize("count", [1, 5])
def test_meeting_detail_of_a_planned_one_takes_the_same_queries(
    count, meeting, secretary, signed_in, django_assert_num_queries
):
    earlier = MeetingFactory(committee=meeting.committee, day=datetime.date(2026, 4, 1), held=True)
    for number in range(count):
        AgendaItemFactory(meeting=meeting)
        AgendaItemFactory(meeting=earlier)
        DecisionFactory(meeting=earlier, number=number + 1, due_on=datetime.date(2026, 4, 2))
        MeetingFileFactory(meeting=meeting)
    client = signed_in(secretary)
    with django_assert_num_queries(12):
        page = client.get(meeting.get_absolute_url())
    assert len(page.context["shown"].suggestions) == count + 1


def test_meeting_detail_keeps_the_place_for_who_works_there(
    meeting, secretary, member, coordinator, oversight, administrator, signed_in
):
    for user in (secretary, member, coordinator):
        assert "House of Women" in signed_in(user).get(meeting.get_absolute_url()).text
    for user in (oversight, administrator):
        page = signed_in(user).get(meeting.get_absolute_url())
        assert page.status_code == 200
        assert "House of Women" not in page.text


def test_meeting_detail_keeps_agenda_texts_guests_and_documents_from_readers(meeting, oversight, signed_in):
    meeting.guests = "Delegate of the provincial police"
    meeting.save()
    AgendaItemFactory(meeting=meeting, title="Budget", text="Threats were reported")
    MeetingFileFactory(meeting=meeting, title="List of threats")
    page = signed_in(oversight).get(meeting.get_absolute_url()).text
    assert "Budget" in page
    for hidden in ("Threats were reported", "List of threats", "provincial police"):
        assert hidden not in page


def test_meeting_detail_is_hidden_elsewhere(meeting, outsider, signed_in):
    assert signed_in(outsider).get(meeting.get_absolute_url()).status_code == 404


def test_place_is_encrypted_in_the_database(meeting, django_db_blocker):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT place FROM committees_meeting")
        assert "Women" not in cursor.fetchone()[0]


# Planned

VALID = {
    "kind": "ordinary",
    "day": "2026-06-02",
    "starts_at": "09:00",
    "ends_at": "12:00",
    "place": "Town hall",
}


def test_meeting_new_plans_and_leads_to_the_meeting(committee, secretary, signed_in):
    response = signed_in(secretary).post(new_url(committee), VALID)
    meeting = Meeting.objects.get()
    assert response.url == meeting.get_absolute_url()
    assert (meeting.state, meeting.day, meeting.place) == ("planned", SOON, "Town hall")
    event = AuditEvent.objects.filter(verb="planned meeting").get()
    assert "Town hall" not in str(event.detail)


def test_meeting_new_suggests_the_day_of_the_rule(quarterly, secretary, signed_in):
    page = signed_in(secretary).get(new_url(quarterly)).text
    assert 'value="2026-06-03"' in page


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        ({"day": "2026-03-02"}, "day", "The committee was set up on 3 March 2026"),
        ({"day": "2026-05-03"}, "day", "This day has passed."),
        ({"day": "2026-05-05", "was_held": "on"}, "day", "This day has not come yet"),
        ({"day": "2026-02-30"}, "day", "Enter a valid date"),
        ({"day": "9999-12-31"}, "day", "more than two years away"),
        ({"day": ""}, "day", "This field is required"),
        ({"starts_at": "12:00", "ends_at": "09:00"}, "ends_at", "ends before it begins"),
        ({"starts_at": "09:00", "ends_at": "09:00"}, "ends_at", "ends before it begins"),
        ({"starts_at": "", "ends_at": "09:00"}, "starts_at", "Say when the meeting begins"),
        ({"title": "x" * 100_000}, "title", "at most 160 characters"),
        ({"place": "x" * 100_000}, "place", "at most 200 characters"),
    ],
)
def test_meeting_new_refuses_in_words_and_keeps_what_was_typed(
    typed, field, said, committee, secretary, signed_in
):
    response = signed_in(secretary).post(new_url(committee), VALID | {"place": "Kept place"} | typed)
    assert response.status_code == 422
    assert said in str(response.context["form"].errors[field])
    assert typed.get("place", "Kept place") in response.text
    assert not Meeting.objects.exists()


def test_meeting_new_of_a_committee_that_is_not_set_up(locality, coordinator, signed_in):
    proposed = CommitteeFactory(locality=locality, state="proposed", established_on=None)
    response = signed_in(coordinator).post(new_url(proposed), VALID)
    assert response.status_code == 422
    assert "not set up yet" in response.text


def test_meeting_new_asks_before_a_second_one_on_the_same_day(committee, secretary, signed_in):
    MeetingFactory(committee=committee, day=SOON)
    client = signed_in(secretary)
    response = client.post(new_url(committee), VALID)
    assert response.status_code == 422
    assert "has a meeting on this day already" in response.text
    assert 'type="checkbox" name="is_another"' in response.text
    assert client.post(new_url(committee), VALID | {"is_another": "on"}).status_code == 302
    assert Meeting.objects.count() == 2


def test_meeting_new_of_a_dissolved_committee(locality, coordinator, signed_in):
    dissolved = CommitteeFactory(
        locality=locality, state="dissolved", dissolved_on=TODAY, dissolved_reason="The mandate ended"
    )
    client = signed_in(coordinator)
    assert "dissolved" in client.post(new_url(dissolved), VALID).text
    held = {"kind": "ordinary", "day": "2026-04-01", "was_held": "on"}
    assert client.post(new_url(dissolved), held).status_code == 302


def test_meeting_new_that_was_held_leads_to_who_was_there(committee, secretary, signed_in):
    typed = {"kind": "ordinary", "day": "2026-04-01", "was_held": "on"}
    response = signed_in(secretary).post(new_url(committee), typed)
    assert response.url == url("meeting_attendance", Meeting.objects.get())


def test_meeting_new_sent_twice_makes_one(committee, secretary, signed_in):
    client = signed_in(secretary)
    typed = VALID | {"sent_form": "7d7a2f6e-0000-4000-8000-000000000001"}
    assert client.post(new_url(committee), typed).url == client.post(new_url(committee), typed).url
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("coordinator", 200), ("facilitator", 200), ("secretary", 200), ("member", 403), ("oversight", 403),
     ("administrator", 403), ("outsider", 404)],
)  # fmt: skip
def test_pages_that_write_are_for_who_keeps_the_papers(who, status, meeting, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    item = AgendaItemFactory(meeting=meeting)
    SeatFactory(committee=meeting.committee)
    for name in ("meeting_edit", "meeting_cancel", "meeting_remove", "meeting_invite", "meeting_attendance",
                 "meeting_unhold", "agenda_new", "meeting_file_new"):  # fmt: skip
        assert client.get(url(name, meeting)).status_code == status, name
    for name in ("meeting_new", "meetings_plan"):
        assert client.get(url(name, meeting.committee)).status_code == status, name
    for name in ("agenda_edit", "agenda_remove"):
        assert client.get(reverse(name, args=[meeting.code, item.code])).status_code == status, name


# A whole year


def test_meetings_plan_plans_what_is_ticked(quarterly, secretary, signed_in):
    client = signed_in(secretary)
    plan = reverse("meetings_plan", args=[quarterly.code])
    page = client.get(plan).text
    assert page.count('type="checkbox"') == 4
    typed = {"take_1": "on", "day_1": "2026-06-05", "day_2": "2026-09-03",
             "take_3": "on", "day_3": "2026-12-03",
             "starts_at": "09:00", "ends_at": "11:00", "place": "Town hall"}  # fmt: skip
    assert client.post(plan, typed).status_code == 302
    days = list(Meeting.objects.order_by("day").values_list("day", flat=True))
    assert [day.isoformat() for day in days] == ["2026-06-05", "2026-12-03"]
    assert {meeting.place for meeting in Meeting.objects.all()} == {"Town hall"}


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Tick at least one day"),
        ({"take_1": "on", "day_1": ""}, "Enter the day"),
        ({"take_1": "on", "day_1": "2026-05-01"}, "This day has passed"),
        (
            {"take_1": "on", "day_1": "2026-06-01", "starts_at": "11:00", "ends_at": "10:00"},
            "before it begins",
        ),
    ],
)
def test_meetings_plan_refuses_in_words(typed, said, quarterly, secretary, signed_in):
    response = signed_in(secretary).post(reverse("meetings_plan", args=[quarterly.code]), typed)
    assert response.status_code == 422
    assert said in response.text
    assert not Meeting.objects.exists()


def test_meetings_plan_sent_twice_plans_once(quarterly, secretary, signed_in):
    client = signed_in(secretary)
    plan = reverse("meetings_plan", args=[quarterly.code])
    typed = {"take_1": "on", "day_1": "2026-06-03"}
    client.post(plan, typed)
    client.post(plan, typed)
    assert Meeting.objects.count() == 1


def test_meetings_plan_without_a_rule_says_what_to_do(committee, secretary, signed_in):
    page = signed_in(secretary).get(reverse("meetings_plan", args=[committee.code])).text
    assert "No rule says when the committee meets" in page


# Changed, cancelled, removed


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
