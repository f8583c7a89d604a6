"""One meeting: what it costs, and who sees what of it."""

import datetime

import pytest

from tests.factories.committees import (
    AgendaItemFactory,
    AttendanceFactory,
    DecisionFactory,
    MeetingFactory,
    MeetingFileFactory,
)


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
