import pytest

from accounts.roles import Role
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.frameworks import NapFactory, ProvisionFactory
from tests.factories.guidelines import GuidelinesFactory, SectionFactory


@pytest.fixture
def nap(country):
    nap = NapFactory(country=country, title="National Action Plan II")
    ProvisionFactory(framework=nap, code="1.1", text="Two seats for women in each peace council")
    return nap


@pytest.fixture
def guidelines(country, nap):
    return GuidelinesFactory(country=country, nap=nap, title="Localization Guidelines: DRC")


@pytest.fixture
def section(guidelines):
    return SectionFactory(
        guidelines=guidelines,
        heading="The plan in brief",
        body="First words.\n\n{{nap_items_by_pillar}}\n",
        order=1,
    )


@pytest.fixture
def second_section(guidelines, section):
    return SectionFactory(guidelines=guidelines, heading="Roles", body="Who does what.", order=2)


@pytest.fixture
def local_facilitator(locality):
    """Works in one province only; the guidelines of the country are hers to read."""
    return AssignmentFactory(
        role=Role.FACILITATOR, locality=locality, user=UserFactory(display_name="Lina Local")
    ).user


@pytest.fixture
def media(settings, tmp_path):
    """Files of this test in a folder of their own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path
