"""Decisions that are sent on: offered, taken up, answered, sent back; a chain of three committees."""

import pytest
from django.urls import reverse

from accounts.models.notices import Notice
from accounts.roles import Role
from committees.models import AgendaItem, DecisionResult, Forwarding, ForwardingState, Presence
from committees.services import forwarding as services
from committees.services.decisions import DecisionRefused, DecisionValues, add_decision, remove_decision
from committees.services.forwarding import ForwardingRefused, higher_committees
from tests.committees.decisions.conftest import TODAY
from tests.factories.accounts import UserFactory
from tests.factories.committees import (
    AttendanceFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    DecisionFactory,
    ForwardingFactory,
    MeetingFactory,
)
from tests.factories.localities import LocalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def decision(meeting, item):
    return DecisionFactory(meeting=meeting, item=item, number=1, text="Ask for street lights")


@pytest.fixture
def sent(decision, higher, secretary):
    return services.send_on(decision, to=higher, note="Please pay for it.", on=TODAY, by=secretary)


def held(committee):
    row = MeetingFactory(committee=committee, held=True, day=TODAY, voting_seats=1, quorum=1)
    AttendanceFactory(meeting=row, presence=Presence.PRESENT, voting=True)
    return row


def decide(meeting, item, by, text="Agreed", **more):
    return add_decision(meeting, DecisionValues(text=text, item=item, **more), by=by)


def test_higher_committees_are_the_one_reported_to_and_those_above(committee, higher, elsewhere, country):
    below = LocalityFactory(code="CD-KE-1", parent=committee.locality)
    local = CommitteeFactory(locality=below)
    CommitteeFactory(locality=elsewhere)
    CommitteeFactory(locality=LocalityFactory(code="CD-ASIDE", country=country))
    assert set(higher_committees(committee)) == {higher}
    assert set(higher_committees(local)) == {committee}


def test_forward_decision_offers_and_sends(decision, higher, secretary, higher_secretary, signed_in):
    client = signed_in(secretary)
    page = client.get(reverse("forward_decision", args=[decision.code])).content.decode()
    assert "National committee" in page
    answer = client.post(
        reverse("forward_decision", args=[decision.code]), {"to": higher.code, "note": "Pay for it."}
    )
    sent = Forwarding.objects.get()
    assert answer.url == sent.get_absolute_url()
    assert (sent.to, sent.note, sent.sent_on, sent.sent_by) == (higher, "Pay for it.", TODAY, secretary)
    told = Notice.objects.get()
    assert (told.user, told.address) == (higher_secretary, sent.get_absolute_url())
    again = client.post(reverse("forward_decision", args=[decision.code]), {"to": higher.code})
    assert again.status_code == 422
    assert "It was sent to this committee already." in again.content.decode()


def test_forward_decision_to_a_committee_that_is_not_offered(decision, secretary, signed_in, elsewhere):
    other = CommitteeFactory(locality=elsewhere)
    answer = signed_in(secretary).post(reverse("forward_decision", args=[decision.code]), {"to": other.code})
    assert answer.status_code in (200, 422)
    assert not Forwarding.objects.exists()


def test_rejected_is_not_sent_on(decision, higher, secretary):
    decision.result = DecisionResult.REJECTED
    with pytest.raises(ForwardingRefused):
        services.send_on(decision, to=higher, on=TODAY, by=secretary)


def test_decision_that_was_sent_on_stands(sent, decision, secretary):
    with pytest.raises(DecisionRefused, match="stands as it was sent"):
        remove_decision(decision, by=secretary)


def test_receiver_sees_the_text_and_not_the_minutes(sent, decision, meeting, higher_secretary, signed_in):
    meeting.minutes = "Who said what"
    meeting.save()
    client = signed_in(higher_secretary)
    page = client.get(sent.get_absolute_url()).content.decode()
    assert "Ask for street lights" in page
    assert "Please pay for it." in page
    assert decision.get_absolute_url() not in page
    assert client.get(decision.get_absolute_url()).status_code == 404
    assert client.get(reverse("minutes_detail", args=[meeting.code])).status_code == 404
    page = client.get(reverse("committee_forwardings", args=[sent.to.code])).content.decode()
    assert "Ask for street lights" in page


def test_take_up_decide_answer(sent, higher, secretary, higher_secretary, signed_in):
    planned = MeetingFactory(committee=higher, day=TODAY)
    client = signed_in(higher_secretary)
    url = reverse("forwarding_take_up", args=[sent.code])
    assert client.post(url, {"meeting": planned.code}).status_code == 302
    item = AgendaItem.objects.get(came_from=sent)
    sent.refresh_from_db()
    assert (item.meeting, sent.state) == (planned, "on_agenda")
    # Everybody who sees the committee reads the title: a draft is not told by it.
    assert "Ask for street lights" not in item.title
    assert "Ask for street lights" in item.text
    assert client.post(url, {"meeting": planned.code}).status_code == 422
    planned.state, planned.voting_seats, planned.quorum = "held", 1, 1
    planned.save()
    AttendanceFactory(meeting=planned, presence=Presence.PRESENT, voting=True)
    item.refresh_from_db()
    put_off = decide(item.meeting, item, higher_secretary, result=DecisionResult.DEFERRED)
    sent.refresh_from_db()
    assert sent.state == ForwardingState.ON_AGENDA
    remove_decision(put_off, by=higher_secretary)
    answer = decide(item.meeting, item, higher_secretary)
    sent.refresh_from_db()
    assert (sent.state, sent.answered_on) == (ForwardingState.ANSWERED, TODAY)
    told = Notice.objects.get(user=secretary)
    assert told.address == sent.get_absolute_url()
    remove_decision(answer, by=higher_secretary)
    sent.refresh_from_db()
    assert (sent.state, sent.answered_on) == (ForwardingState.ON_AGENDA, None)


def test_take_up_says_what_it_is_once_the_minutes_are_approved(sent, meeting, higher, higher_secretary):
    type(meeting).objects.filter(pk=meeting.pk).update(minutes_state="approved", approved_on=TODAY)
    item = services.take_up(sent, meeting=MeetingFactory(committee=higher, day=TODAY), by=higher_secretary)
    assert item.title == "Ask for street lights"


def test_take_up_at_a_meeting_of_another_committee(sent, committee, higher_secretary, signed_in):
    other = MeetingFactory(committee=committee, day=TODAY)
    with pytest.raises(ForwardingRefused, match="planned meeting of your committee"):
        services.take_up(sent, meeting=other, by=higher_secretary)
    page = signed_in(higher_secretary).get(reverse("forwarding_take_up", args=[sent.code])).content.decode()
    assert "No meeting is planned" in page


def test_what_fell_off_an_agenda_waits_again(sent, higher, higher_secretary):
    planned = MeetingFactory(committee=higher, day=TODAY)
    services.take_up(sent, meeting=planned, by=higher_secretary)
    planned.state, planned.cancelled_reason = "cancelled", "Storm"
    planned.save()
    sent.refresh_from_db()
    assert services.can_be_taken_up(sent)
    item = services.take_up(sent, meeting=MeetingFactory(committee=higher), by=higher_secretary)
    assert item.came_from == sent


def test_send_back_needs_an_answer(sent, secretary, higher_secretary, signed_in):
    url = reverse("forwarding_send_back", args=[sent.code])
    client = signed_in(higher_secretary)
    assert client.post(url, {"answer": " "}).status_code == 422
    assert client.post(url, {"answer": "Ask the power company."}).status_code == 302
    sent.refresh_from_db()
    assert (sent.state, sent.answer, sent.answered_on) == ("declined", "Ask the power company.", TODAY)
    assert "Ask the power company." in signed_in(secretary).get(sent.get_absolute_url()).content.decode()
    assert Notice.objects.get(user=secretary)
    assert client.post(url, {"answer": "Once more"}).status_code == 422


@pytest.mark.parametrize("name", ["forwarding_take_up", "forwarding_send_back"])
@pytest.mark.parametrize(
    ("who", "status"), [("secretary", 403), ("member", 403), ("higher_secretary", 200), ("outsider", 404)]
)
def test_only_the_receiver_deals_with_it(request, sent, signed_in, name, who, status):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(reverse(name, args=[sent.code])).status_code == status


def test_chain_of_three_committees(sent, higher, country, secretary, higher_secretary, signed_in):
    top = CommitteeFactory(locality=LocalityFactory(code="CD-TOP", country=country), name="Top committee")
    top_user = CommitteeAccessFactory(
        committee=top, role=Role.COMMITTEE_SECRETARY, user=UserFactory(display_name="Tara Top")
    ).user
    planned = MeetingFactory(committee=higher, day=TODAY)
    item = services.take_up(sent, meeting=planned, by=higher_secretary)
    planned.state, planned.voting_seats, planned.quorum = "held", 1, 1
    planned.save()
    AttendanceFactory(meeting=planned, presence=Presence.PRESENT, voting=True)
    item.refresh_from_db()
    second = decide(item.meeting, item, higher_secretary, text="The ministry has to pay")
    onward = services.send_on(second, to=top, on=TODAY, by=higher_secretary)
    item = services.take_up(onward, meeting=MeetingFactory(committee=top, day=TODAY), by=top_user)
    meeting = item.meeting
    meeting.state, meeting.voting_seats, meeting.quorum = "held", 1, 1
    meeting.save()
    AttendanceFactory(meeting=meeting, presence=Presence.PRESENT, voting=True)
    last = decide(meeting, item, top_user, text="Paid from the budget of 2027")
    for user in (secretary, higher_secretary, top_user):
        page = signed_in(user).get((onward if user != secretary else sent).get_absolute_url())
        words = page.content.decode()
        for text in ("Ask for street lights", "The ministry has to pay", "Paid from the budget of 2027"):
            assert text in words, (user, text)
    for back in (higher, sent.decision.meeting.committee):
        with pytest.raises(ForwardingRefused, match="The matter comes from this committee"):
            services.send_on(last, to=back, on=TODAY, by=top_user)


def test_committee_forwardings_costs_the_same_for_many(
    sent, committee, meeting, higher, secretary, signed_in, django_assert_num_queries
):
    client = signed_in(secretary)
    url = reverse("committee_forwardings", args=[committee.code])
    client.get(url)
    with django_assert_num_queries(7):
        client.get(url)
    for number in range(2, 6):
        ForwardingFactory(decision=DecisionFactory(meeting=meeting, number=number), to=higher)
        ForwardingFactory(to=committee)
    with django_assert_num_queries(7):
        client.get(url)


def test_what_is_not_approved_is_not_read_through_a_forwarding(
    sent, meeting, committee, higher, secretary, higher_secretary, oversight, signed_in
):
    """Who only sees the committees reads a decision once the minutes are approved, sent on or not."""
    planned = MeetingFactory(committee=higher, day=TODAY)
    item = services.take_up(sent, meeting=planned, by=higher_secretary)
    planned.state, planned.voting_seats, planned.quorum = "held", 1, 1
    planned.save()
    AttendanceFactory(meeting=planned, presence=Presence.PRESENT, voting=True)
    item.refresh_from_db()
    decide(item.meeting, item, higher_secretary, text="The ministry has to pay")
    client = signed_in(oversight)
    assert client.get(sent.get_absolute_url()).status_code == 404
    for row in (committee, higher):
        page = client.get(reverse("committee_forwardings", args=[row.code])).content.decode()
        assert sent.code not in page
    page = client.get(planned.get_absolute_url()).content.decode()
    assert sent.get_absolute_url() not in page
    meeting.minutes_state, meeting.approved_on = "approved", TODAY
    meeting.save()
    page = client.get(sent.get_absolute_url()).content.decode()
    assert "Ask for street lights" in page
    assert "The ministry has to pay" not in page
    assert "Its minutes are not approved yet." in page
    assert "The ministry has to pay" in signed_in(secretary).get(sent.get_absolute_url()).content.decode()
