"""Localities that the kinds of block draw from."""

import pytest

from tests.factories.localities import LocalityFactory


@pytest.fixture
def provinces(country):
    return [
        LocalityFactory(code=f"CD-{n}", name=n, country=country)
        for n in ("Équateur", "Ituri", "Kasaï", "Sankuru")
    ]
