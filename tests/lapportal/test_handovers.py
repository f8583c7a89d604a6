"""The pages of a hand-over: who reads, who writes, what is refused."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from people import handovers
from people.handovers import CHECKLIST
from people.models import Handover
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory, SeatFactory
from tests.factories.people import HandoverFactory, IncumbencyFactory, PersonFactory, PositionFactory

pytestmark = pytest.mark.django_db
NAME = "Hidden Person Kabedi"
DAYS = datetime.timedelta


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def mayor(committee):
    return SeatFactory(committee=committee, position__title="Mayor").position


@pytest.fixture
def handover(mayor, country, today):
    person = PersonFactory(country=country, full_name=NAME)
    holder = IncumbencyFactory(position=mayor, person=person, ends_on=today - DAYS(days=3))
    return handovers.open_handover(
        mayor,
        cause="left",
        due_on=holder.ends_on,
        today=today,
        by=None,
        outgoing=holder,
        how_ended="election",
    )


@pytest.fixture
def successor(handover, secretary):
    """An account that works for another committee: it sees this office only as its successor."""
    user = CommitteeAccessFactory(
        committee=CommitteeFactory(), role="committee_member", user=UserFactory(display_name="Suzy Successor")
    ).user
    handovers.name_successor(handover, user=user, by=secretary)
    return user


def url(name, handover):
    return reverse(name, args=[handover.code])


def text(response):
    return response.content.decode()


def send(client, handover, **said):
    day = timezone.localdate().isoformat()
    return client.post(url("handover_send", handover), {"how": "account", "sent_on": day} | said)


def test_handover_list_shows_overdue_first_and_open_before_closed(signed_in, coordinator, locality, today):
    office = {"position__locality": locality}
    late = HandoverFactory(due_on=today - DAYS(days=60), position__title="Late office", **office)
    HandoverFactory(due_on=today, position__title="New office", **office)
    closed = {"pack_sent_on": today, "acknowledged_on": today, "due_on": today - DAYS(days=90)}
    HandoverFactory(position__title="Closed office", **closed, **office)
    client = signed_in(coordinator)
    page = text(client.get(reverse("handover_list")))
    assert page.index("Late office") < page.index("New office") < page.index("Closed office")
    assert "60 days ago" in page
    only = text(client.get(reverse("handover_list"), {"state": "overdue", "country": "CD"}))
    assert late.code in only
    assert "New office" not in only
    assert "No hand-over fits" in text(client.get(reverse("handover_list"), {"q": "Governor"}))


def test_handover_list_says_what_to_do_when_there_is_none(signed_in, coordinator):
    page = text(signed_in(coordinator).get(reverse("handover_list")))
    assert "No office changes hands" in page


@pytest.mark.parametrize("number", [1, 5])
def test_handover_list_queries(number, signed_in, coordinator, locality, django_assert_num_queries):
    for _each in range(number):
        HandoverFactory(position__locality=locality)
    client = signed_in(coordinator)
    client.get(reverse("handover_list"))
    with django_assert_num_queries(6):
        client.get(reverse("handover_list"))


@pytest.mark.parametrize("number", [1, 5])
def test_handover_detail_queries(
    number, signed_in, secretary, committee, handover, django_assert_num_queries
):
    for each in range(number):
        CommitteeAccessFactory(committee=committee, role="committee_member")
        handovers.add_line(handover, text=f"Line {each}")
    client = signed_in(secretary)
    with django_assert_num_queries(10):
        client.get(url("handover_detail", handover))


@pytest.mark.parametrize("who", ["coordinator", "facilitator", "secretary", "member", "oversight"])
def test_handover_detail_names_no_holder(request, who, signed_in, handover):
    page = text(signed_in(request.getfixturevalue(who)).get(url("handover_detail", handover)))
    assert "Mayor" in page
    assert NAME not in page
    assert ("Send the pack" in page) is (who in {"coordinator", "facilitator", "secretary"})


def test_handover_detail_says_large_that_it_is_overdue(signed_in, member, handover, today):
    Handover.objects.update(due_on=today - DAYS(days=31))
    page = text(signed_in(member).get(url("handover_detail", handover)))
    assert "31 days ago, and nobody has acknowledged it" in page
    Handover.objects.update(due_on=today - DAYS(days=30))
    assert "handover-late" not in text(signed_in(member).get(url("handover_detail", handover)))


@pytest.mark.parametrize(
    "name",
    ["handover_successor", "handover_send", "handover_meeting", "handover_stays", "handover_acknowledge"],
)
def test_handover_is_kept_by_keepers_alone(name, signed_in, member, oversight, outsider, handover):
    for who, status in ((member, 403), (oversight, 403), (outsider, 404)):
        client = signed_in(who)
        assert client.get(url(name, handover)).status_code == status
        assert client.post(url(name, handover), {"on": "2026-10-10"}).status_code == status


def test_handover_new_by_hand(signed_in, secretary, mayor, today):
    client = signed_in(secretary)
    address = reverse("handover_new", args=[mayor.code])
    assert client.get(address).status_code == 200
    said = {"cause": "left", "due_on": today.isoformat()}
    answer = client.post(address, said)
    assert answer.url == mayor.handovers.get().get_absolute_url()
    again = client.post(address, said)
    assert again.status_code == 422
    assert "open already" in text(again)
    assert mayor.handovers.count() == 1


def test_handover_new_is_refused_to_a_member(signed_in, member, mayor):
    assert signed_in(member).get(reverse("handover_new", args=[mayor.code])).status_code == 403


def test_handover_new_refuses_a_year_that_was_mistyped(signed_in, secretary, mayor):
    address = reverse("handover_new", args=[mayor.code])
    answer = signed_in(secretary).post(address, {"cause": "left", "due_on": "0226-10-10"})
    assert answer.status_code == 422
    assert "Look at the year again" in text(answer)


def test_handover_successor_among_the_accounts_of_the_committee(signed_in, secretary, member, handover):
    client = signed_in(secretary)
    page = text(client.get(url("handover_successor", handover)))
    assert "Mado Member" in page  # a colleague
    client.post(url("handover_successor", handover), {"account": member.code})
    assert Handover.objects.get().successor == member
    client.post(url("handover_successor", handover), {"account": "nobody"})
    assert Handover.objects.get().successor is None


def test_handover_successor_shows_codes_to_who_is_no_colleague(signed_in, facilitator, member, handover):
    page = text(signed_in(facilitator).get(url("handover_successor", handover)))
    assert member.code in page
    assert "Mado Member" not in page


def test_handover_successor_by_address_tells_hidden_and_unknown_alike(
    signed_in, secretary, member, outsider, handover
):
    client = signed_in(secretary)
    answers = [
        client.post(url("handover_successor", handover), {"account": "email", "email": address})
        for address in (outsider.email, "nobody@test.example")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("There is no account with this address" in text(answer) for answer in answers)
    client.post(url("handover_successor", handover), {"account": "email", "email": member.email})
    assert Handover.objects.get().successor == member


def test_handover_send_needs_an_account_or_paper(signed_in, secretary, handover):
    client = signed_in(secretary)
    answer = send(client, handover)
    assert answer.status_code == 422
    assert "Choose the account" in text(answer)
    assert send(client, handover, how="paper").status_code == 302
    assert Handover.objects.get().pack_on_paper


def test_handover_goes_to_the_successor_who_acknowledges(signed_in, secretary, successor, handover, today):
    theirs = signed_in(successor)
    assert "on its way to you" in text(theirs.get(url("handover_detail", handover)))
    early = theirs.post(url("handover_acknowledge", handover), {"on": today, "confirmed": "on"})
    assert early.status_code == 422
    assert "not sent yet" in text(early)
    assert send(signed_in(secretary), handover).status_code == 302
    assert Notice.objects.filter(user=successor, address=handover.get_absolute_url()).count() == 1
    unticked = theirs.post(url("handover_acknowledge", handover), {"on": today, "note": "All clear"})
    assert unticked.status_code == 422
    assert "All clear" in text(unticked)
    answer = theirs.post(url("handover_acknowledge", handover), {"on": today, "confirmed": "on", "note": ""})
    assert answer.status_code == 302
    row = Handover.objects.get()
    assert (row.acknowledged_by, row.acknowledged_on_paper) == (successor, False)
    # Not twice: the account is no longer the one that is asked.
    assert theirs.get(url("handover_acknowledge", handover)).status_code == 403


def test_handover_acknowledge_on_paper_by_a_keeper(signed_in, secretary, handover, today):
    client = signed_in(secretary)
    send(client, handover, how="paper")
    client.post(url("handover_acknowledge", handover), {"on": today, "confirmed": "on"})
    row = Handover.objects.get()
    assert (row.acknowledged_by, row.acknowledged_on_paper) == (secretary, True)
    assert "signed on paper" in text(client.get(url("handover_detail", handover)))
    again = client.post(url("handover_acknowledge", handover), {"on": today, "confirmed": "on"})
    assert again.status_code == 422
    assert "acknowledged on" in text(again)


def test_handover_meeting_is_planned_and_then_held(signed_in, secretary, handover, today):
    client = signed_in(secretary)
    later = today + DAYS(days=5)
    client.post(url("handover_meeting", handover), {"meets_on": later})
    row = Handover.objects.get()
    assert (row.meets_on, row.met_on) == (later, None)
    client.post(
        url("handover_meeting", handover), {"meets_on": later, "met_on": today, "met_note": "The market keys"}
    )
    assert "The market keys" in text(client.get(url("handover_detail", handover)))


def test_handover_meeting_keeps_what_was_typed(signed_in, secretary, handover):
    long = "word " * 20_000
    for said in ({"met_note": "Agreed on the market"}, {"met_on": "2026-10-10", "met_note": long}):
        answer = signed_in(secretary).post(url("handover_meeting", handover), said)
        assert answer.status_code == 422
        assert said["met_note"].strip()[:2000] in text(answer)


def test_handover_stays_writes_the_new_term(signed_in, secretary, handover, mayor, today):
    holder = mayor.incumbencies.get()
    mayor.incumbencies.update(ends_on=None, how_ended="")
    term = today + DAYS(days=1400)
    client = signed_in(secretary)
    assert client.post(url("handover_stays", handover), {"reason": ""}).status_code == 422
    client.post(url("handover_stays", handover), {"reason": "Elected again", "term_ends_on": term})
    holder.refresh_from_db()
    assert holder.term_ends_on == term
    assert "Elected again" in text(client.get(url("handover_detail", handover)))


def test_handover_checklist_ticks_adds_and_removes(signed_in, secretary, handover, today):
    client, address = signed_in(secretary), url("handover_checklist", handover)
    client.post(address, {"do": "tick", "line": 2, "done_on": today, "note": "Two boxes"})
    assert handover.items.get(order=2).note == "Two boxes"
    client.post(address, {"do": "untick", "line": 2})
    assert handover.items.get(order=2).done_on is None
    for _twice in range(2):  # over a weak link
        client.post(address, {"do": "add", "text": "Show the water point"})
    added = handover.items.get(key="")
    assert added.order == len(CHECKLIST) + 1
    client.post(address, {"do": "remove", "line": added.order})
    client.post(address, {"do": "remove", "line": 1})  # a standard line stays
    assert handover.items.count() == len(CHECKLIST)


def test_handover_checklist_says_at_the_line_what_is_wrong(signed_in, secretary, handover):
    said = {"do": "tick", "line": 2, "done_on": "2999-01-01", "note": "Two boxes"}
    answer = signed_in(secretary).post(url("handover_checklist", handover), said)
    assert answer.status_code == 422
    assert "still to come" in text(answer)
    assert "Two boxes" in text(answer)


@pytest.mark.parametrize("line", ["", "0", "99", "x", "²", "1" * 30])
def test_handover_checklist_of_no_line_is_404(line, signed_in, secretary, handover):
    answer = signed_in(secretary).post(url("handover_checklist", handover), {"do": "tick", "line": line})
    assert answer.status_code == 404


def test_handover_checklist_is_refused_to_readers(signed_in, member, outsider, handover):
    said = {"do": "add", "text": "Mine"}
    assert signed_in(member).post(url("handover_checklist", handover), said).status_code == 403
    assert signed_in(outsider).post(url("handover_checklist", handover), said).status_code == 404
    assert not handover.items.filter(key="").exists()


def test_handover_offers_to_remove_the_old_access(signed_in, coordinator, committee, mayor, handover):
    old = CommitteeAccessFactory(
        committee=committee, role="committee_member", seat=mayor.seats.get(), user__display_name="Old Account"
    )
    page = text(signed_in(coordinator).get(url("handover_detail", handover)))
    assert reverse("access_remove", args=[committee.code, old.code]) in page


def test_handover_says_when_the_successor_has_no_access_yet(
    signed_in, coordinator, committee, handover, successor
):
    page = text(signed_in(coordinator).get(url("handover_detail", handover)))
    assert reverse("access_new", args=[committee.code]) in page
    CommitteeAccessFactory(committee=committee, role="committee_member", user=successor)
    page = text(signed_in(coordinator).get(url("handover_detail", handover)))
    assert reverse("access_new", args=[committee.code]) not in page


def test_handover_of_a_position_elsewhere_is_hidden(signed_in, outsider, elsewhere, handover):
    own = HandoverFactory(position=PositionFactory(locality=elsewhere))
    client = signed_in(outsider)
    assert client.get(url("handover_detail", own)).status_code == 200
    for name in ("handover_detail", "handover_pack", "handover_pack_pdf"):
        assert client.get(url(name, handover)).status_code == 404
