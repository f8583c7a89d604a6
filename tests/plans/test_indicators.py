"""plans.views.indicators"""

import datetime
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from frameworks.models import IndicatorDefinition
from plans.models import Indicator, LocalActionPlan, Revision
from plans.states import PlanState
from tests.factories.plans import IndicatorFactory, ObjectiveFactory

LONG = "x" * 100_000
VALUES = {
    "text": "Share of women in ward committees",
    "kind": "percent",
    "unit": "%",
    "split_by": ["age", "sex"],
    "baseline": "18",
    "baseline_on": "2026-01-31",
    "target": "50",
    "year_2026": "25",
    "year_2027": "32.5",
    "means_of_verification": "Minutes of the ward committees",
    "frequency": "yearly",
    "position_title": "Clerk",
    "organization": "City council",
}


@pytest.fixture
def library(db):
    Level = IndicatorDefinition.Level
    return [
        IndicatorDefinition.objects.create(code=code, text=f"Indicator {code}", pillar=pillar, level=level)
        for code, pillar, level in (
            ("12a", "participation", Level.NATIONAL),
            ("12b", "participation", Level.LOCAL),
            ("13", "participation", Level.UN),
            ("16", "protection", Level.LOCAL_AGGREGATE),
        )
    ]


@pytest.fixture
def new_url(plan, activity):
    return reverse("indicator_new", args=[plan.code, activity.code])


@pytest.fixture
def indicator(activity):
    return activity.indicators.get()


@pytest.fixture
def edit_url(plan, indicator):
    return reverse("indicator_edit", args=[plan.code, indicator.code])


def test_indicator_new_saves_all_of_it(new_url, plan, activity, library, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | {"definition": "12b"})
    indicator = Indicator.objects.order_by("pk").last()
    assert response.url == reverse("activity_edit", args=[plan.code, activity.code]) + "#indicators"
    assert (indicator.activity, indicator.kind, indicator.frequency) == (activity, "percent", "yearly")
    assert (indicator.split_by, indicator.definition) == (["sex", "age"], library[1])
    assert (indicator.baseline, indicator.target) == (18, 50)
    assert indicator.yearly_targets == {"2026": "25", "2027": "32.5"}
    assert str(indicator.responsible) == "Clerk, City council"
    assert Revision.objects.filter(subject="indicator", subject_code=indicator.code).count() == 1


def test_indicator_new_needs_the_text_only(new_url, member, signed_in):
    client = signed_in(member)
    assert client.post(new_url, {"text": "Seats", "kind": "number"}).status_code == 302
    assert client.post(new_url, {"text": " ", "kind": "number"}).status_code == 422


def test_indicator_new_and_another(new_url, member, signed_in):
    assert signed_in(member).post(new_url, VALUES | {"then": "another"}).url == new_url


@pytest.mark.parametrize(("typed", "kept"), [({}, (0, 1)), ({"baseline": "Yes", "target": "no"}, (1, 0))])
def test_indicator_new_yes_or_no_leads_from_no_to_yes(typed, kept, new_url, plan, member, signed_in):
    client = signed_in(member)
    client.post(new_url, {"text": "The by-law is in force", "kind": "yes_no"} | typed)
    indicator = Indicator.objects.order_by("pk").last()
    assert (indicator.baseline, indicator.target) == kept
    form = client.get(reverse("indicator_edit", args=[plan.code, indicator.code])).context["form"]
    assert form["target"].value() == ("yes" if kept[1] else "no")


def test_indicator_new_in_words(new_url, member, signed_in):
    words = {"baseline_text": "Refused at the desk", "target_text": "Each complaint gets a number"}
    signed_in(member).post(new_url, {"text": "Complaints", "kind": "qualitative"} | words)
    indicator = Indicator.objects.order_by("pk").last()
    assert (indicator.baseline_shown, indicator.target_shown) == tuple(words.values())


def test_indicator_new_offers_the_library_local_ones_first(new_url, library, member, signed_in):
    form = signed_in(member).get(new_url).context["form"]
    groups = dict(form.fields["definition"].choices)
    assert [code for code, _label in groups["Participation"]] == ["12b", "12a"]
    assert [code for code, _label in groups["Protection"]] == ["16"]
    response = signed_in(member).post(new_url, VALUES | {"definition": "13"})
    assert set(response.context["form"].errors) == {"definition"}


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"target": "101"}, "target", "between 0 and 100"),
        ({"baseline": "-1"}, "baseline", "between 0 and 100"),
        ({"year_2027": "120"}, "year_2027", "between 0 and 100"),
        ({"year_2027": "many"}, "year_2027", "Enter a number in digits"),
        ({"year_2031": "40"}, "year_2031", "The plan runs from 2026 to 2029"),
        ({"baseline_on": "2999-01-01"}, "baseline_on", "has not come yet"),
        ({"baseline_on": "31.31.2026"}, "baseline_on", "valid date"),
        ({"kind": "guess"}, "kind", "not one of the available choices"),
        ({"kind": "yes_no", "baseline": "0", "year_2026": "", "year_2027": "1"}, "target", "Write yes or no"),
        ({"target_text": "Much better"}, "target_text", "Choose the type"),
        ({"split_by": ["sex", "faith"]}, "split_by", "not one of the available choices"),
        ({"frequency": "never"}, "frequency", "not one of the available choices"),
        ({"position_title": ""}, "position_title", "Which position"),
        ({"text": LONG}, "text", "at most 300 characters"),
        ({"unit": LONG}, "unit", "at most 40 characters"),
        ({"means_of_verification": LONG}, "means_of_verification", "at most 300 characters"),
        ({"target": "9" * 20}, "target", "digits"),
    ],
)
def test_indicator_new_says_what_is_wrong_at_the_field(change, field, words, new_url, member, signed_in):
    response = signed_in(member).post(new_url, VALUES | change)
    assert response.status_code == 422
    errors = response.context["form"].errors
    assert set(errors) == {field}
    assert words in " ".join(errors[field])
    assert response.context["form"]["means_of_verification"].value()
    assert Indicator.objects.count() == 1


def test_indicator_new_in_words_refuses_numbers(new_url, member, signed_in):
    typed = VALUES | {"kind": "qualitative"}
    response = signed_in(member).post(new_url, typed)
    assert set(response.context["form"].errors) == {"baseline", "target", "year_2026", "year_2027"}


def test_indicator_edit_shows_a_year_that_the_plan_has_lost(edit_url, plan, indicator, member, signed_in):
    Indicator.objects.filter(pk=indicator.pk).update(yearly_targets={"2028": "40"})
    LocalActionPlan.objects.filter(pk=plan.pk).update(period_end=datetime.date(2027, 12, 31))
    client = signed_in(member)
    assert client.get(edit_url).context["form"]["year_2028"].value() == "40"
    typed = VALUES | {"row_version": 1, "year_2028": "40"}
    assert set(client.post(edit_url, typed).context["form"].errors) == {"year_2028"}
    assert client.post(edit_url, typed | {"year_2028": ""}).status_code == 302
    indicator.refresh_from_db()
    assert indicator.yearly_targets == {"2026": "25", "2027": "32.5"}


def test_indicator_edit_offers_at_most_fifteen_years(edit_url, plan, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(period_end=datetime.date(2099, 12, 31))
    assert len(signed_in(member).get(edit_url).context["form"].year_fields) == 15


def test_indicator_edit_shows_both_texts_to_the_second(edit_url, indicator, secretary, member, signed_in):
    signed_in(secretary).post(edit_url, VALUES | {"row_version": 1})
    client = signed_in(member)
    response = client.post(edit_url, VALUES | {"row_version": 1, "target": "60", "year_2027": "40"})
    assert response.status_code == 409
    said = {d.label: (d.theirs, d.yours) for d in response.context["attempt"].differences}
    assert said == {"Target": ("50", "60"), "2027": ("32.5", "40")}
    indicator.refresh_from_db()
    assert indicator.target == Decimal(50)


def test_indicator_edit_of_a_closed_plan_keeps_what_was_typed(edit_url, plan, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    response = signed_in(member).post(edit_url, VALUES | {"row_version": 1})
    assert response.status_code == 409
    assert "Minutes of the ward committees" in response.content.decode()


def test_indicator_remove_asks_first(plan, activity, indicator, member, signed_in):
    client, url = signed_in(member), reverse("indicator_remove", args=[plan.code, indicator.code])
    assert indicator.text in client.get(url).content.decode()
    assert client.post(url).url.startswith(reverse("activity_edit", args=[plan.code, activity.code]))
    assert not Indicator.objects.exists()
    assert Revision.objects.get(subject_code=indicator.code, removed=True).values["target"] == "50"


def test_indicator_removed_meanwhile_keeps_what_was_typed(edit_url, indicator, member, signed_in):
    indicator.delete()
    response = signed_in(member).post(edit_url, VALUES | {"row_version": 1})
    assert response.status_code == 409
    assert "Minutes of the ward committees" in response.content.decode()


def test_indicator_pages_are_for_the_committee(plan, activity, indicator, coordinator, outsider, signed_in):
    pages = [
        reverse("indicator_new", args=[plan.code, activity.code]),
        reverse("indicator_edit", args=[plan.code, indicator.code]),
        reverse("indicator_remove", args=[plan.code, indicator.code]),
    ]
    for url in pages:
        assert signed_in(coordinator).get(url).status_code == 403
        assert signed_in(coordinator).post(url, VALUES).status_code == 403
        assert signed_in(outsider).get(url).status_code == 404


def test_indicator_of_another_plan_is_404(indicator, member, committee, signed_in):
    other = ObjectiveFactory(plan__committee=committee)
    url = reverse("indicator_edit", args=[other.plan.code, indicator.code])
    assert signed_in(member).get(url).status_code == 404


def test_baseline_on_today_is_fine(new_url, member, signed_in):
    today = timezone.localdate().isoformat()
    assert signed_in(member).post(new_url, VALUES | {"baseline_on": today}).status_code == 302


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        ({"kind": "percent", "unit": "", "target": Decimal("12.50")}, "12.5 %"),
        ({"kind": "number", "unit": "lamps", "target": Decimal(20)}, "20 lamps"),
        ({"kind": "number", "unit": "", "target": None}, ""),
        ({"kind": "yes_no", "target": Decimal(1)}, "yes"),
        ({"kind": "qualitative", "target_text": "Better"}, "Better"),
    ],
)
def test_target_shown(values, shown):
    assert IndicatorFactory.build(activity=None, **values).target_shown == shown
