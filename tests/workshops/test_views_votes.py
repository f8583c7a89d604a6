"""Votes of the groups on the items of the National Action Plan, or of a resolution where there is none."""

import datetime
from uuid import uuid4

import pytest
from django.urls import reverse

from frameworks.models import FrameworkKind
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.results import NapVoteFactory
from workshops.models import NapVote

pytestmark = pytest.mark.django_db


@pytest.fixture
def nap(country):
    return NapFactory(country=country, code="CD-NAP-9")


@pytest.fixture
def items(nap):
    pillar = ProvisionFactory(framework=nap, code="1", order=0, text="Pillar")
    return [
        ProvisionFactory(framework=nap, code=f"1.{n}", order=n, parent=pillar, text=f"Item {n}")
        for n in (1, 2, 3)
    ]


def enter(workshop, plan="CD-NAP-9", group=None):
    address = f"{reverse('nap_vote_edit', args=[workshop.code])}?plan={plan}"
    return address + (f"&group={group}" if group else "")


def test_nap_votes_offers_the_plan_in_force_on_the_day(signed_in, facilitator, workshop, nap, items, country):
    old = NapFactory(
        country=country,
        period_start=datetime.date(2010, 1, 1),
        period_end=datetime.date(2012, 1, 1),
        state="expired",
    )
    ProvisionFactory(framework=old)
    response = signed_in(facilitator).get(reverse("nap_votes", args=[workshop.code]))
    assert response.context["in_force"] == [nap]
    assert response.context["other_naps"] == [old]
    assert response.context["resolutions"] == []


def test_nap_votes_without_a_plan_says_so_and_offers_resolutions(signed_in, facilitator, workshop):
    resolution = NapFactory(
        kind=FrameworkKind.WPS_RESOLUTION, country=None, generation=None, code="UNSCR-1325", title="1325"
    )
    item = ProvisionFactory(framework=resolution, code="8")
    client = signed_in(facilitator)
    response = client.get(reverse("nap_votes", args=[workshop.code]))
    assert "No National Action Plan" in response.text
    assert response.context["resolutions"] == [resolution]
    assert client.post(enter(workshop, "UNSCR-1325"), {"group": "All", "votes_8": "7"}).status_code == 302
    assert NapVote.objects.get().provision == item


def test_nap_vote_edit_enters_changes_and_renames(signed_in, facilitator, workshop, nap, items):
    client = signed_in(facilitator)
    data = {"group": " Women   leaders ", "votes_1.1": "3", "votes_1.2": "", "votes_1.3": "8"}
    assert client.post(enter(workshop), data).status_code == 302
    assert list(NapVote.objects.order_by("votes").values_list("group", "provision__code", "votes")) == [
        ("Women leaders", "1.1", 3),
        ("Women leaders", "1.3", 8),
    ]
    shown = client.get(enter(workshop, group="Women leaders")).context["form"]
    assert shown["votes_1.3"].value() == 8
    changed = {"group": "Women", "votes_1.2": "4"}
    assert client.post(enter(workshop, group="Women leaders"), changed).status_code == 302
    assert list(NapVote.objects.values_list("group", "provision__code", "votes")) == [("Women", "1.2", 4)]
    page = client.get(reverse("nap_votes", args=[workshop.code])).text
    assert "Item 2" in page
    assert "Item 1" not in page


def test_nap_vote_edit_has_a_field_for_items_not_for_pillars(signed_in, facilitator, workshop, nap, items):
    form = signed_in(facilitator).get(enter(workshop)).context["form"]
    assert list(form.fields) == ["group", "votes_1.1", "votes_1.2", "votes_1.3"]


def test_nap_vote_edit_of_two_groups_ranks_them_together(signed_in, facilitator, workshop, nap, items):
    client = signed_in(facilitator)
    client.post(enter(workshop), {"group": "Women", "votes_1.1": "3", "votes_1.2": "5"})
    client.post(enter(workshop), {"group": "Youth", "votes_1.1": "4", "votes_1.3": "7"})
    ranking = client.get(reverse("nap_votes", args=[workshop.code])).context["ranking"]
    assert [(item.place, item.provision.code, item.votes) for item in ranking] == [
        (1, "1.1", 7),
        (1, "1.3", 7),
        (3, "1.2", 5),
    ]


@pytest.mark.parametrize(
    "changed",
    [
        {"group": ""},
        {"group": "x" * 81},
        {"group": "wOMEN"},
        {"votes_1.1": "-1"},
        {"votes_1.1": "5001"},
        {"votes_1.1": "many"},
        {"votes_1.1": ""},
    ],
)
def test_nap_vote_edit_refuses(signed_in, facilitator, workshop, nap, items, changed):
    NapVoteFactory(workshop=workshop, provision=items[0], group="Women", votes=2)
    response = signed_in(facilitator).post(enter(workshop), {"group": "Youth", "votes_1.1": "3"} | changed)
    assert response.status_code == 422
    assert NapVote.objects.get().votes == 2


@pytest.mark.parametrize("plan", ["", "NOWHERE", "%00", "x" * 300, "SL-NAP"])
def test_nap_vote_edit_of_an_unknown_or_foreign_plan(
    signed_in, facilitator, workshop, nap, items, elsewhere, plan
):
    ProvisionFactory(framework=NapFactory(country=elsewhere.country, code="SL-NAP"))
    assert signed_in(facilitator).get(enter(workshop, plan)).status_code == 404


def test_nap_vote_edit_without_a_plan_leads_to_the_choice(signed_in, facilitator, workshop):
    answer = signed_in(facilitator).get(reverse("nap_vote_edit", args=[workshop.code]))
    assert answer.url == reverse("nap_votes", args=[workshop.code])


def test_nap_vote_edit_sent_twice_counts_once(signed_in, facilitator, workshop, nap, items):
    data = {"group": "Women", "votes_1.1": "3", "sent_form": str(uuid4())}
    for _time in range(2):
        signed_in(facilitator).post(enter(workshop), data)
    assert NapVote.objects.get().votes == 3


def test_nap_vote_remove_asks_first(signed_in, facilitator, workshop, nap, items):
    NapVoteFactory(workshop=workshop, provision=items[0], group="Women")
    NapVoteFactory(workshop=workshop, provision=items[0], group="Youth")
    address = f"{reverse('nap_vote_remove', args=[workshop.code])}?plan={nap.code}&group=Women"
    client = signed_in(facilitator)
    assert client.get(address).status_code == 200
    assert NapVote.objects.count() == 2
    client.post(address)
    assert NapVote.objects.get().group == "Youth"


@pytest.mark.parametrize("rows", [1, 5])
def test_nap_votes_costs_seven_queries(
    signed_in, facilitator, workshop, nap, items, rows, django_assert_num_queries
):
    for number in range(rows):
        NapVoteFactory(workshop=workshop, provision=items[0], group=f"Group {number}")
    client = signed_in(facilitator)
    with django_assert_num_queries(7):
        client.get(reverse("nap_votes", args=[workshop.code]))
