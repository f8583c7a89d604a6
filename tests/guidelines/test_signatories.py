import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from guidelines.models import Signatory
from guidelines.signatories import Signatures, ensure
from tests.factories.guidelines import EndorsementFactory, GuidelinesFactory, SignatoryFactory

NAMES = {"nap": "Ministry of Gender", "local_government": "Ministry of Decentralisation"}


@pytest.fixture
def named(country):
    country.ministries = NAMES
    country.save()
    return country


def names(country):
    return [row.institution for row in country.signatories.all()]


def test_ensure_makes_the_two_ministries_of_the_country_once(named):
    ensure(named)
    ensure(named)
    assert names(named) == ["Ministry of Gender", "Ministry of Decentralisation"]


def test_ensure_says_what_is_to_be_named_and_names_it_later(country):
    ensure(country)
    first = country.signatories.first()
    assert "(to be named)" in str(first)
    assert not first.is_named
    country.ministries = {"nap": "Ministry of Gender"}
    country.save()
    ensure(country)
    assert names(country)[0] == "Ministry of Gender"
    assert "(to be named)" in names(country)[1]


def test_ensure_leaves_what_was_changed_or_ended_by_hand(named):
    SignatoryFactory(country=named, role="nap", institution="Gender Commission", ended_on="2026-01-01")
    ensure(named)
    assert names(named) == ["Gender Commission"]


def test_signatures_count_the_required_and_show_the_others(named):
    guidelines = GuidelinesFactory(country=named)
    ensure(named)
    gender, councils = named.signatories.all()
    EndorsementFactory(guidelines=guidelines, signatory=gender, institution=gender.institution)
    EndorsementFactory(guidelines=guidelines, institution="UN Women")
    EndorsementFactory(
        guidelines=guidelines, signatory=councils, institution="Old", withdrawn_on="2026-05-05"
    )
    found = Signatures.of(guidelines)
    assert (found.given, len(found.required), found.all_given) == (1, 2, False)
    assert found.missing == [councils]
    assert [row.institution for row in found.others] == ["UN Women"]


def test_signatures_of_nobody_are_not_complete(country):
    assert not Signatures.of(GuidelinesFactory(country=country)).all_given


def test_signatory_list_shows_who_signs_and_offers_to_name(country, coordinator, signed_in):
    page = signed_in(coordinator).get(reverse("signatory_list", args=["CD"])).content.decode()
    assert "(to be named)" in page
    assert "Name it" in page


def test_signatory_list_is_hidden_from_who_reads_no_guidelines_there(country, outsider, member, signed_in):
    SignatoryFactory(country=country)
    for user in (outsider, member):
        assert signed_in(user).get(reverse("signatory_list", args=["CD"])).status_code == 404


def test_signatory_list_is_read_by_facilitators_and_not_changed(country, facilitator, signed_in):
    GuidelinesFactory(country=country)
    client = signed_in(facilitator)
    page = client.get(reverse("signatory_list", args=["CD"])).content.decode()
    assert "Add an institution" not in page
    assert client.get(reverse("signatory_new", args=["CD"])).status_code == 403


@pytest.mark.parametrize("rows", [1, 5])
def test_signatory_list_takes_the_same_number_of_queries(
    rows, country, coordinator, signed_in, django_assert_num_queries
):
    SignatoryFactory.create_batch(rows, country=country)
    client = signed_in(coordinator)
    with django_assert_num_queries(7):
        client.get(reverse("signatory_list", args=["CD"]))


def test_signatory_new_sent_twice_makes_one(country, coordinator, signed_in):
    client = signed_in(coordinator)
    data = {
        "institution": "National  Commission",
        "role": "other",
        "sent_form": "00000000-0000-4000-8000-000000000001",
    }
    for _ in range(2):
        assert client.post(reverse("signatory_new", args=["CD"]), data).status_code == 302
    assert Signatory.objects.filter(institution="National Commission").count() == 1


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"institution": "ministry of  GENDER", "role": "other"}, "on the list already"),
        ({"institution": "Another Ministry", "role": "nap"}, "signs for this reason already"),
        ({"institution": "", "role": "other"}, "required"),
    ],
)
def test_signatory_new_refuses_in_words(data, said, named, coordinator, signed_in):
    response = signed_in(coordinator).post(reverse("signatory_new", args=["CD"]), data)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert named.signatories.count() == 2


def test_signatory_edit_names_it(country, coordinator, signed_in):
    ensure(country)
    row = country.signatories.first()
    url = reverse("signatory_edit", args=["CD", row.code])
    client = signed_in(coordinator)
    assert "to be named" in client.get(url).content.decode()
    assert client.post(url, {"institution": "Ministry of Gender", "role": "nap"}).status_code == 302
    assert Signatory.objects.get(pk=row.pk).is_named


def test_signatory_end_keeps_the_reason_in_the_audit(named, coordinator, signed_in):
    ensure(named)
    row = named.signatories.last()
    client, url = signed_in(coordinator), reverse("signatory_end", args=["CD", row.code])
    assert client.post(url, {"on": "2026-01-01", "reason": ""}).status_code == 422
    assert client.post(url, {"on": "2999-01-01", "reason": "Merged"}).status_code == 422
    assert client.post(url, {"on": "2026-01-01", "reason": "Merged with another one"}).status_code == 302
    assert [row.institution for row in named.signatories.required()] == ["Ministry of Gender"]
    event = AuditEvent.objects.get(verb="ended signatory")
    assert (event.subject, event.detail["reason"]) == (row.code, "Merged with another one")


def test_signatory_end_of_the_last_one_that_is_waited_for_endorses(named, coordinator, signed_in):
    ensure(named)
    gender, councils = named.signatories.all()
    guidelines = GuidelinesFactory(country=named, state="validated")
    EndorsementFactory(guidelines=guidelines, signatory=gender, institution=gender.institution)
    url = reverse("signatory_end", args=["CD", councils.code])
    signed_in(coordinator).post(url, {"on": "2026-01-01", "reason": "Merged"})
    guidelines.refresh_from_db()
    assert guidelines.state == "endorsed"
    data = {"institution": "Ministry of Peace", "role": "other"}
    signed_in(coordinator).post(reverse("signatory_new", args=["CD"]), data)
    guidelines.refresh_from_db()
    assert guidelines.state == "validated"
