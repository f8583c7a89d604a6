"""A named cast. The scene is set in Kasaï-Oriental; the outsider must see nothing of it."""

import os
import subprocess
from pathlib import Path

import pytest
from django.test import Client

from accounts.roles import Role
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory
from tests.factories.localities import CountryFactory, LocalityFactory
from tests.factories.workshops import WorkshopFactory

# Playwright's own event loop makes Django believe that it runs asynchronously.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_configure(config):
    """The words of the papers, compiled where they changed."""
    subprocess.run([Path(__file__).resolve().parent.parent / "bin/languages"], check=True)


@pytest.fixture
def country(db):
    return CountryFactory()


@pytest.fixture
def locality(country):
    return LocalityFactory(code="CD-KE", name="Kasaï-Oriental", country=country)


@pytest.fixture
def elsewhere(db):
    """A locality of another country."""
    other = CountryFactory(code="SL", name="Sierra Leone", currency="SLE", languages=["en"])
    return LocalityFactory(code="SL-BO-CITY", name="Bo City", country=other, kind="City council")


@pytest.fixture
def administrator(db):
    return AssignmentFactory(
        role=Role.PLATFORM_ADMINISTRATOR, user=UserFactory(display_name="Ada Administrator")
    ).user


@pytest.fixture
def coordinator(country):
    return AssignmentFactory(
        role=Role.NATIONAL_COORDINATOR, country=country, user=UserFactory(display_name="Cora Coordinator")
    ).user


@pytest.fixture
def facilitator(country):
    return AssignmentFactory(
        role=Role.FACILITATOR, country=country, user=UserFactory(display_name="Fatou Facilitator")
    ).user


@pytest.fixture
def oversight(country):
    return AssignmentFactory(
        role=Role.OVERSIGHT_READER, country=country, user=UserFactory(display_name="Olive Oversight")
    ).user


@pytest.fixture
def outsider(elsewhere):
    """Holds every country role, in another country: what she is refused, she is refused for the place."""
    user = UserFactory(display_name="Oda Outsider")
    AssignmentFactory(role=Role.NATIONAL_COORDINATOR, country=elsewhere.country, user=user)
    AssignmentFactory(role=Role.FACILITATOR, country=elsewhere.country, user=user)
    return user


@pytest.fixture
def workshop(locality, facilitator):
    return WorkshopFactory(locality=locality, facilitators=[facilitator])


@pytest.fixture
def committee(locality, workshop):
    return CommitteeFactory(locality=locality, established_at=workshop)


@pytest.fixture
def secretary(committee):
    return CommitteeAccessFactory(
        committee=committee,
        role=Role.COMMITTEE_SECRETARY,
        user=UserFactory(display_name="Safi Secretary"),
    ).user


@pytest.fixture
def member(committee):
    return CommitteeAccessFactory(
        committee=committee, role=Role.COMMITTEE_MEMBER, user=UserFactory(display_name="Mado Member")
    ).user


@pytest.fixture
def signed_in(db):
    """`signed_in(user)` is a client of that user."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in
