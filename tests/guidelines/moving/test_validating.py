"""Field test, validation, and the return to the draft."""

import pytest

from accounts.models import AuditEvent
from guidelines import gates
from guidelines.models import Guidelines
from guidelines.services import moving
from tests.factories.guidelines import (
    EditionFactory,
    EndorsementFactory,
    FieldTestFactory,
    PictureFactory,
    ReviewCommentFactory,
    SectionFactory,
)
from tests.guidelines.moving.scene import TODAY, S, at, said, state_of, url

pytestmark = pytest.mark.usefixtures("media")


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
