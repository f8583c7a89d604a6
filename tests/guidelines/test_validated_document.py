"""What a ministry signed is what is launched: text and data of the day of the validation."""

import datetime

import pytest

from guidelines.document import document_of
from guidelines.models import GuidelinesState, ValidatedDocument
from guidelines.services.editions import publish
from guidelines.services.endorsements import Signing, record_endorsement
from guidelines.services.moving import return_guidelines, validate_guidelines
from tests.factories.frameworks import ProvisionFactory
from tests.factories.guidelines import SignatoryFactory

D = datetime.date
VALIDATED, SIGNED, LAUNCHED = D(2026, 5, 4), D(2026, 5, 18), D(2026, 6, 1)
LATER = "An item that nobody had signed"


@pytest.fixture
def signatory(country):
    return SignatoryFactory(country=country, institution="Ministry of Gender")


@pytest.fixture
def validated(guidelines, section, signatory, coordinator):
    """Its one section draws the items of the National Action Plan."""
    validate_guidelines(guidelines, reason="Tried out before", by=coordinator, today=VALIDATED)
    guidelines.refresh_from_db()
    return guidelines


def sign(guidelines, signatory, by):
    signing = Signing(signatory, "", "Minister", SIGNED)
    record_endorsement(guidelines, signing=signing, by=by, today=SIGNED)


def test_data_that_change_while_it_is_signed_are_not_launched(validated, signatory, nap, coordinator):
    ProvisionFactory(framework=nap, code="9.9", text=LATER)
    assert LATER not in str(document_of(validated, today=SIGNED))
    sign(validated, signatory, coordinator)
    edition = publish(validated, on=LAUNCHED, by=coordinator, today=LAUNCHED)
    assert LATER not in str(edition.content)
    assert edition.content["as_of"] == VALIDATED.isoformat()
    assert edition.content["endorsements"] == [
        {"institution": "Ministry of Gender", "position": "Minister", "on": SIGNED.isoformat()}
    ]


def test_sent_back_it_follows_the_data_again(validated, nap, coordinator):
    ProvisionFactory(framework=nap, code="9.9", text=LATER)
    return_guidelines(validated, reason="The list is old", by=coordinator)
    validated.refresh_from_db()
    assert validated.state == GuidelinesState.DRAFTING
    assert LATER in str(document_of(validated, today=SIGNED))
    validate_guidelines(validated, reason="Once more", by=coordinator, today=SIGNED)
    validated.refresh_from_db()
    assert LATER in str(document_of(validated, today=LAUNCHED))
    assert ValidatedDocument.objects.get().content["as_of"] == SIGNED.isoformat()


def test_after_the_launch_the_page_follows_the_data(validated, signatory, nap, coordinator):
    sign(validated, signatory, coordinator)
    publish(validated, on=LAUNCHED, by=coordinator, today=LAUNCHED)
    ProvisionFactory(framework=nap, code="9.9", text=LATER)
    validated.refresh_from_db()
    assert LATER in str(document_of(validated, today=LAUNCHED))
