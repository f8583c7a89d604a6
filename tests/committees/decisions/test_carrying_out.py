"""Decisions carried out: closed, opened again, shown, listed, filtered."""

import datetime

import pytest
from django.urls import reverse

from committees.models import DecisionResult, DecisionState, Meeting, MinutesState
from tests.factories.committees import CommitteeFactory, DecisionFactory, MeetingFactory
from tests.factories.localities import LocalityFactory

pytestmark = pytest.mark.django_db


def new(meeting):
    return reverse("decision_new", args=[meeting.code])


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
