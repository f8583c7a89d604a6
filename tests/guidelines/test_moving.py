"""Steps of guidelines: through the services and through their pages."""

import datetime
import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from accounts.models import AuditEvent, User
from guidelines import gates
from guidelines.models import Edition, Guidelines, GuidelinesState
from guidelines.services import endorsements, moving
from guidelines.services.launching import launch_guidelines
from guidelines.signatories import ensure
from tests.factories.guidelines import (
    EditionFactory,
    EndorsementFactory,
    FieldTestFactory,
    GuidelinesFactory,
    PictureFactory,
    ReviewCommentFactory,
    RolloutFactory,
    SectionFactory,
    SignatoryFactory,
)

S = GuidelinesState
TODAY = datetime.date(2026, 9, 1)
pytestmark = pytest.mark.usefixtures("media")


def at(guidelines, state):
    Guidelines.objects.filter(pk=guidelines.pk).update(state=state)
    guidelines.refresh_from_db()
    return guidelines


def url(name, guidelines):
    return reverse(name, args=[guidelines.code])


def state_of(guidelines):
    return Guidelines.objects.get(pk=guidelines.pk).state


def said(missing):
    return " ".join(each.words for each in missing)


@pytest.fixture
def text(guidelines):
    """A section that has no data in it."""
    return SectionFactory(guidelines=guidelines, heading="Roles", body="Who does what.")


@pytest.fixture
def gender(country):
    return SignatoryFactory(country=country, role="nap", institution="Ministry of Gender", order=1)


@pytest.fixture
def councils(country):
    return SignatoryFactory(
        country=country, role="local_government", institution="Ministry of Decentralisation", order=2
    )


@pytest.fixture
def signed(guidelines, text, gender, councils):
    """Endorsed by both."""
    for signatory in (gender, councils):
        EndorsementFactory(
            guidelines=guidelines,
            signatory=signatory,
            institution=signatory.institution,
            on=datetime.date(2026, 8, 3),
        )
    return at(guidelines, S.ENDORSED)


# Field test and validation


def test_begin_field_test_needs_a_named_locality(guidelines, locality, coordinator):
    with pytest.raises(gates.NotReady, match="Name the locality"):
        moving.begin_field_test(guidelines, by=coordinator)
    FieldTestFactory(guidelines=guidelines, locality=locality)
    row = moving.begin_field_test(guidelines, by=coordinator)
    assert (row.state, row.moves.get().was) == (S.FIELD_TEST, S.DRAFTING)
    assert AuditEvent.objects.get().detail == {"was": "drafting", "now": "field_test"}


def test_validate_guidelines_without_a_field_test_asks_why(guidelines, text, coordinator):
    with pytest.raises(gates.FieldRefused, match="say why") as refused:
        moving.validate_guidelines(guidelines, reason=" ", by=coordinator)
    assert refused.value.field == "reason"
    row = moving.validate_guidelines(guidelines, reason="Tested with version 1", by=coordinator)
    assert (row.state, row.moves.get().reason) == (S.VALIDATED, "Tested with version 1")


def test_validate_guidelines_waits_for_field_tests_and_comments(guidelines, text, locality, coordinator):
    test = FieldTestFactory(guidelines=guidelines, locality=locality)
    comment = ReviewCommentFactory(guidelines=guidelines, section=text)
    at(guidelines, S.FIELD_TEST)
    with pytest.raises(gates.NotReady) as unready:
        moving.validate_guidelines(guidelines, reason="", by=coordinator)
    assert "Kasaï-Oriental has not ended" in str(unready.value)
    assert "1 comment is open" in str(unready.value)
    test.ends_on, test.findings = TODAY, "Section 4 was not understood"
    test.save()
    comment.state = "accepted"
    comment.save()
    assert moving.validate_guidelines(guidelines, reason="", by=coordinator).state == S.VALIDATED


def test_missing_for_validation_names_broken_blocks_letters_and_pictures(guidelines, text):
    text.body = "{{no_such_data}}\n\nWords \u0378.\n\n![](picture:PIC-NOTHERE)"
    text.save()
    shown = PictureFactory(guidelines=guidelines, alt="A council meeting", shows_people=True)
    SectionFactory(guidelines=guidelines, body=f"![](picture:{shown.code})")
    found = said(gates.missing_for_validation(guidelines, TODAY))
    assert "block of data is broken" in found
    assert "In the section “Roles”" in found
    assert "letters that no installed font has" in found
    assert "The picture PIC-NOTHERE" in found
    assert "“A council meeting”: say how they agreed" in found


def test_missing_for_validation_of_an_empty_document(guidelines):
    assert "have no section" in said(gates.missing_for_validation(guidelines, TODAY))


def test_warnings_for_validation_names_what_is_to_complete(guidelines, text):
    assert gates.warnings_for_validation(guidelines) == []
    SectionFactory(guidelines=guidelines, heading="Why localize", body="*To complete: the acts.*")
    assert "Why localize" in gates.warnings_for_validation(guidelines)[0]


def test_validated_texts_are_closed(guidelines, text, coordinator, signed_in):
    client = signed_in(coordinator)
    page = client.get(url("guidelines_validate", guidelines)).content.decode()
    assert "Why no field test was held" in page
    assert client.post(url("guidelines_validate", guidelines), {"reason": ""}).status_code == 422
    answer = client.post(url("guidelines_validate", guidelines), {"reason": "A new edition of a tested text"})
    assert answer.status_code == 302
    assert not Guidelines.objects.get(pk=guidelines.pk).is_open


# Return


def test_return_guidelines_withdraws_the_endorsements_with_the_reason(signed, coordinator):
    row = moving.return_guidelines(signed, reason="The budget act changed", by=coordinator)
    assert row.state == S.DRAFTING
    assert {each.withdrawn_reason for each in signed.endorsements.all()} == {"The budget act changed"}
    assert not signed.endorsements.filter(withdrawn_on=None).exists()


def test_return_guidelines_leaves_the_signatures_of_an_edition_that_is_out(signed, coordinator):
    EditionFactory(guidelines=signed)
    EndorsementFactory(guidelines=signed, edition_number=2)
    row = moving.return_guidelines(signed, reason="An error on page 4", by=coordinator)
    assert row.state == S.REVISION
    assert signed.endorsements.filter(withdrawn_on=None, edition_number=1).count() == 2
    assert not signed.endorsements.filter(withdrawn_on=None, edition_number=2).exists()


def test_guidelines_return_names_what_is_withdrawn(signed, coordinator, signed_in):
    client = signed_in(coordinator)
    assert "2 endorsements are withdrawn" in client.get(url("guidelines_return", signed)).content.decode()
    answer = client.post(url("guidelines_return", signed), {"reason": "<b>why</b>"})
    assert (answer.status_code, state_of(signed)) == (422, S.ENDORSED)
    assert client.post(url("guidelines_return", signed), {"reason": "The act"}).status_code == 302


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
    GuidelinesFactory(country=country, title="Newer ones")
    page = signed_in(coordinator).get(url("guidelines_retire", guidelines)).content.decode()
    assert "Newer ones" in page
    assert "Retired ones" not in page
    assert "Hidden ones" not in page


# Pages


STEPS = {
    "guidelines_test": {S.DRAFTING, S.REVISION},
    "guidelines_validate": {S.DRAFTING, S.FIELD_TEST, S.REVISION},
    "guidelines_return": {S.FIELD_TEST, S.VALIDATED, S.ENDORSED},
    "guidelines_launch": {S.VALIDATED, S.ENDORSED},
    "guidelines_roll_out": {S.LAUNCHED},
    "guidelines_revise": {S.LAUNCHED, S.ROLLED_OUT},
    "guidelines_drop_revision": {S.REVISION},
    "guidelines_retire": {S.DRAFTING, S.LAUNCHED, S.ROLLED_OUT, S.REVISION},
}


@pytest.mark.parametrize("name", STEPS)
def test_step_pages_open_where_the_step_fits(name, guidelines, coordinator, signed_in):
    client = signed_in(coordinator)
    for state in S:
        at(guidelines, state)
        expected = 200 if state in STEPS[name] else 302
        assert client.get(url(name, guidelines)).status_code == expected, state


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("who", ["facilitator", "oversight", "outsider", "secretary"])
def test_step_pages_are_for_who_writes(request, name, who, guidelines, signed_in):
    EditionFactory(guidelines=guidelines)  # so that a committee of the country sees the guidelines
    answer = signed_in(request.getfixturevalue(who)).post(url(name, guidelines), {"reason": "x"})
    assert answer.status_code == (404 if who == "outsider" else 403)
    assert state_of(guidelines) == S.DRAFTING


def test_step_too_late_keeps_what_was_typed(guidelines, coordinator, signed_in):
    at(guidelines, S.DRAFTING)
    answer = signed_in(coordinator).post(url("guidelines_revise", guidelines), {"reason": "A new act"})
    assert answer.status_code == 409
    assert "A new act" in answer.content.decode()
    assert "does not fit any more" in answer.content.decode()


def test_moves_move_with_the_clock(guidelines, text, coordinator, monkeypatch):
    """The day of a step is the day on which it is taken."""
    long_ago = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: long_ago)
    row = moving.validate_guidelines(guidelines, reason="Known text", by=coordinator)
    assert row.moves.get().on == datetime.date(2024, 2, 29)


# Two at once


needs_two_writers = pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite lets one writer in at a time"
)


def at_once(*acts):
    start, answers = threading.Barrier(len(acts)), []

    def run(act):
        start.wait()
        try:
            answers.append(act())
        except (moving.MoveRefused, gates.FieldRefused, gates.NotReady):
            answers.append("told")
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return answers


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_launch_at_once_makes_one_edition(signed, coordinator):
    def launch():
        row, by = Guidelines.objects.get(pk=signed.pk), User.objects.get(pk=coordinator.pk)
        return launch_guidelines(row, on=TODAY, today=TODAY, by=by).number

    assert sorted(at_once(launch, launch), key=str) == [1, "told"]
    assert Edition.objects.count() == 1


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_launch_and_return_at_once_is_one_of_them(signed, coordinator):
    def launch():
        row, by = Guidelines.objects.get(pk=signed.pk), User.objects.get(pk=coordinator.pk)
        return str(launch_guidelines(row, on=TODAY, today=TODAY, by=by).number)

    def send_back():
        row, by = Guidelines.objects.get(pk=signed.pk), User.objects.get(pk=coordinator.pk)
        return moving.return_guidelines(row, reason="A new act", by=by).state

    answers = at_once(launch, send_back)
    assert answers.count("told") == 1
    assert state_of(signed) == (S.LAUNCHED if "1" in answers else S.DRAFTING)


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_endorsement_at_once_is_recorded_once(guidelines, text, gender, councils, coordinator):
    at(guidelines, S.VALIDATED)
    signing = endorsements.Signing(gender, "", "Minister", TODAY)

    def endorse():
        row, by = Guidelines.objects.get(pk=guidelines.pk), User.objects.get(pk=coordinator.pk)
        endorsements.record_endorsement(row, signing=signing, by=by, today=TODAY)
        return "recorded"

    assert sorted(at_once(endorse, endorse)) == ["recorded", "told"]
    assert guidelines.endorsements.count() == 1


@needs_two_writers
@pytest.mark.django_db(transaction=True)
def test_last_two_endorsements_at_once_make_it_endorsed(guidelines, text, gender, councils, coordinator):
    at(guidelines, S.VALIDATED)

    def endorse(signatory):
        row, by = Guidelines.objects.get(pk=guidelines.pk), User.objects.get(pk=coordinator.pk)
        signing = endorsements.Signing(signatory, "", "Minister", TODAY)
        endorsements.record_endorsement(row, signing=signing, by=by, today=TODAY)
        return "recorded"

    assert at_once(lambda: endorse(gender), lambda: endorse(councils)) == ["recorded"] * 2
    assert state_of(guidelines) == S.ENDORSED
