"""Who is writing where: written by the open form itself, forgotten soon, silent about oneself."""

import datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from plans.models import LocalActionPlan, Writing
from plans.reports.presence import STALE, writers, writers_of
from plans.services.presence import sign_of_life
from plans.states import PlanState
from tests.factories.accounts import UserFactory


@pytest.fixture
def edit_url(plan, objective):
    return reverse("objective_edit", args=[plan.code, objective.code])


@pytest.fixture
def ping(plan, objective):
    url = reverse("plan_writing", args=[plan.code])

    def send(client, **more):
        return client.post(url, {"subject": "objective", "part": objective.code} | more)

    return send


def test_who_writes_knows_an_open_form_without_javascript(
    edit_url, plan, objective, member, secretary, signed_in
):
    signed_in(member).get(edit_url)
    assert writers(plan, except_for=secretary) == {("objective", objective.code): ["Mado Member"]}
    assert writers(plan, except_for=member) == {}
    page = signed_in(secretary).get(edit_url).content.decode()
    assert "Mado Member is writing here, since" in page
    assert not AuditEvent.objects.exists()


def test_who_writes_knows_the_form_of_the_plan_itself(plan, member, secretary, signed_in):
    signed_in(member).get(reverse("plan_edit", args=[plan.code]))
    assert writers(plan, except_for=secretary) == {("plan", plan.code): ["Mado Member"]}


def test_who_writes_forgets_whoever_saved(edit_url, member, signed_in):
    client = signed_in(member)
    client.get(edit_url)
    assert Writing.objects.exists()
    client.post(edit_url, {"text": "Saved", "pillar": "protection", "row_version": 1})
    assert not Writing.objects.exists()


def test_who_writes_stays_while_the_form_is_refused(edit_url, member, signed_in):
    client = signed_in(member)
    client.get(edit_url)
    assert client.post(edit_url, {"text": "", "row_version": 1}).status_code == 422
    assert Writing.objects.exists()


def test_who_writes_ignores_readers_and_closed_plans(edit_url, plan, coordinator, member, signed_in):
    assert signed_in(coordinator).get(edit_url).status_code == 403
    LocalActionPlan.objects.update(state=PlanState.VALIDATION)
    assert signed_in(member).get(edit_url).status_code == 200
    assert not Writing.objects.exists()


def test_plan_writing_names_the_others(ping, member, secretary, signed_in):
    assert ping(signed_in(secretary)).json() == {"writers": []}
    [said] = ping(signed_in(member)).json()["writers"]
    assert said.startswith("Safi Secretary is writing here, since")


def test_plan_writing_ends_with_left(ping, member, signed_in):
    client = signed_in(member)
    ping(client)
    assert ping(client, left="1").status_code == 204
    assert not Writing.objects.exists()


def test_plan_writing_is_for_writers(ping, coordinator, outsider, signed_in):
    assert ping(signed_in(coordinator)).status_code == 403
    assert ping(signed_in(outsider)).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"part": "O-222222"}, {"subject": "anything"}, {"subject": "", "part": ""}]
)
def test_plan_writing_of_no_part_is_404(wrong, ping, member, signed_in):
    assert ping(signed_in(member), **wrong).status_code == 404


def test_sign_of_life_keeps_since_until_it_was_silent(plan, objective, member, secretary):
    def seen():
        sign_of_life(plan, subject="objective", code=objective.code, by=member)
        return Writing.objects.get()

    first = seen()
    again = seen()
    assert again.since == first.since
    assert again.seen_at > first.seen_at
    long_ago = timezone.now() - STALE - datetime.timedelta(seconds=1)
    Writing.objects.update(since=long_ago, seen_at=long_ago)
    assert writers_of(plan, "objective", objective.code, except_for=secretary) == []
    assert seen().since > first.since


def test_writers_is_one_query(plan, objective, secretary, django_assert_num_queries):
    for _each in range(5):
        sign_of_life(plan, subject="objective", code=objective.code, by=UserFactory())
    with django_assert_num_queries(1):
        assert len(writers(plan, except_for=secretary)["objective", objective.code]) == 5


def test_forget_writing_keeps_today(plan, objective, member, secretary):
    sign_of_life(plan, subject="objective", code=objective.code, by=member)
    Writing.objects.update(seen_at=timezone.now() - datetime.timedelta(hours=25))
    sign_of_life(plan, subject="objective", code=objective.code, by=secretary)
    said = StringIO()
    call_command("forget_writing", stdout=said)
    assert "1 open" in said.getvalue()
    assert Writing.objects.get().user == secretary


def test_say_saved_names_the_form_that_was_saved(edit_url, member, signed_in):
    client = signed_in(member)
    client.post(edit_url, {"text": "", "row_version": 1})
    assert "saved_form" not in client.cookies
    client.post(edit_url, {"text": "Saved", "pillar": "protection", "row_version": 1})
    assert client.cookies["saved_form"].value == edit_url.replace("/", "%2F")


def test_account_logout_takes_what_the_device_kept(member, signed_in):
    answer = signed_in(member).post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"storage"'


def test_plan_write_shows_who_is_writing_where(edit_url, plan, member, secretary, signed_in):
    desk = reverse("plan_write", args=[plan.code])
    client = signed_in(secretary)
    assert "Others are writing now" not in client.get(desk).content.decode()
    signed_in(member).get(edit_url)
    page = client.get(desk).content.decode()
    assert "Others are writing now" in page
    assert f'Mado Member: <a href="{edit_url}">Objective: Women decide too</a>' in page
