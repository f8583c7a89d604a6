"""Who leads a National Action Plan, and who is told when that changes (F44, F93)."""

import datetime

import pytest
from django.core.management import call_command
from django.urls import reverse

from accounts.models import Notice, NoticeKind
from frameworks.leads import LeadRefused, LeadValues, change_lead, correct_lead, take_back_lead
from frameworks.models import Framework, Lead, LeadKind
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import LeadFactory, NapFactory
from tests.factories.plans import LocalActionPlanFactory

pytestmark = pytest.mark.django_db

FOREIGN = {
    "institution": "Ministry of Foreign Affairs",
    "kind": "foreign",
    "since": "2026-03-01",
    "change": "reshuffle",
}


def values(**changes):
    known = {
        "institution": "Ministry of Foreign Affairs",
        "kind": LeadKind.FOREIGN,
        "since": datetime.date(2026, 3, 1),
    }
    return LeadValues(**known | changes)


@pytest.fixture
def nap(country):
    return NapFactory(country=country, code="CD-NAP-3", title="The third plan")


@pytest.fixture
def lead(nap):
    return LeadFactory(framework=nap)


def test_change_lead_keeps_the_history_and_tells_the_places(
    lead, nap, coordinator, facilitator, secretary, member, oversight, outsider
):
    new = change_lead(nap, values(), by=coordinator)
    lead.refresh_from_db()
    assert (lead.until, new.until) == (datetime.date(2026, 3, 1), None)
    told = Notice.objects.filter(kind=NoticeKind.NAP)
    assert {notice.user for notice in told} == {coordinator, facilitator, secretary, member}
    assert told[0].address == nap.get_absolute_url()
    assert "Ministry of Foreign Affairs" in told[0].text


def test_change_lead_begins_with_what_the_data_files_say(nap, coordinator):
    nap.lead_institution = "Ministry of Gender"
    nap.save()
    change_lead(nap, values(), by=coordinator)
    assert list(nap.leads.values_list("institution", flat=True)) == [
        "Ministry of Foreign Affairs",
        "Ministry of Gender",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"institution": "ministry of GENDER"}, "institution"),
        ({"since": datetime.date(2024, 12, 31)}, "since"),
    ],
)
def test_change_lead_refuses_what_cannot_be(lead, nap, coordinator, changes, field):
    with pytest.raises(LeadRefused) as refusal:
        change_lead(nap, values(**changes), by=coordinator)
    assert refusal.value.field == field
    assert Lead.objects.count() == 1
    assert not Notice.objects.exists()


def test_correct_lead_moves_the_end_of_the_one_before(lead, nap, coordinator):
    new = change_lead(nap, values(), by=coordinator)
    correct_lead(new, values(since=datetime.date(2026, 4, 1)), by=coordinator)
    lead.refresh_from_db()
    assert lead.until == datetime.date(2026, 4, 1)


def test_take_back_lead_opens_the_one_before(lead, nap, coordinator):
    new = change_lead(nap, values(), by=coordinator)
    with pytest.raises(LeadRefused):
        take_back_lead(nap.leads.get(pk=lead.pk), by=coordinator)
    take_back_lead(new, by=coordinator)
    assert nap.leads.current().get() == lead
    told = Notice.objects.filter(user=coordinator).order_by("pk")
    assert [notice.text.split(": ")[-1] for notice in told] == [new.institution, lead.institution]


def test_correct_lead_tells_who_it_really_is(lead, nap, coordinator):
    new = change_lead(nap, values(), by=coordinator)
    correct_lead(new, values(note="By decree"), by=coordinator)
    assert Notice.objects.filter(user=coordinator).count() == 1
    correct_lead(new, values(institution="Ministry of Defence"), by=coordinator)
    assert Notice.objects.filter(user=coordinator, text__contains="Ministry of Defence").count() == 1


def test_lead_new_keeps_what_was_typed_with_the_reason(signed_in, coordinator, lead, nap):
    url = reverse("lead_new", args=[nap.code])
    response = signed_in(coordinator).post(url, FOREIGN | {"since": "2031-01-01"})
    assert response.status_code == 422
    assert "This day has not come yet" in response.text
    assert "Ministry of Foreign Affairs" in response.text
    assert signed_in(coordinator).post(url, FOREIGN).url == nap.get_absolute_url()
    page = signed_in(coordinator).get(nap.get_absolute_url()).text
    assert page.index("Ministry of Foreign Affairs") < page.index("Ministry of Gender")
    assert "Reshuffle of the cabinet" in page


@pytest.mark.parametrize("who", ["facilitator", "secretary", "oversight", "outsider"])
def test_lead_new_is_for_who_keeps_the_plans_of_the_country(signed_in, request, who, nap):
    response = signed_in(request.getfixturevalue(who)).post(reverse("lead_new", args=[nap.code]), FOREIGN)
    assert response.status_code == 403
    assert not Lead.objects.exists()


def test_lead_edit_and_remove(signed_in, coordinator, lead, nap):
    client = signed_in(coordinator)
    edit = reverse("lead_edit", args=[nap.code, lead.code])
    assert "Ministry of Gender" in client.get(edit).text
    client.post(edit, FOREIGN | {"institution": "Ministry of Women"})
    lead.refresh_from_db()
    assert lead.institution == "Ministry of Women"
    new = change_lead(nap, values(), by=coordinator)
    assert client.post(reverse("lead_remove", args=[nap.code, lead.code])).status_code == 422
    assert client.post(reverse("lead_remove", args=[nap.code, new.code])).status_code == 302


def test_lead_list_compares_by_kind_of_institution(signed_in, coordinator, outsider, lead, nap, locality):
    LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), nap=nap)
    LeadFactory(framework=NapFactory(country=nap.country), kind=LeadKind.DEFENCE)
    comparison = signed_in(coordinator).get(reverse("lead_list")).context["comparison"]
    assert [(share.kind, share.plans, share.localized) for share in comparison.shares] == [
        ("Ministry of women or gender", 1, 1),
        ("Ministry of defence or security", 1, 0),
    ]
    hidden = signed_in(outsider).get(reverse("lead_list") + "?kind=gender")
    assert [(row.lead, row.local_plans) for row in hidden.context["comparison"].rows] == [(lead, 0)]
    assert "Show all</a>" in hidden.text
    assert "Show all</a>" not in signed_in(outsider).get(reverse("lead_list")).text


@pytest.mark.parametrize("number", [1, 5])
def test_lead_list_takes_the_same_queries(signed_in, coordinator, country, django_assert_num_queries, number):
    for _ in range(number):
        LeadFactory(framework=NapFactory(country=country))
    client = signed_in(coordinator)
    with django_assert_num_queries(5):
        client.get(reverse("lead_list"))


def test_lead_list_shows_25_plans_a_page_and_counts_all(signed_in, coordinator, country):
    """All of them on one page were a long way down a phone."""
    for _ in range(26):
        LeadFactory(framework=NapFactory(country=country), kind=LeadKind.GENDER)
    client, url = signed_in(coordinator), reverse("lead_list")
    first, last = (client.get(url + f"?kind=gender&page={number}") for number in (1, 2))
    assert [len(answer.context["page"]) for answer in (first, last)] == [25, 1]
    assert [share.plans for share in last.context["comparison"].shares] == [26]
    assert 'href="?kind=gender&amp;page=2"' in first.text


def test_load_frameworks_says_who_leads_and_touches_no_change(db):
    call_command("load_localities", verbosity=0)
    call_command("load_frameworks", verbosity=0)
    naps = Framework.objects.naps().exclude(lead_institution="")
    assert not naps.filter(leads=None).exists()
    nap = naps.get(code="CD-NAP-3")
    assert nap.leads.get().kind == LeadKind.GENDER
    change_lead(nap, values(since=datetime.date(2026, 6, 1)), by=None)
    call_command("load_frameworks", verbosity=0)
    assert nap.leads.current().get().institution == "Ministry of Foreign Affairs"
