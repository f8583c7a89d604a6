"""The pages about duplicates: who sees what, deciding, merging and undoing."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from localities.categories import ActorCategory
from people.consent import Purpose
from people.merging import mark_different, merge_people
from people.models import DifferentPeople, Merge, Person, Resemblance
from people.pairs import compare_all
from tests.factories.people import ConsentFactory, PersonFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory

LIST = "/people/duplicates/"


def came(name, workshop, **fields):
    person = PersonFactory(full_name=name, country=workshop.locality.country, **fields)
    ParticipationFactory(workshop=workshop, person=person, category=ActorCategory.MAYOR)
    return person


@pytest.fixture
def pair(workshop):
    """Two records in two workshops of the same facilitator: the names differ in one letter."""
    later = WorkshopFactory(
        locality=workshop.locality, facilitators=list(workshop.facilitators.all()), title="Later workshop"
    )
    return came("Marie Kabongo", workshop, phone="0812345678"), came("Marie Kabonga", later)


def url(name, pair):
    return reverse(name, args=[pair[0].code, pair[1].code])


def chosen(client, pair, **instead):
    """What the form holds when it is opened."""
    form = client.get(url("duplicate_detail", pair)).context["form"]
    data = {name: form[name].value() for name in ("kept", "opened", *form.differing)}
    return data | instead


def test_duplicate_list_shows_the_pair_with_reason_and_evidence(pair, facilitator, signed_in):
    page = signed_in(facilitator).get(LIST)
    text = page.content.decode()
    for words in ("Marie Kabongo", "Marie Kabonga", "One letter differs", "Later workshop", "Likely"):
        assert words in text
    assert page.context["page"].paginator.count == 1
    line = AuditEvent.objects.get(verb="read names")
    assert (line.by, line.subject) == (facilitator, "duplicates")
    signed_in(facilitator).get(LIST)
    assert AuditEvent.objects.filter(verb="read names").count() == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("facilitator", 200),
        ("coordinator", 200),
        ("outsider", 200),
        ("oversight", 403),
        ("administrator", 403),
        ("secretary", 403),
        ("member", 403),
    ],
)
@pytest.mark.parametrize("name", ["duplicate_list", "merge_list"])
def test_duplicate_list_and_merge_list_by_role(name, who, status, request, pair, facilitator, signed_in):
    merge_people(*pair, fields=(), by=facilitator)
    came("Awa Ilunga", Person.objects.get().participations.first().workshop)
    came("Awa Ilunga", Person.objects.first().participations.first().workshop)
    page = signed_in(request.getfixturevalue(who)).get(reverse(name))
    assert page.status_code == status
    if who != "facilitator":
        assert "Kabong" not in page.content.decode()
        assert "Ilunga" not in page.content.decode()


def test_duplicate_list_hides_a_pair_of_which_one_is_not_seen(workshop, facilitator, coordinator, signed_in):
    """The other record stands on somebody else's list: that it exists is not told."""
    theirs = WorkshopFactory(locality=workshop.locality, facilitators=[coordinator])
    mine, other = came("Marie Kabongo", workshop), came("Marie Kabongo", theirs)
    compare_all()
    assert Resemblance.objects.exists()
    client = signed_in(facilitator)
    assert client.get(LIST).context["page"].paginator.count == 0
    for one, two in ((mine, other), (other, mine)):
        assert client.get(url("duplicate_detail", (one, two))).status_code == 404
        assert client.post(url("duplicate_detail", (one, two)), {"merge": ""}).status_code == 404
        assert client.post(url("duplicate_different", (one, two))).status_code == 404
    assert Person.objects.count() == 2
    assert not DifferentPeople.objects.exists()


def test_duplicate_list_ends_with_the_role(pair, facilitator, signed_in):
    compare_all()
    facilitator.assignments.all().delete()
    client = signed_in(facilitator)
    assert client.get(LIST).status_code == 403
    assert client.get(url("duplicate_detail", pair)).status_code == 404


@pytest.mark.parametrize("pairs", [1, 5])
def test_duplicate_list_asks_the_same_queries(
    pairs, workshop, facilitator, signed_in, django_assert_num_queries
):
    for letter in "bdfgk"[:pairs]:
        came(f"Marie Ka{letter}ongo Tshi{letter}anda", workshop)
        came(f"Marie Ka{letter}onga Tshi{letter}anda", workshop)
    compare_all()
    client = signed_in(facilitator)
    client.get(LIST)
    with django_assert_num_queries(10):
        page = client.get(LIST)
    assert page.context["page"].paginator.count == pairs


def test_duplicate_list_leaves_many_to_the_worker(workshop, facilitator, signed_in, monkeypatch):
    monkeypatch.setattr("people.views.duplicates.COMPARED_AT_ONCE", 1)
    came("Marie Kabongo", workshop)
    came("Marie Kabongo", workshop)
    page = signed_in(facilitator).get(LIST)
    assert page.context["still_waiting"] == 2
    assert "2 records were written down lately" in page.content.decode()
    compare_all()
    page = signed_in(facilitator).get(LIST)
    assert (page.context["still_waiting"], page.context["page"].paginator.count) == (0, 1)


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 2),
        ("certainty=sure", 1),
        ("certainty=likely", 1),
        ("certainty=possible", 0),
        ("reason=letter", 1),
        ("reason=phone", 1),
        ("reason=order", 1),
        ("certainty=nonsense&reason=odd&page=99", 2),
        ("show=different", 0),
    ],
)
def test_duplicate_list_filters(query, count, pair, workshop, facilitator, signed_in):
    came("Awa Béatrice Ilunga", workshop, phone="+243998765432")
    came("Ilunga Awa Béatrice", workshop, phone="0998765432")
    page = signed_in(facilitator).get(f"{LIST}?{query}")
    assert page.context["page"].paginator.count == count


def test_duplicate_list_filters_by_workshop(pair, workshop, facilitator, coordinator, signed_in):
    client = signed_in(facilitator)
    assert client.get(f"{LIST}?workshop={workshop.code}").context["page"].paginator.count == 1
    empty = WorkshopFactory(locality=workshop.locality, facilitators=[facilitator])
    assert client.get(f"{LIST}?workshop={empty.code}").context["page"].paginator.count == 0
    foreign = WorkshopFactory(locality=workshop.locality, facilitators=[coordinator], title="Foreign")
    page = client.get(f"{LIST}?workshop={foreign.code}")
    assert page.context["page"].paginator.count == 1
    assert "Foreign" not in page.content.decode()


def test_duplicate_list_without_anybody_says_so(facilitator, signed_in):
    assert "Nobody stands here twice" in signed_in(facilitator).get(LIST).content.decode()


def test_duplicate_detail_suggests_and_previews(pair, facilitator, signed_in):
    client = signed_in(facilitator)
    ConsentFactory(person=pair[0], purpose=Purpose.CONTACT)
    page = client.get(url("duplicate_detail", pair))
    assert page.context["preview"].values["phone"] == "0812345678"
    assert len(page.context["preview"].events) == 2
    data = chosen(client, pair, full_name=pair[0].code, phone=pair[1].code, kept=pair[1].code)
    page = client.post(url("duplicate_detail", pair), data | {"preview": ""})
    assert page.status_code == 200
    assert page.context["preview"].kept == pair[1]
    assert page.context["preview"].values["full_name"] == "Marie Kabongo"
    assert page.context["preview"].values["phone"] == ""
    assert Person.objects.count() == 2


def test_duplicate_detail_merges_as_chosen(pair, facilitator, signed_in):
    client = signed_in(facilitator)
    data = chosen(client, pair, kept=pair[1].code, full_name=pair[0].code, phone=pair[0].code)
    page = client.post(url("duplicate_detail", pair), data | {"merge": ""}, follow=True)
    assert page.redirect_chain == [(LIST, 302)]
    person = Person.objects.get()
    assert (person.code, person.full_name, person.phone) == (pair[1].code, "Marie Kabongo", "0812345678")
    assert person.participations.count() == 2
    assert "can be undone" in page.content.decode()


def test_duplicate_detail_takes_either_order_and_no_person_twice(pair, facilitator, signed_in):
    client = signed_in(facilitator)
    assert client.get(url("duplicate_detail", pair[::-1])).status_code == 200
    assert client.get(url("duplicate_detail", (pair[0], pair[0]))).status_code == 404


@pytest.mark.parametrize(
    "data", [{}, {"kept": "P-NONE"}, {"kept": "\0"}, {"opened": "x" * 5000}, {"full_name": "P-2222222"}]
)
def test_duplicate_detail_with_odd_input(data, pair, facilitator, signed_in):
    page = signed_in(facilitator).post(url("duplicate_detail", pair), data | {"merge": ""})
    assert page.status_code == 422
    assert Person.objects.count() == 2


def test_duplicate_detail_of_a_record_corrected_meanwhile_asks_again(pair, facilitator, signed_in):
    client = signed_in(facilitator)
    data = chosen(client, pair, kept=pair[1].code)
    pair[0].full_name = "Marie Kabongo Beya"
    pair[0].save_with_index()
    page = client.post(url("duplicate_detail", pair), data | {"merge": ""})
    assert page.status_code == 409
    text = page.content.decode()
    assert "was corrected since" in text
    assert "Marie Kabongo Beya" in text
    assert page.context["preview"].kept == pair[1]
    again = {name: page.context["form"][name].value() for name in data}
    assert client.post(url("duplicate_detail", pair), again | {"merge": ""}).status_code == 302


def test_duplicate_detail_of_a_pair_merged_meanwhile_says_so_and_merges_once(
    pair, facilitator, coordinator, signed_in, workshop
):
    workshop.facilitators.add(coordinator)
    pair[1].participations.get().workshop.facilitators.add(coordinator)
    first, second = signed_in(facilitator), signed_in(coordinator)
    data, same = chosen(first, pair), chosen(second, pair)
    assert first.post(url("duplicate_detail", pair), data | {"merge": ""}).status_code == 302
    page = second.post(url("duplicate_detail", pair), same | {"merge": ""})
    assert page.status_code == 410
    assert "merged meanwhile" in page.content.decode()
    assert Merge.objects.count() == 1


def test_duplicate_detail_of_a_person_erased_meanwhile(pair, facilitator, signed_in):
    client = signed_in(facilitator)
    data = chosen(client, pair)
    pair[0].participations.all().delete()
    pair[0].delete()
    for name in ("duplicate_detail", "duplicate_different", "duplicate_reopen"):
        page = client.post(url(name, pair), data | {"merge": ""})
        assert page.status_code == 404
        assert "erased meanwhile" in page.content.decode()


def test_duplicate_different_leaves_the_report_and_comes_back(pair, facilitator, signed_in):
    client = signed_in(facilitator)
    page = client.post(url("duplicate_different", pair), follow=True)
    assert page.context["page"].paginator.count == 0
    assert client.get(f"{LIST}?show=different").context["page"].paginator.count == 1
    assert "two people" in client.get(url("duplicate_detail", pair)).content.decode()
    assert client.post(url("duplicate_reopen", pair)).status_code == 302
    assert client.get(LIST).context["page"].paginator.count == 1
    assert AuditEvent.objects.filter(verb="told apart").count() == 1


def test_duplicate_different_stays_after_a_correction(pair, facilitator, signed_in):
    mark_different(*pair, by=facilitator)
    pair[0].full_name = "Marie Kabongu"
    pair[0].save_with_index()
    assert signed_in(facilitator).get(LIST).context["page"].paginator.count == 0


def test_duplicate_different_and_duplicate_reopen_only_by_post(pair, facilitator, signed_in):
    for name in ("duplicate_different", "duplicate_reopen"):
        assert signed_in(facilitator).get(url(name, pair)).status_code == 405


def test_duplicate_reopen_of_what_was_not_decided(pair, facilitator, signed_in):
    page = signed_in(facilitator).post(url("duplicate_reopen", pair), follow=True)
    assert page.status_code == 200
    assert not AuditEvent.objects.filter(verb="no longer told apart").exists()


@pytest.mark.parametrize("merges", [1, 5])
def test_merge_list_asks_the_same_queries(
    merges, workshop, facilitator, signed_in, django_assert_num_queries
):
    for n in range(merges):
        merge_people(came(f"Marie {n}", workshop), came(f"Marie B {n}", workshop), fields=(), by=facilitator)
    client = signed_in(facilitator)
    client.get("/people/merges/")
    with django_assert_num_queries(6):
        page = client.get("/people/merges/")
    assert page.context["page"].paginator.count == merges


def test_merge_undo_asks_first_and_brings_both_back(pair, facilitator, signed_in):
    merge = merge_people(*pair, fields=(), by=facilitator)
    client = signed_in(facilitator)
    address = reverse("merge_undo", args=[merge.code])
    assert pair[1].code in client.get(address).content.decode()
    assert Person.objects.count() == 1
    page = client.post(address, follow=True)
    assert page.status_code == 200
    assert Person.objects.count() == 2
    assert "record of its own again" in page.content.decode()
    again = client.post(address)
    assert again.status_code == 409
    assert "undone already" in again.content.decode()


def test_merge_undo_says_what_stands_in_the_way(pair, facilitator, signed_in):
    removed = pair[1].participations.get()
    merge = merge_people(*pair, fields=(), by=facilitator)
    removed.delete()
    page = signed_in(facilitator).post(reverse("merge_undo", args=[merge.code]))
    assert page.status_code == 409
    assert "cannot be put back" in page.content.decode()
    assert Person.objects.count() == 1


@pytest.mark.parametrize("who", ["coordinator", "oversight", "outsider", "administrator"])
def test_merge_undo_is_hidden_from_others(who, request, pair, facilitator, signed_in):
    merge = merge_people(*pair, fields=(), by=facilitator)
    client = signed_in(request.getfixturevalue(who))
    for address in (reverse("merge_undo", args=[merge.code]), "/people/merges/M-222222/undo/"):
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404
    assert Person.objects.count() == 1
