"""The library of what local plans align with."""

import datetime

import pytest
from django.urls import reverse

from frameworks.models import Framework, FrameworkKind, IndicatorDefinition, NapState, ProvisionLink
from frameworks.pillars import Pillar
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.plans import LocalActionPlanFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def nap(country):
    return NapFactory(
        code="CD-NAP-3",
        country=country,
        generation=3,
        title="The third plan",
        source="title page",
        as_of=datetime.date(2026, 11, 1),
    )


def resolution(number="1325", **changes):
    values = {
        "code": f"UNSCR-{number}",
        "kind": FrameworkKind.WPS_RESOLUTION,
        "number": number,
        "title": f"Resolution {number}",
    }
    return Framework.objects.create(**values | changes)


@pytest.mark.parametrize("name", ["framework_list", "indicator_list"])
def test_library_needs_sign_in(client, name):
    assert client.get(reverse(name)).status_code == 302


def test_framework_list_groups_by_kind_with_state_in_words(signed_in, outsider, nap):
    resolution(theme="Women and armed conflict")
    NapFactory(country=nap.country, generation=1, title="The first plan", state=NapState.SUPERSEDED)
    page = signed_in(outsider).get(reverse("framework_list")).text
    assert page.index("The first plan") < page.index("The third plan") < page.index("Resolution 1325")
    assert "Superseded" in page
    assert "In force" in page
    assert "Women and armed conflict" in page


def test_framework_list_filters_and_keeps_what_was_asked(signed_in, outsider, nap):
    resolution()
    client = signed_in(outsider)
    by_number = client.get(reverse("framework_list"), {"q": "1325"}).text
    assert "Resolution 1325" in by_number
    assert "The third plan" not in by_number
    assert 'value="1325"' in by_number
    by_country = client.get(reverse("framework_list"), {"country": "CD"}).text
    assert "The third plan" in by_country
    assert "Resolution 1325" not in by_country
    assert "Nothing fits" in client.get(reverse("framework_list"), {"q": "atlantis"}).text


def test_framework_list_says_what_to_do_when_empty(signed_in, outsider):
    assert "No framework is loaded yet" in signed_in(outsider).get(reverse("framework_list")).text


@pytest.mark.parametrize("rows", [1, 5])
def test_framework_list_costs_the_same_for_one_and_five(
    signed_in, outsider, country, rows, django_assert_num_queries
):
    for row in range(rows):
        ProvisionFactory(framework=NapFactory(country=country, generation=row + 1))
        resolution(str(1400 + row))
    client = signed_in(outsider)
    with django_assert_num_queries(6):
        client.get(reverse("framework_list"))


def test_framework_detail_prints_facts_items_and_source(signed_in, outsider, nap):
    axis = ProvisionFactory(framework=nap, code="2", text="Prevention", kind="axis", order=1)
    ProvisionFactory(framework=nap, code="2.1", text="Early warning", parent=axis, order=2)
    page = signed_in(outsider).get(nap.get_absolute_url()).text
    for words in ("The third plan", "Early warning", "In force", "title page", "1 November 2026"):
        assert words in page
    assert page.index("Prevention") < page.index("Early warning")


def test_framework_detail_of_an_expired_plan_says_so(signed_in, outsider, country):
    old = NapFactory(
        country=country,
        state=NapState.EXPIRED,
        period_start=datetime.date(2010, 1, 1),
        period_end=datetime.date(2014, 12, 31),
    )
    assert "Not in force" in signed_in(outsider).get(old.get_absolute_url()).text


def test_framework_detail_lists_local_plans_only_to_who_may_see_them(
    signed_in, outsider, coordinator, locality, nap
):
    LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), nap=nap, title="Plan of Kasaï")
    assert "Plan of Kasaï" in signed_in(coordinator).get(nap.get_absolute_url()).text
    assert "Plan of Kasaï" not in signed_in(outsider).get(nap.get_absolute_url()).text


@pytest.mark.parametrize("rows", [1, 5])
def test_framework_detail_costs_the_same_for_one_and_five(
    signed_in, coordinator, locality, nap, rows, django_assert_num_queries
):
    for row in range(rows):
        parent = ProvisionFactory(framework=nap)
        item = ProvisionFactory(framework=nap, parent=parent)
        upper = ProvisionFactory(framework=resolution(str(1400 + row)))
        ProvisionLink.objects.create(kind="serves", lower=item, upper=upper)
        LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), nap=nap)
    client = signed_in(coordinator)
    with django_assert_num_queries(9):
        client.get(nap.get_absolute_url())


def test_framework_detail_shows_the_chain_both_ways(signed_in, outsider, nap):
    lower = ProvisionFactory(framework=nap, code="2.1")
    upper = ProvisionFactory(framework=resolution(), code="8b")
    declined = ProvisionFactory(framework=upper.framework, code="10")
    ProvisionLink.objects.create(kind="serves", lower=lower, upper=upper)
    ProvisionLink.objects.create(kind="serves", lower=lower, upper=declined, state="declined")
    client = signed_in(outsider)
    page = client.get(nap.get_absolute_url()).text
    assert f'{upper.framework.get_absolute_url()}#p8b">UNSCR-1325 8b</a>' in page
    assert "UNSCR-1325 10" not in page
    page = client.get(upper.framework.get_absolute_url()).text
    assert "Carried out by 1 item" in page
    assert f"{nap.get_absolute_url()}#p2.1" in page


def test_framework_detail_offers_the_succession_to_who_keeps_the_plans(signed_in, outsider, coordinator, nap):
    url = reverse("nap_succession", args=[nap.code])
    assert url in signed_in(coordinator).get(nap.get_absolute_url()).text
    assert url not in signed_in(outsider).get(nap.get_absolute_url()).text
    other = signed_in(coordinator).get(resolution().get_absolute_url()).text
    assert "When a new plan replaces it" not in other


def test_framework_detail_of_unknown_code(signed_in, outsider):
    assert signed_in(outsider).get(reverse("framework_detail", args=["CD-NAP-99"])).status_code == 404


def test_indicator_list_by_pillar_with_level_in_words(signed_in, outsider):
    for code, pillar, level in (
        ("UN-12a", Pillar.PARTICIPATION, "local"),
        ("UN-6", Pillar.PREVENTION, "un"),
    ):
        IndicatorDefinition.objects.create(code=code, text=f"Text {code}", pillar=pillar, level=level)
    client = signed_in(outsider)
    page = client.get(reverse("indicator_list")).text
    assert "A locality can feed it" in page
    assert "United Nations" in page
    filtered = client.get(reverse("indicator_list"), {"level": "local"}).text
    assert "Text UN-12a" in filtered
    assert "Text UN-6" not in filtered


@pytest.mark.parametrize("rows", [1, 5])
def test_indicator_list_costs_the_same_for_one_and_five(signed_in, outsider, rows, django_assert_num_queries):
    for row in range(rows):
        IndicatorDefinition.objects.create(
            code=f"UN-{row}", text="Text", pillar=Pillar.PREVENTION, level="local"
        )
    client = signed_in(outsider)
    with django_assert_num_queries(4):
        client.get(reverse("indicator_list"))
