"""The launch, and what comes after it: roll-out, revision, retirement."""

import datetime

import pytest

from accounts.models import AuditEvent
from guidelines import gates
from guidelines.models import Edition
from guidelines.services import moving
from guidelines.services.launching import launch_guidelines
from guidelines.signatories import ensure
from tests.factories.guidelines import EditionFactory, GuidelinesFactory, RolloutFactory, SectionFactory
from tests.guidelines.moving.scene import TODAY, S, at, said, state_of, url

pytestmark = pytest.mark.usefixtures("media")


# Launch


def test_launch_guidelines_without_a_signatory_names_the_institution(signed, councils, coordinator):
    signed.endorsements.filter(signatory=councils).delete()
    with pytest.raises(gates.NotReady, match="Ministry of Decentralisation has not endorsed"):
        launch_guidelines(signed, on=TODAY, today=TODAY, by=coordinator)
    assert not Edition.objects.exists()


def test_missing_for_launch_without_anybody_or_with_an_unnamed_one(guidelines, text):
    assert "No institution is named" in said(gates.missing_for_launch(guidelines, TODAY))
    ensure(guidelines.country)
    found = gates.missing_for_launch(guidelines, TODAY)
    assert "not named yet" in said(found)
    assert all("/signatories/CD/" in each.href for each in found)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (datetime.date(2026, 9, 2), "has not come yet"),
        (datetime.date(2026, 8, 2), "The last endorsement is of"),
    ],
)
def test_launch_guidelines_refuses_a_day_that_cannot_be(signed, on, words, coordinator):
    with pytest.raises(gates.FieldRefused, match=words):
        launch_guidelines(signed, on=on, today=TODAY, by=coordinator)


def test_launch_guidelines_freezes_the_next_edition(signed, coordinator):
    edition = launch_guidelines(signed, on=datetime.date(2026, 8, 20), today=TODAY, by=coordinator)
    assert (edition.number, edition.launched_on) == (1, datetime.date(2026, 8, 20))
    assert state_of(signed) == S.LAUNCHED
    again = at(signed, S.VALIDATED)
    with pytest.raises(gates.NotReady):  # the signatures are those of edition 1
        launch_guidelines(again, on=TODAY, today=TODAY, by=coordinator)


def test_guidelines_launch_asks_and_acts(signed, coordinator, signed_in):
    client = signed_in(coordinator)
    page = client.get(url("guidelines_launch", signed)).content.decode()
    assert "Launch edition 1" in page
    assert "Ministry of Gender" in page
    answer = client.post(url("guidelines_launch", signed), {"on": "2999-01-01"})
    assert answer.status_code == 422
    assert "This day has not come yet." in answer.content.decode()
    assert client.post(url("guidelines_launch", signed), {"on": "2026-08-20"}).status_code == 302
    assert Edition.objects.get().number == 1
    late = client.post(url("guidelines_launch", signed), {"on": "2026-08-20"})
    assert late.status_code == 409
    assert "Launched" in late.content.decode()


def test_guidelines_launch_refuses_in_words_and_links(guidelines, text, gender, coordinator, signed_in):
    at(guidelines, S.VALIDATED)
    answer = signed_in(coordinator).post(url("guidelines_launch", guidelines), {"on": "2026-08-20"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Ministry of Gender has not endorsed the guidelines." in page
    assert f"/endorsements/new/?signatory={gender.code}" in page
    assert state_of(guidelines) == S.VALIDATED


# Roll-out, revision, retirement


def test_roll_out_guidelines_needs_one_of_the_edition_that_is_out(guidelines, locality, coordinator):
    edition = EditionFactory(guidelines=at(guidelines, S.LAUNCHED))
    with pytest.raises(gates.NotReady, match="No roll-out of edition 1"):
        moving.roll_out_guidelines(guidelines, by=coordinator)
    RolloutFactory(guidelines=guidelines, edition=edition, localities=[locality])
    assert moving.roll_out_guidelines(guidelines, by=coordinator).state == S.ROLLED_OUT


def test_revise_guidelines_keeps_the_edition_and_drop_goes_back(guidelines, coordinator):
    edition = EditionFactory(guidelines=at(guidelines, S.ROLLED_OUT))
    row = moving.revise_guidelines(guidelines, reason="A new National Action Plan", by=coordinator)
    assert (row.state, row.is_open) == (S.REVISION, True)
    assert guidelines.editions.get() == edition
    assert moving.drop_revision(guidelines, reason="Not now", by=coordinator).state == S.ROLLED_OUT


def test_drop_revision_is_refused_while_the_text_differs(signed, text, coordinator):
    launch_guidelines(signed, on=TODAY, today=TODAY, by=coordinator)
    moving.revise_guidelines(signed, reason="A new act", by=coordinator)
    assert moving.missing_for_drop(signed) == []
    text.body = "Who does what now."
    text.save()
    added = SectionFactory(guidelines=signed, heading="Money", order=900)
    with pytest.raises(gates.NotReady) as unready:
        moving.drop_revision(signed, reason="Not now", by=coordinator)
    assert "“Roles”: rewritten since the edition" in str(unready.value)
    assert "“Money”: added since the edition" in str(unready.value)
    added.delete()
    text.delete()
    assert "“Roles”: removed since the edition" in said(moving.missing_for_drop(signed))


def test_retire_guidelines_is_final_and_says_what_replaces_them(guidelines, country, coordinator):
    other = GuidelinesFactory(country=country, title="Guidelines II")
    at(guidelines, S.LAUNCHED)
    row = moving.retire_guidelines(guidelines, reason="Out of date.", replaced_by=other, by=coordinator)
    assert row.moves.get().reason == f"Out of date. Replaced by “Guidelines II” ({other.code})."
    assert AuditEvent.objects.get().detail["replaced_by"] == other.code
    for move in (moving.revise_guidelines, moving.return_guidelines):
        with pytest.raises(moving.MoveRefused):
            move(guidelines, reason="Again", by=coordinator)


def test_guidelines_retire_offers_no_retired_or_hidden_document(
    guidelines, country, elsewhere, coordinator, signed_in
):
    GuidelinesFactory(country=country, title="Retired ones", state=S.RETIRED)
    GuidelinesFactory(country=elsewhere.country, title="Hidden ones")
    EditionFactory(guidelines__country=country, guidelines__title="Newer ones")
    GuidelinesFactory(country=country, title="Drafts only")
    page = signed_in(coordinator).get(url("guidelines_retire", guidelines)).content.decode()
    assert "Newer ones" in page
    assert "Retired ones" not in page
    assert "Hidden ones" not in page
    assert "Drafts only" not in page
