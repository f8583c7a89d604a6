"""Meetings planned, one and a whole year."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from committees.models import Meeting
from tests.committees.meetings.scene import SOON, TODAY, VALID, new_url, url
from tests.factories.committees import AgendaItemFactory, CommitteeFactory, MeetingFactory, SeatFactory


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
