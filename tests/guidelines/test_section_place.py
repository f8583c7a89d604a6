"""Moving a section to any place, chosen on a page that its form leads to."""

import pytest

from guidelines.models import Guidelines, Section
from guidelines.outline import outline_of
from guidelines.services.sections import SectionStays, place_section
from tests.factories.guidelines import SectionFactory


@pytest.fixture
def third(guidelines, section, second_section):
    """With a part."""
    third = SectionFactory(guidelines=guidelines, heading="Money", order=3)
    SectionFactory(guidelines=guidelines, heading="Coins", parent=third, order=1)
    return third


def url(section, what="place"):
    return f"/guidelines/{section.guidelines.code}/sections/{section.code}/{what}/"


def outline(guidelines):
    return [f"{entry.number} {entry.section.heading}" for entry in outline_of(guidelines.sections.all())]


def test_section_place_is_linked_from_the_form_and_from_the_text(section, coordinator, signed_in):
    client = signed_in(coordinator)
    for page in (url(section, "edit"), section.guidelines.get_absolute_url()):
        assert f'href="{url(section)}"' in client.get(page).text
    Guidelines.objects.update(state="validated")
    assert f'href="{url(section)}"' not in client.get(url(section, "edit")).text


def test_section_place_offers_every_place_but_its_own_parts(third, section, coordinator, signed_in):
    page = signed_in(coordinator).get(url(third)).text
    assert "Before all others" in page
    assert "First part of 1 The plan in brief" in page
    assert "After 2 Roles" in page
    assert "Coins" not in page
    page = signed_in(coordinator).get(url(section)).text
    assert "After 3.1 Coins" in page


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("first", ["1 Money", "1.1 Coins", "2 The plan in brief", "3 Roles"]),
        ("after:{one}", ["1 The plan in brief", "2 Money", "2.1 Coins", "3 Roles"]),
        ("in:{two}", ["1 The plan in brief", "2 Roles", "2.1 Money", "2.1.1 Coins"]),
    ],
)
def test_section_place_moves_it_with_its_parts(
    place, expected, third, section, second_section, coordinator, signed_in
):
    sent = place.format(one=section.code, two=second_section.code)
    response = signed_in(coordinator).post(url(third), {"place": sent})
    assert response.url.endswith(f"#{third.code}")
    assert outline(third.guidelines) == expected


def test_section_place_offers_no_place_that_is_too_deep(third, section, coordinator, signed_in):
    coins = Section.objects.get(heading="Coins")
    SectionFactory(guidelines=third.guidelines, heading="Copper", parent=coins, order=1)
    page = signed_in(coordinator).get(url(third)).text
    assert "First part of" not in page
    answer = signed_in(coordinator).post(url(third), {"place": f"in:{section.code}"})
    assert answer.status_code == 422
    assert "This place is not there any more" in answer.text


def test_section_place_without_a_choice_says_so(third, coordinator, signed_in):
    answer = signed_in(coordinator).post(url(third), {"place": ""})
    assert answer.status_code == 422
    assert answer.context["form"].errors["place"]


def test_place_section_refuses_what_changed_meanwhile(third, section, coordinator):
    coins = Section.objects.get(heading="Coins")
    with pytest.raises(SectionStays, match="moved or removed"):
        place_section(third, parent=coins, after=None, by=coordinator)
    with pytest.raises(SectionStays, match="moved or removed"):
        place_section(third, parent=None, after=coins, by=coordinator)
    Section.objects.filter(pk=section.pk).delete()
    with pytest.raises(SectionStays, match="moved or removed"):
        place_section(third, parent=section, after=None, by=coordinator)
    assert outline(third.guidelines)[-2:] == ["2 Money", "2.1 Coins"]


def test_section_place_of_a_closed_text_is_refused(third, coordinator, signed_in):
    Guidelines.objects.update(state="validated")
    answer = signed_in(coordinator).post(url(third), {"place": "first"})
    assert answer.status_code == 409
    assert "The texts cannot be changed now" in answer.text
    assert outline(third.guidelines)[0] == "1 The plan in brief"


@pytest.mark.parametrize(("who", "status"), [("facilitator", 403), ("oversight", 403), ("outsider", 404)])
def test_section_place_is_for_who_writes(who, status, third, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url(third)).status_code == status
    assert client.post(url(third), {"place": "first"}).status_code == status
    assert outline(third.guidelines)[0] == "1 The plan in brief"


@pytest.mark.parametrize("rows", [1, 5])
def test_section_place_asks_the_same_for_one_section_and_five(
    rows, section, coordinator, signed_in, django_assert_num_queries
):
    SectionFactory.create_batch(rows, guidelines=section.guidelines)
    client = signed_in(coordinator)
    with django_assert_num_queries(7):
        assert client.get(url(section)).status_code == 200
