"""Decisions: numbered, voted on, corrected; refused in words where they cannot be."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from committees.models import (
    Attendance,
    DecidedHow,
    Decision,
    DecisionResult,
    Meeting,
    MinutesState,
    Presence,
)
from committees.services import decisions as services
from committees.votes import Totals
from tests.factories.committees import DecisionFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def new(meeting):
    return reverse("decision_new", args=[meeting.code])


def typed(**instead):
    return {
        "text": "Ten street lights are put up at the market.",
        "item": "",
        "how": "consensus",
        "result": "adopted",
        "owner_title": "Head of works",
        "owner_organization": "Town hall",
        "due_on": "2026-09-30",
    } | instead


@pytest.mark.parametrize(
    ("votes", "result"),
    [
        ((3, 1, 0), DecisionResult.ADOPTED),
        ((2, 2, 0), DecisionResult.REJECTED),
        ((1, 0, 3), DecisionResult.ADOPTED),
        ((0, 0, 4), DecisionResult.REJECTED),
        ((1, 2, 1), DecisionResult.REJECTED),
    ],
)
def test_totals_say_the_result(votes, result):
    assert Totals(*votes).result == result


def test_decision_new_is_numbered_with_owner_and_day(meeting, item, secretary, signed_in):
    client = signed_in(secretary)
    client.post(new(meeting), typed(item=item.code))
    answer = client.post(new(meeting), typed(text="The next meeting is in July.", owner_title="",
                                             owner_organization="", due_on=""))  # fmt: skip
    assert answer.status_code == 302
    first, second = meeting.decisions.all()
    assert (first.number, second.number) == (1, 2)
    assert str(first.owner) == "Head of works, Town hall"
    assert (first.item, first.due_on) == (item, datetime.date(2026, 9, 30))
    assert (second.owner, second.due_on, second.is_task) == (None, None, False)
    numbers = [event.detail["number"] for event in AuditEvent.objects.filter(verb="wrote decision")]
    assert sorted(numbers) == [1, 2]


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"text": ""}, "fill this in."),
        ({"text": "x" * 100_000}, "at most 3000 characters"),
        ({"due_on": ""}, "without a day nobody can be reminded"),
        ({"owner_title": "", "owner_organization": ""}, "Say which position carries it out"),
        ({"owner_title": ""}, "Which position of this organisation?"),
        ({"due_on": "2026-06-01"}, "This day lies before the meeting of"),
        ({"due_on": "soon"}, "Enter a valid date"),
        ({"result": ""}, "Choose what came out"),
        ({"how": "secret"}, "Enter how many voted for and against"),
        ({"how": "secret", "votes_for": "3", "votes_against": "2"}, "These are 5 votes, but only 4"),
        ({"how": "secret", "votes_for": "-1"}, "greater than or equal to 0"),
        ({"how": "by_seat"}, "Enter at least one vote"),
        ({"how": "secret", "result": "deferred", "votes_for": "3"}, "What was put off was not voted on"),
        ({"item": "AI-NONE22"}, "Select a valid choice"),
    ],
)
def test_decision_new_refuses_in_words_and_keeps_what_was_typed(
    meeting, secretary, signed_in, instead, words
):
    answer = signed_in(secretary).post(new(meeting), typed(**instead))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    if len(instead.get("text", "kept")) and "text" not in instead:
        assert "Ten street lights are put up at the market.</textarea>" in page
    assert not meeting.decisions.exists()


def by_seat(seats, **choices):
    return typed(how="by_seat", result="") | {
        f"vote-{seats[name].code}": each for name, each in choices.items()
    }


def test_decision_new_counts_the_votes_of_the_seats(meeting, seats, secretary, signed_in):
    votes = by_seat(seats, mayor="for", gender="for", union="against", market="abstained")
    assert signed_in(secretary).post(new(meeting), votes).status_code == 302
    decision = meeting.decisions.get()
    assert (decision.votes_for, decision.votes_against, decision.votes_abstained) == (2, 1, 1)
    assert decision.result == DecisionResult.ADOPTED
    assert set(decision.votes.values_list("seat__position__title", "choice")) == {
        ("Mayor", "for"),
        ("Head of the gender division", "for"),
        ("President of the women's union", "against"),
        ("Speaker of the market women", "abstained"),
    }
    page = signed_in(secretary).get(decision.get_absolute_url()).content.decode()
    assert "2 for, 1 against, 1 abstained" in page
    assert "Speaker of the market women" in page


def test_decision_new_tie_is_not_adopted_and_says_so(meeting, seats, secretary, signed_in):
    votes = by_seat(seats, mayor="for", gender="for", union="against", market="against")
    signed_in(secretary).post(new(meeting), votes | {"result": "adopted"})
    decision = meeting.decisions.get()
    assert decision.result == DecisionResult.REJECTED
    assert "as many against as for" in signed_in(secretary).get(decision.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("police", "Police commander was neither present nor represented: it has no vote."),
        ("youth", "Youth delegate was neither present nor represented: it has no vote."),
        ("observer", "Observer of the UN observes: it has no vote."),
    ],
)
def test_decision_new_refuses_the_vote_of_who_has_none(meeting, seats, secretary, signed_in, name, words):
    answer = signed_in(secretary).post(new(meeting), by_seat(seats, mayor="for", **{name: "for"}))
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not meeting.decisions.exists()


def test_decision_new_refuses_two_votes_of_a_seat(meeting, seats, secretary, signed_in):
    votes = by_seat(seats, gender="for") | {f"vote-{seats['mayor'].code}": ["for", "against"]}
    answer = signed_in(secretary).post(new(meeting), votes)
    assert answer.status_code == 422
    assert "This seat has two votes here" in answer.content.decode()


def test_decision_new_refuses_a_seat_of_another_committee(meeting, secretary, signed_in):
    answer = signed_in(secretary).post(new(meeting), typed(how="by_seat", **{"vote-CS-2222NO": "for"}))
    assert answer.status_code == 422
    assert not meeting.decisions.exists()


def test_decision_new_without_quorum_only_puts_off(meeting, secretary, signed_in):
    Attendance.objects.filter(seat__position__title="Mayor").update(presence=Presence.EXCUSED)
    client = signed_in(secretary)
    answer = client.post(new(meeting), typed())
    assert answer.status_code == 422
    assert "There was no quorum: 3 of 6 voting seats were there, 4 had to be." in answer.content.decode()
    assert client.post(new(meeting), typed(result="deferred")).status_code == 302
    assert meeting.decisions.get().result == DecisionResult.DEFERRED


def test_decision_new_asks_who_was_there_first(committee, secretary, signed_in):
    meeting = MeetingFactory(committee=committee, held=True)
    answer = signed_in(secretary).post(new(meeting), typed())
    assert answer.status_code == 422
    assert "Write down first who was there" in answer.content.decode()


def test_decision_new_is_for_a_meeting_that_was_held(committee, secretary, signed_in):
    meeting = MeetingFactory(committee=committee)
    answer = signed_in(secretary).post(new(meeting), typed(), follow=True)
    assert "The meeting has not been held yet" in answer.content.decode()
    assert not meeting.decisions.exists()


def test_decision_new_sent_twice_makes_one(meeting, secretary, signed_in):
    form = typed(sent_form="5f4a0f0e-6f3c-4a57-8a59-0a4d5b8b6f10")
    client = signed_in(secretary)
    client.post(new(meeting), form)
    client.post(new(meeting), form)
    assert meeting.decisions.count() == 1


def test_decision_edit_shows_what_another_saved_and_keeps_both(meeting, secretary, facilitator, signed_in):
    decision = DecisionFactory(meeting=meeting, number=1, owner=None, due_on=None)
    opened = {"row_version": decision.row_version, "owner_title": "", "owner_organization": "", "due_on": ""}
    url = reverse("decision_edit", args=[decision.code])
    assert signed_in(facilitator).post(url, typed(text="Theirs", **opened)).status_code == 302
    answer = signed_in(secretary).post(url, typed(text="Mine", **opened))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Theirs" in page
    assert "Mine</textarea>" in page
    again = typed(text="Both", **opened) | {"row_version": decision.row_version + 1}
    assert signed_in(secretary).post(url, again).status_code == 302
    decision.refresh_from_db()
    assert decision.text == "Both"


def test_decision_edit_opens_with_owner_votes_and_day(meeting, seats, secretary, signed_in):
    client = signed_in(secretary)
    client.post(new(meeting), by_seat(seats, mayor="for", union="against"))
    url = reverse("decision_edit", args=[meeting.decisions.get().code])
    page = client.get(url).content.decode()
    assert 'value="Head of works"' in page
    assert 'value="2026-09-30"' in page
    assert f'name="vote-{seats["union"].code}" value="against"' in page.replace('id="', 'ID="')


def test_decision_edit_of_a_removed_one_gives_the_text_back(meeting, secretary, signed_in, monkeypatch):
    decision = DecisionFactory(meeting=meeting, number=1)
    url = reverse("decision_edit", args=[decision.code])
    from committees.services import decisions as services

    change = services.change_decision

    def late(row, *args, **kwargs):
        Decision.objects.filter(pk=row.pk).delete()
        return change(row, *args, **kwargs)

    monkeypatch.setattr(services, "change_decision", late)
    answer = signed_in(secretary).post(url, typed(row_version=1))
    assert answer.status_code == 409
    assert "Ten street lights" in answer.content.decode()


def test_decision_remove_closes_the_gap(meeting, secretary, signed_in):
    rows = [DecisionFactory(meeting=meeting, number=number) for number in (1, 2, 3)]
    url = reverse("decision_remove", args=[rows[0].code])
    assert "Take this decision out" in signed_in(secretary).get(url).content.decode()
    signed_in(secretary).post(url)
    assert list(meeting.decisions.values_list("text", "number")) == [(rows[1].text, 1), (rows[2].text, 2)]


@pytest.mark.parametrize("name", ["decision_new", "decision_edit", "decision_remove"])
def test_approved_minutes_close_the_decisions(meeting, secretary, signed_in, name):
    decision = DecisionFactory(meeting=meeting, number=1)
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state=MinutesState.APPROVED, approved_on=meeting.day)
    code = meeting.code if name == "decision_new" else decision.code
    answer = signed_in(secretary).post(reverse(name, args=[code]), typed(row_version=1), follow=True)
    assert "approved" in answer.content.decode()
    assert list(meeting.decisions.values_list("text", flat=True)) == [decision.text]


def test_decision_by_secret_vote_keeps_totals_only(meeting, secretary, signed_in):
    values = typed(how="secret", result="", votes_for="3", votes_against="1", votes_abstained="")
    signed_in(secretary).post(new(meeting), values)
    decision = meeting.decisions.get()
    assert (decision.how, decision.votes_for, decision.votes_abstained) == (DecidedHow.SECRET, 3, 0)
    assert not decision.votes.exists()


def test_remove_decision_twice_moves_the_others_up_once(meeting, secretary):
    first, *_others = [DecisionFactory(meeting=meeting, number=number) for number in (1, 2, 3, 4)]
    stale = type(first).objects.get(pk=first.pk)
    services.remove_decision(first, by=secretary)
    services.remove_decision(stale, by=secretary)
    assert list(meeting.decisions.values_list("number", flat=True)) == [1, 2, 3]
