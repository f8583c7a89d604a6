"""The agenda of a meeting: written, ordered, taken from what is open; its documents."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from committees.models import AgendaItem, Forwarding, MeetingFile
from committees.reports.agenda import AgendaTime
from tests.factories.committees import (
    AgendaItemFactory,
    DecisionFactory,
    ForwardingFactory,
    MeetingFactory,
    MeetingFileFactory,
)
from tests.factories.plans import LocalActionPlanFactory

TODAY = datetime.date(2026, 5, 4)
EARLIER, SOON = datetime.date(2026, 4, 1), datetime.date(2026, 6, 2)
VALID = {
    "title": "Budget of the second half-year",
    "kind": "decision",
    "length": "20",
    "text": "Bring figures.",
}


@pytest.fixture(autouse=True)
def today(monkeypatch):
    now = datetime.datetime.combine(TODAY, datetime.time(10), tzinfo=datetime.UTC)
    monkeypatch.setattr(timezone, "now", lambda: now)


@pytest.fixture
def meeting(committee):
    return MeetingFactory(committee=committee, day=SOON)


@pytest.fixture
def client(secretary, signed_in):
    return signed_in(secretary)


def url(name, meeting, *more):
    return reverse(name, args=[meeting.code, *more])


def titles(meeting):
    return list(meeting.agenda.order_by("order").values_list("title", flat=True))


def test_agenda_new_adds_at_the_end(meeting, client):
    AgendaItemFactory(meeting=meeting, title="Opening", order=1)
    response = client.post(url("agenda_new", meeting), VALID)
    assert response.url == url("agenda_new", meeting)
    assert titles(meeting) == ["Opening", "Budget of the second half-year"]
    assert meeting.agenda.last().length == 20


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"title": ""}, "fill this in."),
        ({"title": "x" * 100_000}, "at most 200 characters"),
        ({"text": "x" * 100_000}, "at most 3000 characters"),
        ({"length": "-5"}, "greater than or equal to 1"),
        ({"length": "100000"}, "less than or equal to 600"),
        ({"kind": "party"}, "Select a valid choice"),
    ],
)
def test_agenda_new_refuses_in_words_and_keeps_what_was_typed(typed, said, meeting, client):
    response = client.post(url("agenda_new", meeting), VALID | typed)
    assert response.status_code == 422
    assert said in response.text
    assert "Bring figures." in response.text or typed.get("text", "?") in response.text
    assert not AgendaItem.objects.exists()


def test_agenda_new_sent_twice_adds_one(meeting, client):
    typed = VALID | {"sent_form": "7d7a2f6e-0000-4000-8000-000000000002"}
    client.post(url("agenda_new", meeting), typed)
    client.post(url("agenda_new", meeting), typed)
    assert AgendaItem.objects.count() == 1


@pytest.mark.parametrize("state", ["cancelled", "approved"])
def test_agenda_stands_once_the_meeting_is_closed(state, committee, client):
    if state == "cancelled":
        meeting = MeetingFactory(committee=committee, state="cancelled", cancelled_reason="Rain")
    else:
        meeting = MeetingFactory(committee=committee, held=True, minutes_state="approved", approved_on=TODAY)
    item = AgendaItemFactory(meeting=meeting, title="As it was")
    for page in (url("agenda_new", meeting), url("agenda_edit", meeting, item.code)):
        assert client.post(page, VALID | {"row_version": "1"}).url == meeting.get_absolute_url()
    client.post(url("agenda_remove", meeting, item.code))
    client.post(url("agenda_move", meeting, item.code), {"direction": "down"})
    client.post(url("agenda_copy", meeting))
    assert titles(meeting) == ["As it was"]


def test_agenda_edit_of_what_somebody_changed_shows_both(meeting, client, coordinator, signed_in):
    item = AgendaItemFactory(meeting=meeting, title="Opening")
    page = url("agenda_edit", meeting, item.code)
    theirs = VALID | {"title": "Opening by the mayor", "row_version": "1"}
    assert signed_in(coordinator).post(page, theirs).status_code == 302
    response = client.post(page, VALID | {"title": "Opening and prayer", "row_version": "1"})
    assert response.status_code == 409
    assert "Opening by the mayor" in response.text
    assert "Opening and prayer" in response.text
    assert 'name="row_version" value="2"' in response.text


def test_agenda_edit_of_what_somebody_removed_shows_what_was_typed(meeting, client, outsider, signed_in):
    item = AgendaItemFactory(meeting=meeting)
    page = url("agenda_edit", meeting, item.code)
    item.delete()
    response = client.post(page, VALID)
    assert response.status_code == 409
    assert "Bring figures." in response.text
    assert client.get(page).status_code == 404
    assert signed_in(outsider).post(page, VALID).status_code == 404


def test_agenda_move_goes_one_place(meeting, client):
    first, _, third = (AgendaItemFactory(meeting=meeting, title=each, order=7) for each in "ABC")
    client.post(url("agenda_move", meeting, third.code), {"direction": "up"})
    assert titles(meeting) == ["A", "C", "B"]
    client.post(url("agenda_move", meeting, first.code), {"direction": "up"})
    assert titles(meeting) == ["A", "C", "B"]
    client.post(url("agenda_move", meeting, first.code), {"direction": "down"})
    assert titles(meeting) == ["C", "A", "B"]


def test_agenda_move_is_for_who_keeps_the_papers(meeting, member, signed_in):
    item = AgendaItemFactory(meeting=meeting)
    assert signed_in(member).post(url("agenda_move", meeting, item.code)).status_code == 403
    assert signed_in(member).post(url("agenda_take", meeting)).status_code == 403
    assert signed_in(member).post(url("agenda_copy", meeting)).status_code == 403


def test_agenda_remove_keeps_what_was_decided_or_noted(meeting, client):
    decided, noted, plain = (AgendaItemFactory(meeting=meeting, title=each) for each in "ABC")
    DecisionFactory(meeting=meeting, item=decided)
    noted.notes = "The mayor spoke."
    noted.save()
    for item in (decided, noted, plain):
        client.post(url("agenda_remove", meeting, item.code))
    assert titles(meeting) == ["A", "B"]


def test_agenda_copy_takes_the_last_agenda_once(committee, meeting, client):
    earlier = MeetingFactory(committee=committee, day=EARLIER, held=True)
    AgendaItemFactory(meeting=earlier, title="Opening", length=10, notes="Said then")
    AgendaItemFactory(meeting=earlier, title="Sent by another", came_from=ForwardingFactory(to=committee))
    AgendaItemFactory(meeting=MeetingFactory(day=EARLIER), title="Of another committee")
    for _ in range(2):
        client.post(url("agenda_copy", meeting))
    assert titles(meeting) == ["Opening"]
    copy = meeting.agenda.get()
    assert (copy.length, copy.notes) == (10, "")


def test_agenda_copy_without_an_earlier_agenda_says_so(meeting, client):
    assert "No earlier meeting has an agenda" in client.post(url("agenda_copy", meeting), follow=True).text


def test_suggestions_are_what_is_open(committee, meeting, client):
    earlier = MeetingFactory(committee=committee, day=EARLIER, held=True)
    overdue = DecisionFactory(meeting=earlier, text="Repair the well", due_on=datetime.date(2026, 5, 3))
    DecisionFactory(meeting=earlier, text="Not due yet", due_on=TODAY)
    DecisionFactory(meeting=earlier, text="Done already", due_on=EARLIER, state="done", closed_on=TODAY)
    approved = {"minutes_state": "approved", "approved_on": EARLIER}
    sent = ForwardingFactory(
        to=committee,
        decision__text="Money for the road",
        decision__meeting=MeetingFactory(held=True, **approved),
    )
    ForwardingFactory(to=committee, decision__text="Answered already", state="answered")
    plan = LocalActionPlanFactory(committee=committee, state="in_implementation", adopted_on=EARLIER,
                                  adopting_body="council", adopting_act="Act 3")  # fmt: skip
    plan.periods.create(
        number=1, label="Q1 2026", start=datetime.date(2026, 1, 1), end=datetime.date(2026, 3, 31),
        due_on=datetime.date(2026, 4, 15), locks_on=datetime.date(2026, 6, 30),
    )  # fmt: skip
    shown = client.get(meeting.get_absolute_url()).context["shown"]
    assert [each.key for each in shown.suggestions] == [
        f"minutes:{earlier.code}",
        f"forwarding:{sent.code}",
        f"decision:{overdue.code}",
        f"report:{plan.code}:1",
    ]
    for suggestion in shown.suggestions:
        client.post(url("agenda_take", meeting), {"suggestion": suggestion.key})
    assert titles(meeting) == [
        "Approve the minutes of 1 April 2026",
        "Money for the road",
        "Follow up: Repair the well",
        f"Progress of the plan “{plan}”, Q1 2026",
    ]
    assert client.get(meeting.get_absolute_url()).context["shown"].suggestions == []


def test_agenda_take_marks_where_it_came_from_and_gives_it_back(committee, meeting, client):
    sent = ForwardingFactory(to=committee, decision__text="Money for the road")
    client.post(url("agenda_take", meeting), {"suggestion": f"forwarding:{sent.code}"})
    item = AgendaItem.objects.get()
    sent.refresh_from_db()
    assert (item.came_from, sent.state) == (sent, "on_agenda")
    sender = sent.decision.meeting.committee
    assert f"Sent by {sender} on 10 June 2026" in client.get(meeting.get_absolute_url()).text
    client.post(url("agenda_remove", meeting, item.code))
    assert Forwarding.objects.get().state == "waiting"


@pytest.mark.parametrize("key", ["", "decision:DE-222222", "forwarding:", "minutes:x", "x" * 5000])
def test_agenda_take_of_what_is_not_offered_adds_nothing(key, meeting, client):
    response = client.post(url("agenda_take", meeting), {"suggestion": key}, follow=True)
    assert "stands on the agenda already, or is settled" in response.text
    assert not AgendaItem.objects.exists()


def test_agenda_take_of_another_committee_adds_nothing(meeting, client):
    sent = ForwardingFactory()
    client.post(url("agenda_take", meeting), {"suggestion": f"forwarding:{sent.code}"})
    assert not AgendaItem.objects.exists()


@pytest.mark.parametrize(
    ("lengths", "times", "said"),
    [
        ([30, 40], ("9:00", "11:00"), "The points take 70 of the 120 minutes of the meeting."),
        ([60, 75], ("9:00", "11:00"), "The points take 135 minutes, 15 more than the meeting has."),
        ([1], None, "The points take 1 minute together."),
        ([None], ("9:00", "11:00"), ""),
    ],
)
def test_agenda_time_against_the_meeting(lengths, times, said):
    hours = [datetime.time(*map(int, each.split(":"))) for each in times or ()] or [None, None]
    meeting = MeetingFactory.build(committee=None, starts_at=hours[0], ends_at=hours[1])
    items = [AgendaItem(title="x", length=length) for length in lengths]
    assert AgendaTime.from_meeting(meeting, items).sentence.startswith(said)
    assert bool(said) is bool(AgendaTime.from_meeting(meeting, items).sentence)


# Documents

PDF = b"%PDF-1.4\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"


def pdf(name="budget.pdf", content=PDF):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content, content_type="application/pdf")


def test_meeting_file_new_keeps_it_encrypted(meeting, client):
    item = AgendaItemFactory(meeting=meeting)
    typed = {"file": pdf(), "title": "Draft budget", "item": item.code}
    response = client.post(url("meeting_file_new", meeting), typed)
    assert response.url == f"{meeting.get_absolute_url()}#documents"
    kept = MeetingFile.objects.get()
    assert (kept.item, kept.name, kept.size) == (item, "budget.pdf", len(PDF))
    with kept.file.open("rb") as stored:
        assert b"PDF" not in stored.read()
    answer = client.get(url("meeting_file", meeting, kept.code))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("file", "said"),
    [
        (None, "Choose the file first"),
        (("budget.pdf", b""), "The file is empty"),
        (("budget.pdf", b"MZ not a pdf"), "This is not a PDF file"),
        (("budget.exe", PDF), "Only PDF, JPEG and PNG"),
    ],
)
def test_meeting_file_new_looks_at_the_content(file, said, meeting, client):
    typed = {"title": "Kept title"} | ({"file": pdf(*file)} if file else {})
    response = client.post(url("meeting_file_new", meeting), typed)
    assert response.status_code == 422
    assert said in response.text
    assert "Kept title" in response.text


def test_meeting_file_new_takes_no_point_of_another_meeting(meeting, client):
    foreign = AgendaItemFactory()
    response = client.post(url("meeting_file_new", meeting), {"file": pdf(), "item": foreign.code})
    assert response.status_code == 422


@pytest.mark.parametrize(
    ("who", "status"),
    [("secretary", 200), ("member", 200), ("coordinator", 200), ("oversight", 403), ("administrator", 403),
     ("outsider", 404)],
)  # fmt: skip
def test_meeting_file_is_for_who_works_for_the_committee(who, status, meeting, request, signed_in):
    kept = MeetingFileFactory(meeting=meeting)
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url("meeting_file", meeting, kept.code)).status_code == status


def test_meeting_file_lost_is_a_404(meeting, client):
    kept = MeetingFileFactory(meeting=meeting)
    kept.file.storage.delete(kept.file.name)
    assert client.get(url("meeting_file", meeting, kept.code)).status_code == 404


def test_meeting_file_remove(meeting, client, member, signed_in, django_capture_on_commit_callbacks):
    kept = MeetingFileFactory(meeting=meeting)
    page = url("meeting_file_remove", meeting, kept.code)
    assert signed_in(member).post(page).status_code == 403
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page).status_code == 302
    assert not MeetingFile.objects.exists()
    assert not kept.file.storage.exists(kept.file.name)
    assert "budget" not in str(AuditEvent.objects.filter(verb="removed meeting document").get().detail)


def test_meeting_file_can_be_removed_after_approval_and_the_record_says_so(committee, client):
    """A list of names handed in by mistake must not stay because a meeting is closed."""
    held = MeetingFactory(committee=committee, held=True, minutes_state="approved", approved_on=TODAY)
    kept = MeetingFileFactory(meeting=held)
    page = url("meeting_file_remove", held, kept.code)
    assert page in client.get(held.get_absolute_url()).text
    assert "approved already" in client.get(page).text
    client.post(page)
    assert not MeetingFile.objects.exists()
    told = AuditEvent.objects.get(verb="removed meeting document").detail
    assert told == {"file": kept.code, "after_approval": True}
