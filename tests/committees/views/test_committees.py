"""Committees: listed, set up, shown, corrected."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from committees.composition import Side
from committees.models import Committee
from tests.factories.committees import CommitteeFactory, SeatFactory
from tests.factories.plans import LocalActionPlanFactory
from tests.factories.workshops import WorkshopFactory

# --- The list --------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 5])
def test_committee_list_queries(rows, facilitator, locality, signed_in, django_assert_num_queries):
    for _ in range(rows):
        SeatFactory(committee=CommitteeFactory(locality=locality))
    client = signed_in(facilitator)
    with django_assert_num_queries(7):
        response = client.get(reverse("committee_list"))
    assert len(response.context["page"]) == rows


def test_committee_list_shows_only_ones_own(committee, outsider, member, elsewhere, signed_in):
    there = CommitteeFactory(locality=elsewhere, name="Committee of Bo")
    assert committee.name not in signed_in(outsider).get(reverse("committee_list")).content.decode()
    seen = signed_in(member).get(reverse("committee_list")).content.decode()
    assert committee.name in seen
    assert there.name not in seen


def test_committee_list_finds_by_words_and_country(committee, administrator, elsewhere, signed_in):
    CommitteeFactory(locality=elsewhere, name="Committee of Bo")
    client, url = signed_in(administrator), reverse("committee_list")
    assert list(client.get(url, {"q": "kasaï"}).context["page"]) == [committee]
    assert list(client.get(url, {"country": "CD"}).context["page"]) == [committee]
    assert "No committee fits" in client.get(url, {"q": "nowhere"}).content.decode()


def test_committee_list_pages_keep_the_question(facilitator, locality, signed_in):
    for _ in range(26):
        CommitteeFactory(locality=locality)
    response = signed_in(facilitator).get(reverse("committee_list"), {"q": "committee", "page": 2})
    assert len(response.context["page"]) == 1
    assert "q=committee&amp;page=1" in response.content.decode()


# --- Setting up ------------------------------------------------------------------------------


def test_committee_new_knows_what_the_workshop_knows(workshop, facilitator, signed_in):
    client, url = signed_in(facilitator), f"{reverse('committee_new')}?workshop={workshop.code}"
    form = client.get(url).context["form"]
    assert form["name"].value() == "Local Steering Committee on UNSCR 1325, Kasaï-Oriental"
    assert form["established_on"].value() == workshop.ends_on
    values = {"kind": "steering", "locality": "CD-KE", "name": "", "established_on": "2026-03-03"}
    response = client.post(url, values)
    committee = Committee.objects.get()
    assert response.url == reverse("seat_new", args=[committee.code])
    assert committee.name == "Local Steering Committee on UNSCR 1325, Kasaï-Oriental"
    assert committee.established_at == workshop


def test_committee_new_with_a_hidden_workshop_is_404(workshop, outsider, elsewhere, signed_in):
    client, url = signed_in(outsider), reverse("committee_new")
    assert client.get(url, {"workshop": workshop.code}).status_code == 404
    assert client.get(url, {"workshop": "W-NOBODY"}).status_code == 404
    own = WorkshopFactory(locality=elsewhere)
    assert client.get(url, {"workshop": own.code}).status_code == 200


def test_committee_new_is_refused_without_the_right(oversight, workshop, member, signed_in):
    for user in (oversight, member):
        assert signed_in(user).get(reverse("committee_new")).status_code == 403


def test_committee_new_outside_ones_places_is_no_choice(locality, outsider, signed_in):
    values = {"kind": "steering", "locality": locality.code, "established_on": "2026-03-03"}
    response = signed_in(outsider).post(reverse("committee_new"), values)
    assert response.status_code == 422
    assert "locality" in response.context["form"].errors
    assert not Committee.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("established_on", "2999-01-01"),
        ("established_on", "yesterday"),
        ("name", "x" * 100_000),
        ("mandate", "x" * 100_000),
        ("kind", "club"),
    ],
)
def test_committee_new_says_what_is_wrong_at_the_field(field, value, locality, facilitator, signed_in):
    values = {"kind": "steering", "locality": "CD-KE", "name": "N", "established_on": "2026-03-03"}
    response = signed_in(facilitator).post(reverse("committee_new"), values | {field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    if field != "kind":
        assert value in response.content.decode()


# --- One committee ---------------------------------------------------------------------------


def test_committee_detail_says_how_it_is_composed(committee, facilitator, signed_in):
    for side in (Side.GOVERNMENT, Side.GOVERNMENT, Side.GOVERNMENT, Side.CIVIL_SOCIETY):
        SeatFactory(committee=committee, side=side)
    plan = LocalActionPlanFactory(committee=committee)
    page = signed_in(facilitator).get(committee.get_absolute_url()).content.decode()
    assert "3 government, 1 civil society: not balanced: 1 more civil society seat would do" in page
    assert plan.title in page
    assert committee.established_at.get_absolute_url() in page


def test_committee_detail_shows_accounts_only_to_who_gives_access(
    committee, secretary, coordinator, facilitator, signed_in
):
    url = committee.get_absolute_url()
    assert secretary.email in signed_in(coordinator).get(url).content.decode()
    for user in (facilitator, secretary):
        assert secretary.email not in signed_in(user).get(url).content.decode()


def test_committee_detail_links_no_workshop_that_is_hidden(committee, member, signed_in):
    page = signed_in(member).get(committee.get_absolute_url()).content.decode()
    assert committee.established_at.title in page
    assert committee.established_at.get_absolute_url() not in page


@pytest.mark.parametrize("rows", [1, 5])
def test_committee_detail_queries(rows, committee, secretary, signed_in, django_assert_num_queries):
    for _ in range(rows):
        SeatFactory(committee=committee)
        LocalActionPlanFactory(committee=committee)
    client = signed_in(secretary)
    with django_assert_num_queries(10):
        client.get(committee.get_absolute_url())


def test_committee_edit_corrects_the_name_and_leaves_the_place(signed_in, facilitator, committee):
    url = reverse("committee_edit", args=[committee.code])
    form = {"kind": "steering", "name": "Corrected name", "established_on": "2026-03-04", "mandate": ""}
    form |= {"row_version": 1}
    response = signed_in(facilitator).post(url, form | {"locality": "SL-BO-CITY"})
    assert response.status_code == 302
    saved = Committee.objects.get()
    assert (saved.name, saved.locality) == ("Corrected name", committee.locality)
    assert AuditEvent.objects.filter(subject=committee.code, verb="changed committee").exists()


def test_committee_edit_keeps_what_was_typed(signed_in, facilitator, committee):
    url = reverse("committee_edit", args=[committee.code])
    form = {
        "kind": "steering",
        "name": "Typed " * 50,
        "established_on": "2999-01-01",
        "mandate": "x" * 100_000,
    }
    response = signed_in(facilitator).post(url, form)
    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["established_on", "mandate", "name"]
    assert "x" * 100_000 in response.content.decode()


def test_committee_edit_saved_by_two_tells_the_second(signed_in, facilitator, coordinator, committee):
    url = reverse("committee_edit", args=[committee.code])
    form = {"kind": "steering", "established_on": "2026-03-03", "mandate": "", "row_version": 1}
    assert signed_in(coordinator).post(url, form | {"name": "By Cora"}).status_code == 302
    response = signed_in(facilitator).post(url, form | {"name": "By Fatou"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Somebody else saved this while you were writing" in page
    assert "By Cora" in page
    assert 'value="By Fatou"' in page
    assert 'name="row_version" value="2"' in page
    assert Committee.objects.get().name == "By Cora"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("quorum", "3", "the committee has 2 voting seats only"),
        ("quorum", "0", "At least one seat"),
        ("quorum", "many", "whole number"),
        ("legal_act_on", "2026-03-03", "Write which act it is"),
        ("established_on", "", "on which day it was set up"),
        ("responsible_name", "x" * 300, "at most 200 characters"),
    ],
)
def test_committee_edit_says_what_is_wrong_at_the_field(
    field, value, words, signed_in, facilitator, committee
):
    SeatFactory(committee=committee)
    SeatFactory(committee=committee)
    SeatFactory(committee=committee, voting=False)
    form = {"kind": "steering", "name": "N", "established_on": "2026-03-03", "row_version": 1}
    url = reverse("committee_edit", args=[committee.code])
    response = signed_in(facilitator).post(url, form | {field: value})
    assert response.status_code == 422
    at = "legal_act" if field == "legal_act_on" else field
    assert words in str(response.context["form"].errors[at])


def test_committee_edit_writes_all_of_it(signed_in, facilitator, committee, locality):
    higher = CommitteeFactory(locality=locality, kind="regional")
    SeatFactory(committee=committee)
    form = {
        "kind": "monitoring",
        "name": "Board",
        "established_on": "2026-03-03",
        "legal_act": "Order 12",
        "legal_act_on": "2026-02-01",
        "meeting_frequency": "quarterly",
        "quorum": "1",
        "responsible_name": "Division of gender",
        "reports_to": higher.code,
        "row_version": "1",
    }
    client = signed_in(facilitator)
    assert client.post(reverse("committee_edit", args=[committee.code]), form).status_code == 302
    page = client.get(committee.get_absolute_url()).content.decode()
    for words in ("Order 12", "Division of gender", "Every quarter", "1 of 1 voting seats", higher.name):
        assert words in page


def test_committee_edit_refuses_a_circle_of_higher_committees(signed_in, facilitator, committee, locality):
    below = CommitteeFactory(
        locality=locality, reports_to=CommitteeFactory(locality=locality, reports_to=committee)
    )
    form = {"kind": "steering", "name": "N", "established_on": "2026-03-03", "row_version": 1}
    url = reverse("committee_edit", args=[committee.code])
    response = signed_in(facilitator).post(url, form | {"reports_to": below.code})
    assert "it would be a circle" in str(response.context["form"].errors["reports_to"])


def test_committee_edit_offers_no_committee_of_another_country(
    signed_in, administrator, committee, elsewhere
):
    other = CommitteeFactory(locality=elsewhere)
    form = {"kind": "steering", "name": "N", "established_on": "2026-03-03", "row_version": 1}
    client, url = signed_in(administrator), reverse("committee_edit", args=[committee.code])
    assert other.code not in client.get(url).content.decode()
    assert set(client.post(url, form | {"reports_to": other.code}).context["form"].errors) == {"reports_to"}
    new = client.post(
        reverse("committee_new"), form | {"locality": committee.locality.code, "reports_to": other.code}
    )
    assert "another country" in str(new.context["form"].errors["reports_to"])


def test_committee_new_proposed_has_no_day_yet(signed_in, facilitator, locality):
    form = {"kind": "monitoring", "state": "proposed", "locality": "CD-KE", "established_on": "", "name": ""}
    assert signed_in(facilitator).post(reverse("committee_new"), form).status_code == 302
    committee = Committee.objects.get()
    assert (committee.state, committee.established_on) == ("proposed", None)
    assert committee.name == "Monitoring board on UNSCR 1325, Kasaï-Oriental"


def test_committee_edit_is_not_for_its_secretary(signed_in, secretary, committee):
    assert signed_in(secretary).get(reverse("committee_edit", args=[committee.code])).status_code == 403
