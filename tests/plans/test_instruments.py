"""Integration in host plans and local law: recorded, moved, flagged; 0 to 3 of 3 on the locality's page."""

import datetime
from io import BytesIO

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from plans.models import Integration, LocalLaw
from plans.models.instruments import takes_too_long
from plans.reports.instruments import Instruments
from tests.factories.committees import CommitteeFactory
from tests.factories.localities import LocalityFactory
from tests.factories.plans import (
    AttachmentFactory,
    IntegrationFactory,
    LocalActionPlanFactory,
    LocalLawFactory,
)

ADOPTED = {
    "state": "adopted",
    "adopting_body": "Council",
    "adopting_act": "12",
    "adopted_on": datetime.date(2026, 5, 4),
}
INTEGRATION = {
    "host_kind": "development",
    "host_plan": "Plan de développement 2024–2028",
    "since": "2026-02-01",
    "state": "entry_point",
}
LAW = {"kind": "by_law", "title": "By-law against domestic violence", "since": "2026-02-01"}
TODAY = datetime.date(2026, 11, 22)


@pytest.mark.parametrize(
    ("since", "today", "late"),
    [
        ((2024, 11, 22), (2026, 11, 22), False),
        ((2024, 11, 21), (2026, 11, 22), True),
        ((2024, 10, 30), (2026, 11, 1), True),
        ((2026, 1, 1), (2026, 11, 22), False),
    ],
)
def test_takes_too_long_after_24_months(since, today, late):
    assert takes_too_long(datetime.date(*since), datetime.date(*today)) is late


def test_instruments_count_what_is_in_force(locality):
    plan = LocalActionPlanFactory.build(**ADOPTED)
    law = LocalLaw(title="x", state="first_reading", since=datetime.date(2024, 1, 1))
    found = Instruments.of(plans=[plan], integrations=[], laws=[law], today=TODAY)
    assert (found.count, found.total) == (1, 3)
    assert [slot.is_late for slot in found.slots] == [False, False, True]
    assert [str(slot.state) for slot in found.slots] == ["In force", "Not begun", "Under way"]


def test_instruments_flag_what_a_plan_of_two_years_still_lacks():
    plan = LocalActionPlanFactory.build(**ADOPTED | {"adopted_on": datetime.date(2024, 1, 5)})
    found = Instruments.of(plans=[plan], integrations=[], laws=[], today=TODAY)
    assert [slot.is_late for slot in found.slots] == [False, True, True]


def test_locality_detail_shows_the_instruments_of_the_place_itself(signed_in, coordinator, locality):
    below = LocalityFactory(parent=locality, code="CD-X", name="Below")
    LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), **ADOPTED)
    IntegrationFactory(locality=below, state="adopted", adopted_on="2026-05-05")
    page = signed_in(coordinator).get(locality.get_absolute_url())
    assert page.context["instruments"].count == 1
    assert "Instruments: 1 of 3" in page.text
    assert page.context["pipeline"].integrated == 1  # below counts for the pipeline


@pytest.mark.parametrize("who", ["coordinator", "facilitator", "secretary", "member"])
def test_integration_new_is_for_those_who_accompany_the_place(who, request, signed_in, locality, committee):
    client = signed_in(request.getfixturevalue(who))
    answer = client.post(reverse("integration_new", args=[locality.code]), INTEGRATION)
    row = Integration.objects.get()
    assert answer.url == row.get_absolute_url()
    assert (row.locality, row.host_plan) == (locality, INTEGRATION["host_plan"])


@pytest.mark.parametrize("who", ["oversight", "outsider", "administrator"])
@pytest.mark.parametrize("where", ["integration_new", "law_new"])
def test_recording_is_refused_to_others(who, where, request, signed_in, locality):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(reverse(where, args=[locality.code]), INTEGRATION | LAW).status_code == 403
    assert not Integration.objects.exists()
    assert not LocalLaw.objects.exists()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"state": "adopted"}, "adopted_on"),
        ({"state": "budgeted", "adopted_on": "2026-03-01", "fiscal_year": "2026"}, "budget_code"),
        ({"state": "budgeted", "adopted_on": "2026-03-01", "budget_code": "B-7"}, "fiscal_year"),
        ({"fiscal_year": "next year"}, "fiscal_year"),
        ({"cycle_start": "2028-01-01", "cycle_end": "2024-01-01"}, "cycle_end"),
        ({"since": "2099-01-01"}, "since"),
        ({"host_plan": ""}, "host_plan"),
    ],
)
def test_integration_new_says_at_the_field_what_cannot_be(typed, field, signed_in, secretary, locality):
    answer = signed_in(secretary).post(reverse("integration_new", args=[locality.code]), INTEGRATION | typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    assert not Integration.objects.exists()


def test_integration_new_with_the_plan_of_another_place_is_refused(signed_in, secretary, locality):
    foreign = LocalActionPlanFactory()
    answer = signed_in(secretary).post(
        reverse("integration_new", args=[locality.code]), INTEGRATION | {"plan": foreign.pk}
    )
    assert set(answer.context["form"].errors) == {"plan"}


def test_integration_edit_shows_both_texts_to_the_second(signed_in, secretary, member, locality):
    row = IntegrationFactory(locality=locality)
    url = reverse("integration_edit", args=[row.code])
    first, second = signed_in(secretary), signed_in(member)
    first.post(url, INTEGRATION | {"host_plan": "Hers", "row_version": 1})
    answer = second.post(url, INTEGRATION | {"host_plan": "His", "row_version": 1})
    assert answer.status_code == 409
    assert "Hers" in answer.text
    row.refresh_from_db()
    assert row.host_plan == "Hers"


def test_integration_edit_of_a_removed_row_keeps_what_was_typed(signed_in, secretary, locality, monkeypatch):
    row = IntegrationFactory(locality=locality)
    client = signed_in(secretary)
    url = reverse("integration_edit", args=[row.code])
    from plans.services import instruments

    real = instruments.save_instrument

    def removed_meanwhile(*args, **kwargs):
        Integration.objects.all().delete()
        return real(*args, **kwargs)

    monkeypatch.setattr(instruments, "save_instrument", removed_meanwhile)
    answer = client.post(url, INTEGRATION | {"host_plan": "Typed at length", "row_version": 1})
    assert answer.status_code == 409
    assert "Typed at length" in answer.text


def test_integration_remove_asks_first(signed_in, coordinator, locality):
    row = IntegrationFactory(locality=locality)
    client = signed_in(coordinator)
    url = reverse("integration_remove", args=[row.code])
    client.get(url)
    assert Integration.objects.exists()
    assert client.post(url).url == locality.get_absolute_url()
    assert not Integration.objects.exists()


@pytest.fixture
def law(locality):
    return LocalLawFactory(locality=locality)


def step(client, law, **typed):
    values = {"state": "first_reading", "held_on": "2026-03-01"} | typed
    return client.post(reverse("law_reading_new", args=[law.code]), values)


def test_law_reading_new_moves_the_law_forward_only(signed_in, secretary, law):
    client = signed_in(secretary)
    step(client, law, state="hearing", held_on="2026-04-01", note="Forty people came")
    step(client, law, state="first_reading", held_on="2026-03-01")
    law.refresh_from_db()
    assert law.state == "hearing"
    page = client.get(law.get_absolute_url())
    assert [each.state for each in page.context["readings"]] == ["first_reading", "hearing"]
    assert "Forty people came" in page.text


def test_law_adopted_shows_number_date_and_document(signed_in, secretary, law):
    client = signed_in(secretary)
    refused = step(client, law, state="adopted")
    assert set(refused.context["form"].errors) == {"number"}
    picture = BytesIO()
    Image.new("RGB", (40, 40), "white").save(picture, "PNG")
    picture.name = "act.png"
    picture.seek(0)
    step(client, law, state="adopted", number="N° 7/2026", body="Municipal council", scan=picture)
    law.refresh_from_db()
    assert (law.state, law.number, law.adopted_on) == ("adopted", "N° 7/2026", datetime.date(2026, 3, 1))
    page = client.get(law.get_absolute_url())
    assert "N° 7/2026" in page.text
    assert "act.png" in page.text
    assert client.get(reverse("attachment_file", args=[law.attachments.get().code])).status_code == 200


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"held_on": "2099-01-01"}, "held_on"),
        ({"held_on": "2020-01-01"}, "held_on"),
        ({"state": "draft"}, "state"),
        ({"state": "repealed", "number": "1"}, "state"),
    ],
)
def test_law_reading_new_says_at_the_field_what_cannot_be(typed, field, signed_in, secretary, law):
    answer = step(signed_in(secretary), law, **typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {field}
    law.refresh_from_db()
    assert (law.state, law.readings.count()) == ("draft", 0)


def test_law_edit_keeps_the_number_of_an_adopted_act(signed_in, secretary, law):
    client = signed_in(secretary)
    step(client, law, state="adopted", number="7")
    url = reverse("law_edit", args=[law.code])
    answer = client.post(url, LAW | {"number": "", "row_version": 2})
    assert set(answer.context["form"].errors) == {"number"}
    client.post(url, LAW | {"number": "7/2026", "row_version": 2})
    law.refresh_from_db()
    assert law.number == "7/2026"


@pytest.mark.parametrize("rows", [1, 5])
@pytest.mark.parametrize(
    ("where", "factory"), [("integration_list", IntegrationFactory), ("law_list", LocalLawFactory)]
)
def test_lists_cost_the_same_for_one_and_five(
    where, factory, rows, signed_in, coordinator, locality, django_assert_num_queries
):
    factory.create_batch(rows, locality=locality)
    factory(locality__code="SL-X", locality__country__code="SL")  # of another country
    client = signed_in(coordinator)
    client.get(reverse(where))
    with django_assert_num_queries(6):
        answer = client.get(reverse(where))
    assert answer.context["page"].paginator.count == rows


def test_lists_mark_what_takes_too_long(signed_in, coordinator, locality):
    IntegrationFactory(locality=locality, since=timezone.localdate() - datetime.timedelta(days=800))
    IntegrationFactory(locality=locality, since=timezone.localdate())
    page = signed_in(coordinator).get(reverse("integration_list"))
    assert page.text.count("more than 24 months") == 1


def test_instruments_do_not_tell_of_another_committees_draft(signed_in, secretary, locality):
    """Two committees work in one place; neither sees the other's plan, nor its title here."""
    hidden = LocalActionPlanFactory(
        committee=CommitteeFactory(locality=locality), title="Secret of the others"
    )
    row = IntegrationFactory(locality=locality, plan=hidden)
    client = signed_in(secretary)
    for name, args in (
        ("integration_new", [locality.code]),
        ("law_new", [locality.code]),
        ("integration_detail", [row.code]),
        ("integration_edit", [row.code]),
    ):
        answer = client.get(reverse(name, args=args))
        assert answer.status_code == 200
        assert "Secret of the others" not in answer.text
    url = reverse("law_new", args=[locality.code])
    assert set(client.post(url, LAW | {"plan": hidden.pk}).context["form"].errors) == {"plan"}
    client.post(
        reverse("integration_edit", args=[row.code]), INTEGRATION | {"plan": hidden.pk, "row_version": 1}
    )
    row.refresh_from_db()
    assert (row.plan, row.row_version) == (hidden, 2)


def test_law_remove_takes_its_files(signed_in, secretary, locality, django_capture_on_commit_callbacks):
    law = LocalLawFactory(locality=locality)
    kept = AttachmentFactory(plan=None, law=law, kind="law")
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(secretary).post(reverse("law_remove", args=[law.code]))
    assert not kept.file.storage.exists(kept.file.name)
