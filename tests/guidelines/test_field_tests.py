import datetime

import pytest
from django.urls import reverse

from accounts.models.notices import Notice
from guidelines.models import FieldTest, Guidelines
from guidelines.services.moving import begin_field_test
from tests.factories.guidelines import EditionFactory, FieldTestFactory, ReviewCommentFactory
from tests.factories.localities import LocalityFactory


def new(guidelines):
    return reverse("field_test_new", args=[guidelines.code])


def one(name, test):
    return reverse(name, args=[test.guidelines.code, test.code])


@pytest.fixture
def test_here(guidelines, locality):
    return FieldTestFactory(guidelines=guidelines, locality=locality)


def test_field_test_new_finds_the_locality_by_name(guidelines, locality, country, coordinator, signed_in):
    LocalityFactory(code="CD-NK", name="Nord-Kivu", country=country)
    page = signed_in(coordinator).get(new(guidelines) + "?q=kasai").content.decode()
    assert '<option value="CD-KE" selected>' in page
    assert "CD-NK" not in page
    page = signed_in(coordinator).get(new(guidelines) + "?q=nowhere").content.decode()
    assert "No locality is called “nowhere”" in page
    assert "CD-NK" in page


def test_committees_hear_of_a_field_test_in_their_locality_and_can_read_the_draft(
    guidelines, locality, elsewhere, coordinator, secretary, member, outsider, oversight, signed_in
):
    FieldTestFactory(guidelines=guidelines, locality=locality)
    assert not Notice.objects.exists()  # the test has not begun
    begin_field_test(guidelines, by=coordinator)
    told = Notice.objects.all()
    assert {notice.user for notice in told} == {secretary, member}
    assert "is tried out in" in told[0].text
    assert signed_in(secretary).get(told[0].address).status_code == 200


def test_committees_hear_of_a_locality_that_is_named_while_the_test_runs(
    guidelines, locality, country, coordinator, secretary, signed_in
):
    FieldTestFactory(guidelines=guidelines, locality=LocalityFactory(country=country))
    begin_field_test(guidelines, by=coordinator)
    assert not Notice.objects.exists()
    data = {"locality": locality.code, "starts_on": "2026-03-02"}
    assert signed_in(coordinator).post(new(guidelines), data).status_code == 302
    assert Notice.objects.get().user == secretary


def test_field_test_new_is_once_a_locality_and_edition(guidelines, locality, coordinator, signed_in):
    client, data = signed_in(coordinator), {"locality": "CD-KE", "starts_on": "2026-03-02"}
    assert client.post(new(guidelines), data).status_code == 302
    response = client.post(new(guidelines), data)
    assert response.status_code == 422
    assert "recorded for this edition already" in response.content.decode()
    EditionFactory(guidelines=guidelines)
    assert client.post(new(guidelines), data).status_code == 302
    assert [test.edition_number for test in FieldTest.objects.order_by("pk")] == [1, 2]


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_field_test_new_asks_to_look_at_the_year(day, guidelines, locality, coordinator, signed_in):
    response = signed_in(coordinator).post(new(guidelines), {"locality": "CD-KE", "starts_on": day})
    assert response.status_code == 422
    assert "look at the year" in response.content.decode()
    assert not FieldTest.objects.exists()


@pytest.mark.parametrize("place", ["SL-BO-CITY", "", "CD-NOWHERE"])
def test_field_test_new_takes_localities_of_the_country_only(
    place, guidelines, locality, elsewhere, coordinator, signed_in
):
    data = {"locality": place, "starts_on": "2026-03-02"}
    assert signed_in(coordinator).post(new(guidelines), data).status_code == 422


@pytest.mark.parametrize("state", ["validated", "launched", "retired"])
def test_field_test_new_only_while_the_text_is_open(state, guidelines, locality, coordinator, signed_in):
    Guidelines.objects.update(state=state)
    data = {"locality": "CD-KE", "starts_on": "2026-03-02"}
    assert signed_in(coordinator).post(new(guidelines), data).status_code == 302
    assert not FieldTest.objects.exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"ends_on": "2026-03-01", "findings": "x"}, "cannot end before it begins"),
        ({"ends_on": "2999-01-01", "findings": "x"}, "has not come yet"),
        ({"ends_on": "2026-04-01", "findings": " "}, "required"),
        ({"ends_on": "2026-04-01", "findings": "x" * 100_000}, "at most 5000 characters"),
    ],
)
def test_field_test_end_refuses_in_words(data, said, test_here, coordinator, signed_in):
    response = signed_in(coordinator).post(one("field_test_end", test_here), data)
    assert response.status_code == 422
    assert said in response.content.decode()


def test_field_test_end_keeps_what_was_found(test_here, coordinator, signed_in):
    client = signed_in(coordinator)
    data = {"ends_on": "2026-04-01", "findings": "Nobody knew the circular."}
    assert client.post(one("field_test_end", test_here), data).status_code == 302
    test_here.refresh_from_db()
    assert (test_here.ends_on, test_here.findings) == (datetime.date(2026, 4, 1), "Nobody knew the circular.")
    review = client.get(reverse("guidelines_review", args=[test_here.guidelines.code])).content.decode()
    assert "Nobody knew the circular." in review


def test_field_test_edit_can_let_it_go_on(test_here, coordinator, signed_in):
    test_here.ends_on, test_here.findings = datetime.date(2026, 4, 1), "Much"
    test_here.save()
    client, data = signed_in(coordinator), {"starts_on": "2026-03-02", "asked": "", "findings": "Much"}
    assert client.post(one("field_test_edit", test_here), data | {"ends_on": "2026-02-01"}).status_code == 422
    assert client.post(one("field_test_edit", test_here), data | {"ends_on": ""}).status_code == 302
    test_here.refresh_from_db()
    assert test_here.ends_on is None


def test_field_test_remove_keeps_comments_and_the_last_one_while_it_runs(
    test_here, section, coordinator, signed_in, country
):
    comment = ReviewCommentFactory(guidelines=test_here.guidelines, section=section, field_test=test_here)
    client = signed_in(coordinator)
    Guidelines.objects.update(state="field_test")
    assert client.post(one("field_test_remove", test_here)).status_code == 302
    assert FieldTest.objects.exists()
    FieldTestFactory(
        guidelines=test_here.guidelines,
        locality=LocalityFactory(code="CD-NK", name="Nord-Kivu", country=country),
    )
    assert "1 comment was made" in client.get(one("field_test_remove", test_here)).content.decode()
    assert client.post(one("field_test_remove", test_here)).status_code == 302
    assert not FieldTest.objects.filter(pk=test_here.pk).exists()
    comment.refresh_from_db()
    assert comment.field_test is None


@pytest.mark.parametrize(("who", "status"), [("facilitator", 403), ("oversight", 403), ("outsider", 404)])
@pytest.mark.parametrize("name", ["field_test_edit", "field_test_end", "field_test_remove"])
def test_field_tests_are_for_writers(request, name, who, status, test_here, signed_in):
    assert signed_in(request.getfixturevalue(who)).post(one(name, test_here)).status_code == status
    assert FieldTest.objects.exists()
