"""plans.views.activities"""

from decimal import Decimal

import pytest
from django.urls import reverse

from committees.models import Seat
from people.models import Position
from plans.models import Activity, Indicator, LocalActionPlan
from plans.states import PlanState
from tests.factories.committees import SeatFactory
from tests.factories.plans import ObjectiveFactory

LONG = "x" * 100_000
VALUES = {
    "text": "Light the market street",
    "position_title": "Head of technical services",
    "organization": "City council",
    "starts_on": "2027-03-01",
    "ends_on": "2027-09-30",
    "cost": "12 500.50",
    "indicator_text": "Share of women who feel safe",
    "unit": "%",
    "baseline": "22",
    "target": "60",
    "gender_lens": "Women chose the places.",
    "conflict_lens": "Both quarters get the same.",
}


@pytest.fixture
def new_url(plan, objective):
    return reverse("activity_new", args=[plan.code, objective.code])


@pytest.fixture
def edit_url(plan, activity):
    return reverse("activity_edit", args=[plan.code, activity.code])


def test_activity_new_saves_all_of_it(new_url, plan, member, signed_in):
    response = signed_in(member).post(new_url, VALUES)
    activity = Activity.objects.get()
    assert response.url == f"{plan.get_absolute_url()}#{activity.code}"
    assert (activity.cost, activity.no_cost) == (Decimal("12500.50"), False)
    assert str(activity.responsible) == "Head of technical services, City council"
    assert activity.responsible.locality == plan.locality
    indicator = Indicator.objects.get()
    assert (indicator.unit, indicator.baseline, indicator.target) == ("%", 22, 60)


def test_activity_new_needs_the_text_only(new_url, member, signed_in):
    assert signed_in(member).post(new_url, {"text": "Something"}).status_code == 302
    assert not Indicator.objects.exists()
    assert not Position.objects.exists()
    assert signed_in(member).post(new_url, {"text": " "}).status_code == 422


def test_activity_new_and_another(new_url, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | {"then": "another"}, follow=True)
    assert response.redirect_chain == [(new_url, 302)]
    assert response.context["form"]["text"].value() == ""


def test_activity_new_suggests_the_positions_here(new_url, committee, member, signed_in):
    seat = SeatFactory(committee=committee)
    page = signed_in(member).get(new_url).content.decode()
    assert f'<option value="{seat.position.title}">' in page
    assert Seat.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"cost": "-5"}, "cost", "cannot be negative"),
        ({"cost": "a lot"}, "cost", "Enter a number in digits"),
        ({"cost": "1,500"}, "cost", "Enter a number in digits"),
        ({"cost": "NaN"}, "cost", "Enter a number in digits"),
        ({"cost": "9" * 40}, "cost", "less than or equal to"),
        ({"cost": "100", "no_cost": "on"}, "cost", "not both"),
        ({"target": "101"}, "target", "A percentage lies between 0 and 100"),
        ({"baseline": "-1"}, "baseline", "A percentage lies between 0 and 100"),
        ({"unit": "lamps", "target": "9" * 20}, "target", "digits"),
        ({"ends_on": "2027-02-28"}, "ends_on", "ends before it begins"),
        ({"starts_on": "2025-12-31"}, "starts_on", "The plan runs from 1 January 2026 to 31 December 2029"),
        ({"ends_on": "2030-01-01"}, "ends_on", "The plan runs from"),
        ({"starts_on": "31.31.2027"}, "starts_on", "valid date"),
        ({"position_title": ""}, "position_title", "Which position"),
        ({"indicator_text": ""}, "indicator_text", "Say what is counted"),
        ({"text": LONG}, "text", "at most 10000 characters"),
        ({"gender_lens": LONG}, "gender_lens", "at most 2000 characters"),
        ({"conflict_lens": LONG}, "conflict_lens", "at most 2000 characters"),
        ({"indicator_text": LONG}, "indicator_text", "at most 300 characters"),
        ({"position_title": LONG}, "position_title", "at most 160 characters"),
        ({"organization": LONG}, "organization", "at most 200 characters"),
        ({"unit": LONG}, "unit", "at most 40 characters"),
        ({"text": "a\x00b"}, "text", "Null characters"),
    ],
)
def test_activity_new_says_what_is_wrong_at_the_field(change, field, words, new_url, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | change)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {field}
    assert words in " ".join(errors[field])
    assert response.context["form"]["gender_lens"].value() == (VALUES | change)["gender_lens"]
    assert not Activity.objects.exists()


def test_activity_new_over_100_is_fine_when_not_a_percentage(new_url, member, signed_in):
    assert signed_in(member).post(new_url, VALUES | {"unit": "lamps", "target": "120"}).status_code == 302


def test_activity_edit_shows_what_was_saved(edit_url, plan, activity, member, signed_in):
    client = signed_in(member)
    client.post(edit_url, VALUES | {"row_version": 1})
    form = client.get(edit_url).context["form"]
    shown = {name: form[name].value() for name in ("cost", "baseline", "target", "position_title")}
    assert shown == {
        "cost": "12500.5",
        "baseline": "22",
        "target": "60",
        "position_title": "Head of technical services",
    }


def test_activity_edit_page_is_light(edit_url, member, signed_in):
    assert len(signed_in(member).get(edit_url).content) < 40_000


def test_activity_edit_shows_both_texts_to_the_second(edit_url, activity, secretary, member, signed_in):
    signed_in(secretary).post(edit_url, VALUES | {"row_version": 1})
    client = signed_in(member)
    mine = VALUES | {"target": "75", "starts_on": "2027-04-01", "no_cost": "on", "cost": ""}
    response = client.post(edit_url, mine | {"row_version": 1})
    assert response.status_code == 409
    said = {d.label: (d.theirs, d.yours) for d in response.context["attempt"].differences}
    assert said == {
        "Start": ("1 March 2027", "1 April 2027"),
        "Cost (CDF)": ("12500.5", ""),
        "No cost": ("No", "Yes"),
        "Target": ("60", "75"),
    }
    assert Indicator.objects.get().target == 60
    assert client.post(edit_url, mine | {"row_version": 2}).status_code == 302
    assert Indicator.objects.get().target == 75


def test_activity_edit_of_a_closed_plan_keeps_what_was_typed(edit_url, plan, activity, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    response = signed_in(member).post(edit_url, VALUES | {"row_version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "closed for changes" in page
    assert "Light the market street" in page
    assert "Save and add another" not in page
    activity.refresh_from_db()
    assert activity.text == "Two seats in the peace council"


def test_activity_remove_asks_first(plan, objective, activity, member, signed_in):
    client, url = signed_in(member), reverse("activity_remove", args=[plan.code, activity.code])
    assert "Two seats" in client.get(url).content.decode()
    assert client.post(url).url == f"{plan.get_absolute_url()}#{objective.code}"
    assert not Activity.objects.exists()


def test_activity_of_another_plan_is_404(activity, member, committee, signed_in):
    other = ObjectiveFactory(plan__committee=committee)
    url = reverse("activity_edit", args=[other.plan.code, activity.code])
    assert signed_in(member).get(url).status_code == 404
