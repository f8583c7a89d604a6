"""Decisions: numbered, voted on, carried out; refused in words where they cannot be."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from committees.models import (
    Attendance,
    DecidedHow,
    Decision,
    DecisionResult,
    DecisionState,
    Meeting,
    MinutesState,
    Presence,
)
from committees.services import decisions as services
from committees.votes import Totals
from tests.factories.committees import CommitteeFactory, DecisionFactory, MeetingFactory
from tests.factories.localities import LocalityFactory

pytestmark = pytest.mark.django_db


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


def new(meeting):
    return reverse("decision_new", args=[meeting.code])


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
        ({"text": ""}, "This field is required"),
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


def close(decision, **instead):
    values = {"state": "done", "closed_on": "2026-06-15", "closing_note": ""} | instead
    return reverse("decision_close", args=[decision.code]), values


def test_decision_close_and_reopen_at_any_time(meeting, secretary, signed_in):
    decision = DecisionFactory(meeting=meeting, number=1)
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state=MinutesState.APPROVED, approved_on=meeting.day)
    client = signed_in(secretary)
    assert client.post(*close(decision, closing_note="Lights stand")).status_code == 302
    decision.refresh_from_db()
    assert (decision.state, decision.closed_on) == (DecisionState.DONE, datetime.date(2026, 6, 15))
    assert client.post(*close(decision)).status_code == 422
    client.post(reverse("decision_reopen", args=[decision.code]))
    decision.refresh_from_db()
    assert (decision.state, decision.closed_on, decision.closing_note) == (DecisionState.OPEN, None, "")


@pytest.mark.parametrize(
    ("instead", "words"),
    [
        ({"closed_on": "2026-06-01"}, "This day lies before the meeting"),
        ({"closed_on": "2026-06-21"}, "This day has not come yet"),
        ({"state": "dropped"}, "Say why it is not carried out"),
        ({"state": "open"}, "Select a valid choice"),
    ],
)
def test_decision_close_refuses_in_words(meeting, secretary, signed_in, instead, words):
    decision = DecisionFactory(meeting=meeting, number=1)
    answer = signed_in(secretary).post(*close(decision, **instead))
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_decision_close_of_what_is_no_task(meeting, secretary, signed_in):
    decision = DecisionFactory(meeting=meeting, number=1, owner=None, due_on=None)
    assert signed_in(secretary).post(*close(decision)).status_code == 422


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("secretary", 200, 200), ("member", 200, 200), ("facilitator", 200, 200), ("coordinator", 200, 200),
        ("oversight", 404, 200), ("administrator", 404, 200), ("outsider", 404, 404),
    ],
)  # fmt: skip
def test_decision_detail_is_a_draft_until_the_minutes_are_approved(
    request, meeting, signed_in, who, before, after
):
    decision = DecisionFactory(meeting=meeting, number=1, text="Secret so far")
    client = signed_in(request.getfixturevalue(who))
    assert client.get(decision.get_absolute_url()).status_code == before
    listed = "Secret so far" in client.get(reverse("decision_list")).content.decode()
    assert listed == (before == 200)
    Meeting.objects.filter(pk=meeting.pk).update(minutes_state=MinutesState.APPROVED, approved_on=meeting.day)
    assert client.get(decision.get_absolute_url()).status_code == after


@pytest.mark.parametrize(
    ("who", "may"),
    [("secretary", True), ("facilitator", True), ("coordinator", True), ("member", False)],
)
def test_who_keeps_decisions(request, meeting, signed_in, who, may):
    client = signed_in(request.getfixturevalue(who))
    decision = DecisionFactory(meeting=meeting, number=1)
    for name in ("decision_edit", "decision_remove", "decision_close", "decision_reopen", "forward_decision"):
        assert client.get(reverse(name, args=[decision.code])).status_code == (200 if may else 403), name
    assert client.get(new(meeting)).status_code == (200 if may else 403)
    page = client.get(decision.get_absolute_url()).content.decode()
    assert ("Correct the decision" in page) == may


@pytest.mark.parametrize(("number", "queries"), [(1, None), (5, None)])
def test_decision_list_says_state_owner_and_committee(meeting, secretary, signed_in, number, queries):
    for n in range(number):
        DecisionFactory(meeting=meeting, number=n + 1)
    page = signed_in(secretary).get(reverse("decision_list")).content.decode()
    assert page.count('class="state state-going"') == number


@pytest.mark.parametrize("name", ["decision_list", "committee_decisions"])
def test_lists_cost_the_same_for_many(committee, secretary, signed_in, django_assert_num_queries, name):
    client = signed_in(secretary)
    url = reverse(name, args=[] if name == "decision_list" else [committee.code])
    meeting = MeetingFactory(committee=committee, held=True)
    DecisionFactory(meeting=meeting, number=1)
    client.get(url)
    literal = {"decision_list": 7, "committee_decisions": 10}[name]
    with django_assert_num_queries(literal):
        client.get(url)
    for number in range(2, 6):
        DecisionFactory(meeting=MeetingFactory(committee=committee, held=True), number=number)
    with django_assert_num_queries(literal):
        client.get(url)


def test_decision_list_filters(meeting, committee, coordinator, signed_in, today_is):
    other = CommitteeFactory(locality=LocalityFactory(code="CD-O", country=committee.locality.country))
    due = datetime.date(2026, 6, 19)
    DecisionFactory(meeting=meeting, number=1, text="Late lights", due_on=due)
    DecisionFactory(meeting=meeting, number=2, text="Early well")
    DecisionFactory(meeting=meeting, number=3, text="Nobody's task", owner=None, due_on=None)
    DecisionFactory(meeting=meeting, number=4, text="No road", result=DecisionResult.REJECTED)
    DecisionFactory(
        meeting=MeetingFactory(committee=other, held=True), text="Far bridge", state=DecisionState.DONE,
        closed_on=due,
    )  # fmt: skip
    client = signed_in(coordinator)

    def found(**query):
        page = client.get(reverse("decision_list"), query).content.decode()
        return {text for text in ("Late lights", "Early well", "Nobody&#x27;s task", "No road", "Far bridge")
                if text in page}  # fmt: skip

    assert found(state="overdue") == {"Late lights"}
    assert found(state="open") == {"Late lights", "Early well"}
    assert found(state="done") == {"Far bridge"}
    assert found(state="no_owner") == {"Nobody&#x27;s task"}
    assert found(state="rejected") == {"No road"}
    assert found(committee=other.code) == {"Far bridge"}
    assert found(q="bridge") == {"Far bridge"}
    assert found(q=str(meeting.decisions.get(number=1).owner.title)) == {"Late lights"}
    assert len(found(country=committee.locality.country.code)) == 5
    today_is(2026, 6, 19)
    assert found(state="overdue") == set()


def test_committee_decisions_says_what_is_overdue(meeting, committee, secretary, signed_in):
    DecisionFactory(meeting=meeting, number=1, due_on=datetime.date(2026, 6, 19))
    page = signed_in(secretary).get(reverse("committee_decisions", args=[committee.code])).content.decode()
    assert "1 decision is overdue." in page


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
