"""The first page, for a visitor and for each of the cast."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone, translation

from accounts.roles import Role
from lapportal.views.home import home
from plans.states import PlanState
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import CommitteeAccessFactory
from tests.factories.plans import IntegrationFactory, LocalActionPlanFactory
from tests.factories.workshops import WorkshopFactory
from workshops.states import WorkshopState

pytestmark = pytest.mark.django_db


def figures(response):
    return response.context["figures"]


def adopted(committee, **changes):
    return LocalActionPlanFactory(
        committee=committee,
        state=PlanState.ADOPTED,
        adopted_on=datetime.date(2026, 5, 1),
        adopting_body="City council",
        adopting_act="12/2026",
        **changes,
    )


def test_home_is_public_and_counts_what_is_there(client, committee, workshop):
    workshop.state = WorkshopState.HELD
    workshop.save()
    adopted(committee)
    LocalActionPlanFactory(committee=committee)
    response = client.get(reverse("home"))
    assert response.status_code == 200
    now = figures(response)
    assert (now.countries, now.localities, now.workshops, now.committees) == (1, 1, 1, 1)
    assert now.adopted_plans == 1
    assert "as of today" in response.text
    assert "as of 17 June 2018" in response.text


def test_home_tells_a_visitor_no_place_code_or_title(client, committee, workshop):
    plan = adopted(committee, title="Very local plan")
    page = client.get(reverse("home")).text
    for secret in (workshop.code, workshop.title, committee.name, plan.title, plan.code, "Kasaï"):
        assert secret not in page


def test_home_of_empty_portal(client):
    response = client.get(reverse("home"))
    assert response.status_code == 200
    assert figures(response).workshops == 0


def test_home_of_facilitator_offers_registration_of_today(signed_in, facilitator, locality):
    today = timezone.localdate()
    workshop = WorkshopFactory(
        locality=locality, facilitators=[facilitator], starts_on=today, ends_on=today, title="Today here"
    )
    page = signed_in(facilitator).get(reverse("home")).text
    assert "Today here" in page
    assert reverse("registration", args=[workshop.code]) in page


def test_home_of_facilitator_without_workshop_says_what_to_do(signed_in, facilitator):
    page = signed_in(facilitator).get(reverse("home")).text
    assert "No workshop is planned" in page
    assert reverse("workshop_new") in page


def test_home_of_secretary_and_member_shows_their_plans(signed_in, secretary, member, committee):
    plan = LocalActionPlanFactory(committee=committee)
    other = LocalActionPlanFactory()
    for user in (secretary, member):
        page = signed_in(user).get(reverse("home")).text
        assert plan.title in page
        assert "Drafting" in page
        assert other.title not in page


def test_home_of_coordinator_shows_what_moved(signed_in, coordinator, committee):
    plan = LocalActionPlanFactory(committee=committee)
    assert plan.title in signed_in(coordinator).get(reverse("home")).text


def test_home_of_outsider_shows_nothing_of_elsewhere(signed_in, outsider, committee, workshop):
    plan = LocalActionPlanFactory(committee=committee)
    page = signed_in(outsider).get(reverse("home")).text
    for hidden in (plan.title, committee.name, workshop.title):
        assert hidden not in page


def test_home_without_role_says_whom_to_ask(signed_in, db):
    assert "You have no role yet" in signed_in(UserFactory()).get(reverse("home")).text


@pytest.mark.parametrize("rows", [1, 5])
def test_home_costs_the_same_for_one_and_five(
    signed_in, facilitator, locality, committee, rows, django_assert_num_queries
):
    CommitteeAccessFactory(committee=committee, user=facilitator, role=Role.COMMITTEE_MEMBER)
    soon = timezone.localdate() + datetime.timedelta(days=3)
    for _row in range(rows):
        LocalActionPlanFactory(committee=committee)
        WorkshopFactory(locality=locality, starts_on=soon, ends_on=soon)
        WorkshopFactory(locality=locality, starts_on=soon, ends_on=soon, facilitators=[facilitator])
    client = signed_in(facilitator)
    with django_assert_num_queries(29):
        client.get(reverse("home"))


def test_home_costs_a_visitor_three_queries(client, django_assert_num_queries):
    with django_assert_num_queries(3):
        client.get(reverse("home"))


def test_home_from_right_to_left(rf):
    request = rf.get("/")
    request.user = AnonymousUser()
    with translation.override("ar"):
        page = home(request).text
    assert '<html lang="ar" dir="rtl">' in page
    assert "css/bootstrap.rtl.min.css" in page
    assert "css/bootstrap.min.css" not in page


def test_home_ends_with_the_role(signed_in, facilitator, elsewhere, locality):
    """Still named as facilitator where the role was taken away: not even the title is shown."""
    WorkshopFactory(locality=locality, title="Secret workshop", facilitators=[facilitator])
    facilitator.assignments.all().delete()
    AssignmentFactory(role=Role.FACILITATOR, country=elsewhere.country, user=facilitator)
    assert "Secret workshop" not in signed_in(facilitator).get(reverse("home")).text


def test_home_names_the_entry_points_that_come(signed_in, coordinator, outsider, locality):
    today = timezone.localdate()
    for days, name in ((-10, "Just passed"), (59, "Near"), (70, "Far"), (-40, "Long past")):
        IntegrationFactory(
            locality=locality, host_plan=name, entry_point_on=today + datetime.timedelta(days=days)
        )
    adopted = {"state": "adopted", "adopted_on": today, "entry_point_on": today}
    IntegrationFactory(locality=locality, host_plan="There already", **adopted)
    work = signed_in(coordinator).get(reverse("home")).context["work"]
    near = [task.what for task in work.desk.tasks if task.what.startswith("Hand in")]
    assert near == ["Hand in the clause for “Just passed”", "Hand in the clause for “Near”"]
    assert not signed_in(outsider).get(reverse("home")).context["work"].desk.tasks
