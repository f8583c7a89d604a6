"""Guidelines on their way: a text, who signs, and both signatures."""

import datetime

import pytest

from tests.factories.guidelines import EndorsementFactory, SectionFactory, SignatoryFactory
from tests.guidelines.moving.scene import S, at


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
