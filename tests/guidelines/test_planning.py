"""The planning calendar of a country: its steps, its band of months, and the data files."""

import datetime
from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from django.urls import reverse

from accounts.models import AuditEvent
from guidelines.models import PlanningStep
from guidelines.months import months_of, period_name
from guidelines.reports.planning import Calendar
from tests.factories.guidelines import PlanningStepFactory
from tests.factories.localities import CountryFactory
from tests.factories.plans import IntegrationFactory

DATA = Path(__file__).resolve().parents[2] / "guidelines/data/planning"
STEP = {"step": "The council votes the budget", "from_month": "11", "to_month": "1", "led_by": "The council"}


@pytest.fixture
def step(country):
    return PlanningStepFactory(country=country, from_month=11, to_month=2, step="Budget is drafted")


def at(name, *args):
    return reverse(name, args=args)


# Months


@pytest.mark.parametrize(
    ("first", "last", "months", "words"),
    [
        (3, 3, [3], "March"),
        (3, 5, [3, 4, 5], "March – May"),
        (11, 2, [11, 12, 1, 2], "November – February"),
        (12, 1, [12, 1], "December – January"),
    ],
)
def test_months_of_goes_over_the_end_of_the_year(first, last, months, words):
    assert months_of(first, last) == months
    assert period_name(first, last) == words


def test_calendar_draws_a_step_over_the_end_of_the_year_in_two(country, step):
    calendar = Calendar.from_country(country, today=datetime.date(2026, 1, 15))
    assert [(stripe.x, stripe.width) for stripe in calendar.steps[0].stripes] == [(502, 96), (2, 96)]
    assert calendar.now == calendar.steps
    assert "November – February: Budget is drafted" in calendar.words
    assert Calendar.from_country(country, today=datetime.date(2026, 3, 1)).now == []


# Pages


@pytest.mark.parametrize("steps", [1, 5])
def test_planning_calendar_queries(steps, country, coordinator, signed_in, django_assert_num_queries):
    PlanningStepFactory.create_batch(steps, country=country)
    client = signed_in(coordinator)
    with django_assert_num_queries(6):
        page = client.get(at("planning_calendar", country.code)).content.decode()
    assert page.count('<th scope="row">') == steps


def test_planning_calendar_shows_source_and_day(country, oversight, signed_in):
    PlanningStepFactory(country=country, source="Budget law", as_of=datetime.date(2026, 11, 1))
    page = signed_in(oversight).get(at("planning_calendar", country.code)).content.decode()
    assert "Budget law" in page
    assert "as of 1 November 2026" in page
    assert "steps/new/" not in page


def test_planning_calendar_counts_entry_points(country, locality, coordinator, signed_in):
    IntegrationFactory(locality=locality, entry_point_on=datetime.date(2099, 9, 3))
    page = signed_in(coordinator).get(at("planning_calendar", country.code)).content.decode()
    assert "<span>September</span> <strong>1</strong>" in page


def test_planning_calendar_of_a_country_without_steps(country, coordinator, oversight, signed_in):
    url = at("planning_calendar", country.code)
    assert "Add the first step" in signed_in(coordinator).get(url).content.decode()
    assert "Add the first step" not in signed_in(oversight).get(url).content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("administrator", 200),
        ("coordinator", 200),
        ("facilitator", 403),
        ("oversight", 403),
        ("secretary", 403),
        ("outsider", 403),
    ],
)
def test_steps_by_role(request, who, status, country, step, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(at("planning_calendar", country.code)).status_code == 200
    for url in (
        at("step_new", country.code),
        at("step_edit", country.code, step.code),
        at("step_remove", country.code, step.code),
    ):
        assert client.get(url).status_code == status
        if status == 403:
            assert client.post(url, STEP).status_code == 403
    assert PlanningStep.objects.get() == step


def test_step_new_once(country, coordinator, signed_in):
    client, url = signed_in(coordinator), at("step_new", country.code)
    sent = STEP | {"sent_form": "0f8fad5b-d9cb-469f-a165-70867728950e"}
    for _n in range(2):
        assert client.post(url, sent).url == at("planning_calendar", country.code)
    step = PlanningStep.objects.get()
    assert (step.country, step.from_month, step.to_month, step.updated_by) == (country, 11, 1, coordinator)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"step": ""}, "step"),
        ({"step": "x" * 201}, "step"),
        ({"from_month": "13"}, "from_month"),
        ({"to_month": ""}, "to_month"),
        ({"entry_point": "x" * 100_000}, "entry_point"),
        ({"entry_point": "<b>bold</b>"}, "entry_point"),
        ({"as_of": "2199-01-01"}, "as_of"),
    ],
)
def test_step_new_says_what_is_wrong_and_keeps_what_was_typed(typed, field, country, coordinator, signed_in):
    response = signed_in(coordinator).post(at("step_new", country.code), STEP | typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert "The council" in response.content.decode()
    assert not PlanningStep.objects.exists()


def test_step_edit_saves(country, step, coordinator, signed_in):
    url = at("step_edit", country.code, step.code)
    signed_in(coordinator).post(url, STEP | {"row_version": 1})
    step.refresh_from_db()
    assert (step.step, step.row_version) == (STEP["step"], 2)


def test_step_edit_shows_both_when_somebody_was_faster(country, step, coordinator, signed_in):
    PlanningStep.objects.update(step="Theirs", row_version=2)
    response = signed_in(coordinator).post(
        at("step_edit", country.code, step.code), STEP | {"row_version": 1}
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "Theirs" in page
    assert STEP["step"] in page
    step.refresh_from_db()
    assert step.step == "Theirs"


def test_step_edit_of_another_country_in_the_address(elsewhere, step, administrator, signed_in):
    url = at("step_edit", elsewhere.country.code, step.code)
    assert signed_in(administrator).get(url).status_code == 404


def test_step_remove_asks_first(country, step, coordinator, signed_in):
    client, url = signed_in(coordinator), at("step_remove", country.code, step.code)
    assert "Budget is drafted" in client.get(url).content.decode()
    assert PlanningStep.objects.exists()
    client.post(url, {"row_version": 1})
    assert not PlanningStep.objects.exists()


def test_step_remove_does_not_throw_away_what_somebody_wrote_since(country, step, coordinator, signed_in):
    PlanningStep.objects.update(step="Written since", row_version=2)
    url = at("step_remove", country.code, step.code)
    response = signed_in(coordinator).post(url, {"row_version": 1})
    assert response.status_code == 409
    assert "Written since" in response.content.decode()
    assert PlanningStep.objects.exists()


# Data files


def load():
    call_command("load_planning", stdout=StringIO())


@pytest.fixture
def kenya(db):
    return CountryFactory(code="KE", name="Kenya")


def test_load_planning_has_a_calendar_for_each_country_of_the_strategy():
    countries = yaml.safe_load(Path("localities/data/countries.yaml").read_text())
    entries = [yaml.safe_load(path.read_text()) for path in DATA.glob("*.yaml")]
    assert {entry["country"] for entry in entries} == {
        country["code"] for country in countries if country["in_strategy"]
    }
    for entry in entries:
        assert "to be checked before launch" in entry["source"]
        assert any("budget year begins" in step["step"] for step in entry["steps"])


def test_load_planning_twice_changes_nothing(kenya):
    load()
    first = list(PlanningStep.objects.values_list("code", "step", "row_version"))
    load()
    assert first
    assert list(PlanningStep.objects.values_list("code", "step", "row_version")) == first
    assert all(step.source for step in PlanningStep.objects.all())


def test_load_planning_keeps_what_the_portal_changed(kenya, administrator, signed_in):
    load()
    edited, removed = kenya.planning_steps.all()[:2]
    client = signed_in(administrator)
    client.post(at("step_edit", "KE", edited.code), STEP | {"row_version": 1})
    client.post(at("step_remove", "KE", removed.code), {"row_version": 1})
    load()
    edited.refresh_from_db()
    assert edited.step == STEP["step"]
    assert not PlanningStep.objects.filter(code=removed.code).exists()
    assert AuditEvent.objects.filter(subject=removed.code).count() == 1
