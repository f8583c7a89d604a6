"""Where a role holds: as a question about one place and as a filter over many."""

import pytest
from django.db.models import Q

from accounts.roles import Capability, Role
from accounts.scope import Grant, Scope
from committees.models import Committee
from localities.models import Locality
from plans.models import LocalActionPlan
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.localities import LocalityFactory
from tests.factories.plans import LocalActionPlanFactory
from workshops.models import Workshop

pytestmark = pytest.mark.django_db


@pytest.fixture
def city(locality):
    return LocalityFactory(code="CD-CITY", parent=locality)


@pytest.fixture
def neighbour(country):
    return LocalityFactory(code="CD-OTHER", country=country)


@pytest.mark.parametrize(
    ("held", "seen"),
    [
        ("everywhere", {"CD-KE", "CD-CITY", "CD-OTHER", "SL-BO-CITY"}),
        ("country", {"CD-KE", "CD-CITY", "CD-OTHER"}),
        ("locality", {"CD-KE", "CD-CITY"}),
        ("city", {"CD-CITY"}),
        ("nowhere", set()),
    ],
)
def test_scope_as_filter_and_as_question_agree(locality, city, neighbour, elsewhere, held, seen):
    user = UserFactory()
    if held == "everywhere":
        AssignmentFactory(user=user, role=Role.PLATFORM_ADMINISTRATOR)
    elif held == "country":
        AssignmentFactory(user=user, role=Role.FACILITATOR, country=locality.country)
    elif held != "nowhere":
        place = {"locality": locality, "city": city}[held]
        AssignmentFactory(user=user, role=Role.FACILITATOR, locality=place)
    rows = user.scope.rows(Capability.SEE_WORK, locality="")
    assert {place.code for place in Locality.objects.filter(rows)} == seen
    every = Locality.objects.all()
    assert {place.code for place in every if user.scope.covers(Capability.SEE_WORK, place)} == seen


def test_scope_everywhere_stays_everywhere_when_something_is_added(locality, city):
    scope = Scope((Grant(Role.PLATFORM_ADMINISTRATOR),))
    rows = scope.rows(Capability.SEE_WORK, locality="") | Q(code="CD-CITY")
    assert Locality.objects.filter(rows).count() == 2


def test_administrator_sees_the_work_of_every_country(administrator, workshop, committee):
    plan = LocalActionPlanFactory(committee=committee)
    assert workshop in Workshop.objects.visible_to(administrator)
    assert committee in Committee.objects.visible_to(administrator)
    assert plan in LocalActionPlan.objects.visible_to(administrator)


def test_scope_of_a_capability_that_the_role_lacks(oversight, locality):
    assert not oversight.scope.covers(Capability.RUN_WORKSHOPS, locality)
    assert not Workshop.objects.filter(oversight.scope.rows(Capability.RUN_WORKSHOPS)).exists()
    assert oversight.scope.countries(Capability.SEE_WORK) == [locality.country_id]
