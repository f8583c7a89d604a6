"""plans.views.activities: the form of an activity, and where it stands"""

from decimal import Decimal

import pytest
from django.urls import reverse

from accounts.roles import Role
from committees.models import Seat
from people.models import Position
from plans.models import Activity, Indicator, LocalActionPlan, Revision, Theme
from plans.states import PlanState
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeAccessFactory, SeatFactory
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    IndicatorFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    PriorityIssueFactory,
    ThemeFactory,
)

LONG = "x" * 100_000
VALUES = {
    "text": "Light the market street",
    "position_title": "Head of technical services",
    "organization": "City council",
    "starts_on": "2027-03-01",
    "ends_on": "2027-09-30",
    "cost": "12 500.50",
    "gender_lens": "Women chose the places.",
    "conflict_lens": "Both quarters get the same.",
    "do_no_harm": "Watchmen keep their pay.",
}
MEASURED = VALUES | {
    "indicator_text": "Share of women who feel safe",
    "unit": "%",
    "baseline": "22",
    "target": "60",
}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def new_url(plan, objective):
    return reverse("activity_new", args=[plan.code, objective.code])


@pytest.fixture
def edit_url(plan, activity):
    return reverse("activity_edit", args=[plan.code, activity.code])


def test_activity_new_saves_all_of_it(new_url, plan, member, signed_in):
    response = signed_in(member).post(new_url, MEASURED)
    activity = Activity.objects.get()
    assert response.url == f"{plan.get_absolute_url()}#{activity.code}"
    assert (activity.cost, activity.no_cost) == (Decimal("12500.50"), False)
    assert str(activity.responsible) == "Head of technical services, City council"
    assert activity.responsible.locality == plan.locality
    indicator = Indicator.objects.get()
    assert (indicator.unit, indicator.kind) == ("%", "percent")
    assert (indicator.baseline, indicator.target) == (22, 60)


def test_activity_new_keeps_its_lists(new_url, plan, member, secretary, signed_in):
    theme, issue = ThemeFactory(), PriorityIssueFactory(plan=plan)
    more = {
        "expected_output": "Twenty lamps that work",
        "target_groups": "Women traders",
        "location": "Bakwa Dianga",
        "risks": "The dry season ends early.",
        "supporting": "Market master, City council\r\n\r\n  Head of the women's desk \r\n",
        "themes": [theme.pk],
        "issues": [issue.pk],
        "engages_men_boys": "on",
        "reporter": secretary.code,
    }
    assert signed_in(member).post(new_url, VALUES | more).status_code == 302
    activity = Activity.objects.get()
    helpers = {str(position) for position in activity.supporting.all()}
    assert helpers == {"Market master, City council", "Head of the women's desk"}
    assert (list(activity.themes.all()), list(activity.issues.all())) == ([theme], [issue])
    assert (activity.engages_men_boys, activity.reporter) == (True, secretary)
    assert activity.expected_output == "Twenty lamps that work"
    kept = Revision.objects.get(subject="activity").values
    assert kept["themes"] == [theme.code]


def test_activity_new_needs_the_text_only(new_url, member, signed_in):
    assert signed_in(member).post(new_url, {"text": "Something"}).status_code == 302
    assert not Indicator.objects.exists()
    assert not Position.objects.exists()
    assert signed_in(member).post(new_url, {"text": " "}).status_code == 422


def test_activity_new_and_another(new_url, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | {"then": "another"}, follow=True)
    assert response.redirect_chain == [(new_url, 302)]
    assert response.context["form"]["text"].value() == ""


def test_activity_new_and_an_indicator(new_url, plan, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | {"then": "indicator"})
    assert response.url == reverse("indicator_new", args=[plan.code, Activity.objects.get().code])


def test_activity_new_suggests_the_positions_here(new_url, committee, member, signed_in):
    seat = SeatFactory(committee=committee)
    page = signed_in(member).get(new_url).content.decode()
    assert f'<option value="{seat.position.title}">' in page
    assert Seat.objects.count() == 1


def test_activity_new_offers_only_what_belongs_to_the_plan(new_url, plan, member, secretary, signed_in):
    ThemeFactory(name="Old theme", is_active=False)
    PriorityIssueFactory(text="Issue of another plan")
    CommitteeAccessFactory(role=Role.COMMITTEE_MEMBER, user=UserFactory(display_name="Somebody Else"))
    form = signed_in(member).get(new_url).context["form"]
    assert list(form.fields["themes"].queryset) == []
    assert list(form.fields["issues"].queryset) == []
    assert set(form.fields["reporter"].queryset) == {member, secretary}


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
        ({"text": "Light <b>the</b> street"}, "text", "HTML is not used here"),
        ({"expected_output": LONG}, "expected_output", "at most 2000 characters"),
        ({"target_groups": LONG}, "target_groups", "at most 300 characters"),
        ({"location": LONG}, "location", "at most 200 characters"),
        ({"risks": LONG}, "risks", "at most 2000 characters"),
        ({"do_no_harm": LONG}, "do_no_harm", "at most 2000 characters"),
        ({"gender_lens": LONG}, "gender_lens", "at most 2000 characters"),
        ({"conflict_lens": LONG}, "conflict_lens", "at most 2000 characters"),
        ({"conflict_lens": "<script>alert(1)</script>"}, "conflict_lens", "HTML is not used here"),
        ({"indicator_text": LONG}, "indicator_text", "at most 300 characters"),
        ({"position_title": LONG}, "position_title", "at most 160 characters"),
        ({"organization": LONG}, "organization", "at most 200 characters"),
        ({"unit": LONG}, "unit", "at most 40 characters"),
        ({"text": "a\x00b"}, "text", "Null characters"),
        ({"supporting": LONG}, "supporting", "at most 5000 characters"),
        ({"supporting": "y" * 200}, "supporting", "is not a position"),
        ({"supporting": "\n".join(f"Helper {n}" for n in range(13))}, "supporting", "at most 12"),
        ({"themes": ["999999", "x" * 50]}, "themes", "not one of the available choices"),
        ({"issues": ["1" * 30]}, "issues", "not one of the available choices"),
        ({"reporter": "U-NOBODY"}, "reporter", "not one of the available choices"),
    ],
)
def test_activity_new_says_what_is_wrong_at_the_field(change, field, words, new_url, member, signed_in):
    response = signed_in(member).post(new_url, MEASURED | change)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {field}
    assert words in " ".join(errors[field])
    assert response.context["form"]["gender_lens"].value() == (MEASURED | change)["gender_lens"]
    assert not Activity.objects.exists()


def test_activity_new_refuses_an_issue_of_another_plan(new_url, member, signed_in):
    foreign = PriorityIssueFactory()
    response = signed_in(member).post(new_url, VALUES | {"issues": [foreign.pk]})
    assert set(response.context["form"].errors) == {"issues"}


def test_activity_new_over_100_is_fine_when_not_a_percentage(new_url, member, signed_in):
    assert signed_in(member).post(new_url, MEASURED | {"unit": "lamps", "target": "120"}).status_code == 302


def test_activity_new_takes_a_known_position_with_commas_as_one(new_url, plan, member, signed_in):
    known = SeatFactory(
        committee=plan.committee, position__title="Head, gender division", position__locality=plan.locality
    ).position
    signed_in(member).post(new_url, VALUES | {"supporting": str(known)})
    assert list(Activity.objects.get().supporting.all()) == [known]


# --- Checked while one writes ------------------------------------------------------------------


def test_activity_new_check_saves_nothing_and_keeps_what_was_typed(new_url, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | {"check": "1", "ends_on": "2031-01-01"})
    page = response.content.decode()
    assert response.status_code == 200
    assert "Light the market street" in page
    assert "The plan runs from" in page
    assert not Activity.objects.exists()


def test_activity_edit_check_swaps_one_part(edit_url, activity, member, signed_in):
    typed = VALUES | {"row_version": 1, "check": "1", "text": "Promote women", "gender_lens": ""}
    response = signed_in(member).post(edit_url, typed, headers=HTMX)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<form" not in page
    failed = {each.key for each in response.context["criteria"] if not each.passed}
    assert failed == {"specific", "gender"}
    assert 'href="#id_gender_lens"' in page
    activity.refresh_from_db()
    assert activity.text == "Two seats in the peace council"


def test_activity_edit_check_of_an_empty_date_says_what_would_mend_it(edit_url, member, signed_in):
    typed = VALUES | {"row_version": 1, "check": "1", "starts_on": "", "ends_on": "never"}
    page = signed_in(member).post(edit_url, typed, headers=HTMX).content.decode()
    assert "Choose the day on which it begins" in page
    assert "Choose the day by which it is done" in page


def test_activity_edit_shows_what_an_indicator_lacks_with_its_form(
    edit_url, plan, activity, member, signed_in
):
    lacking = IndicatorFactory(activity=activity, target=None)
    page = signed_in(member).get(edit_url).content.decode()
    assert reverse("indicator_edit", args=[plan.code, lacking.code]) + "#id_target" in page


def test_activity_new_is_relevant_through_its_objective(plan, member, signed_in):
    url = reverse("activity_new", args=[plan.code, ObjectiveFactory(plan=plan).code])
    criteria = {each.key: each.passed for each in signed_in(member).get(url).context["criteria"]}
    assert criteria["relevant"] is False


def test_activity_edit_is_relevant_through_itself(plan, items, member, signed_in):
    activity = ActivityFactory(objective=ObjectiveFactory(plan=plan))
    AlignmentFactory(objective=None, activity=activity, provision=items[0])
    url = reverse("activity_edit", args=[plan.code, activity.code])
    criteria = {each.key: each.passed for each in signed_in(member).get(url).context["criteria"]}
    assert criteria["relevant"] is True


def test_activity_edit_check_of_a_closed_plan_saves_nothing(edit_url, plan, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    response = signed_in(member).post(edit_url, VALUES | {"row_version": 1, "check": "1"})
    assert response.status_code == 409


# --- Editing -----------------------------------------------------------------------------------


def test_activity_edit_shows_what_was_saved(edit_url, activity, member, signed_in):
    client = signed_in(member)
    client.post(edit_url, VALUES | {"row_version": 1, "supporting": "Nurse, Health centre"})
    response = client.get(edit_url)
    form = response.context["form"]
    shown = {name: form[name].value() for name in ("cost", "position_title", "supporting")}
    assert shown == {
        "cost": "12500.5",
        "position_title": "Head of technical services",
        "supporting": "Nurse, Health centre",
    }
    assert "indicator_text" not in form.fields
    indicator = activity.indicators.get()
    assert reverse("indicator_edit", args=[activity.plan.code, indicator.code]) in response.content.decode()


def test_activity_edit_keeps_an_indicator_typed_while_another_was_added(
    edit_url, activity, member, signed_in
):
    assert activity.indicators.count() == 1
    signed_in(member).post(edit_url, MEASURED | {"row_version": 1})
    assert activity.indicators.count() == 2


def test_activity_edit_keeps_a_theme_that_is_no_longer_offered(edit_url, activity, member, signed_in):
    theme = ThemeFactory()
    activity.themes.set([theme])
    Theme.objects.update(is_active=False)
    signed_in(member).post(edit_url, VALUES | {"row_version": 1, "themes": [theme.pk]})
    assert list(activity.themes.all()) == [theme]


def test_activity_edit_page_is_light(edit_url, plan, activity, committee, member, signed_in):
    for _ in range(40):
        ThemeFactory(name=f"A theme of some length, number {Theme.objects.count()}")
    for number in range(12):
        PriorityIssueFactory(plan=plan, text=f"Attacks on the road to the market, quarter {number}" * 3)
    for number in range(60):
        title = f"Head of the division of something {number}"
        SeatFactory(committee=committee, position__title=title, position__locality=plan.locality)
    assert len(signed_in(member).get(edit_url).content) < 40_000


def test_activity_edit_shows_both_texts_to_the_second(edit_url, activity, secretary, member, signed_in):
    signed_in(secretary).post(edit_url, VALUES | {"row_version": 1})
    client = signed_in(member)
    mine = VALUES | {"location": "Bakwa Dianga", "starts_on": "2027-04-01", "no_cost": "on", "cost": ""}
    response = client.post(edit_url, mine | {"row_version": 1})
    assert response.status_code == 409
    said = {d.label: (d.theirs, d.yours) for d in response.context["attempt"].differences}
    assert said == {
        "Start": ("1 March 2027", "1 April 2027"),
        "Cost (CDF)": ("12500.5", ""),
        "No cost": ("No", "Yes"),
        "Where": ("", "Bakwa Dianga"),
    }
    activity.refresh_from_db()
    assert activity.location == ""
    assert client.post(edit_url, mine | {"row_version": 2}).status_code == 302
    activity.refresh_from_db()
    assert activity.location == "Bakwa Dianga"


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


# --- Moving and removing -----------------------------------------------------------------------


def test_activity_move_to_another_objective(plan, activity, member, signed_in):
    client, url = signed_in(member), reverse("activity_move", args=[plan.code, activity.code])
    other = ObjectiveFactory(plan=plan, order=2)
    assert client.get(url).status_code == 200
    assert client.post(url, {"objective": other.code}).url == f"{plan.get_absolute_url()}#{activity.code}"
    activity.refresh_from_db()
    assert activity.objective == other


def test_activity_move_up_and_down(plan, objective, activity, member, signed_in):
    second = ActivityFactory(objective=objective, order=2)
    client, url = signed_in(member), reverse("activity_move", args=[plan.code, second.code])
    client.post(url, {"to": "up"})
    assert list(objective.activities.order_by("order")) == [second, activity]
    client.post(url, {"to": "down"})
    assert list(objective.activities.order_by("order")) == [activity, second]


def test_activity_move_refuses_an_objective_of_another_plan(plan, activity, committee, member, signed_in):
    foreign = ObjectiveFactory(plan=LocalActionPlanFactory(committee=committee))
    url = reverse("activity_move", args=[plan.code, activity.code])
    for code in (foreign.code, "O-NOBODY", "", "a\x00"):
        response = signed_in(member).post(url, {"objective": code})
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"objective"}


def test_activity_move_of_a_closed_plan_is_refused(plan, activity, member, signed_in):
    other = ObjectiveFactory(plan=plan, order=2)
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    url = reverse("activity_move", args=[plan.code, activity.code])
    page = signed_in(member).post(url, {"objective": other.code}, follow=True).content.decode()
    assert "closed for changes" in page
    activity.refresh_from_db()
    assert activity.objective != other


def test_activity_remove_asks_first(plan, objective, activity, member, signed_in):
    client, url = signed_in(member), reverse("activity_remove", args=[plan.code, activity.code])
    page = client.get(url).content.decode()
    assert "Two seats" in page
    assert "1 indicator" in page
    assert client.post(url).url == f"{plan.get_absolute_url()}#{objective.code}"
    assert not Activity.objects.exists()


def test_activity_pages_are_for_the_committee(plan, activity, coordinator, outsider, signed_in):
    for name in ("activity_edit", "activity_move", "activity_remove"):
        url = reverse(name, args=[plan.code, activity.code])
        assert signed_in(coordinator).get(url).status_code == 403
        assert signed_in(coordinator).post(url, VALUES).status_code == 403
        assert signed_in(outsider).get(url).status_code == 404


def test_activity_of_another_plan_is_404(activity, member, committee, signed_in):
    other = ObjectiveFactory(plan__committee=committee)
    url = reverse("activity_edit", args=[other.plan.code, activity.code])
    assert signed_in(member).get(url).status_code == 404
