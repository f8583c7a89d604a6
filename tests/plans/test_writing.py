"""plans.views.writing, plans.reports.writing"""

import pytest
from django.urls import reverse

from plans.completeness import Fill, Part
from plans.models import LocalActionPlan, PlanSection
from plans.reports.writing import WritingDesk
from plans.services import issues, plans
from plans.states import PlanState
from tests.factories.plans import (
    ActivityFactory,
    IndicatorFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    PriorityIssueFactory,
)

LONG = "x" * 100_000


@pytest.fixture
def vision(plan):
    return plan.sections.get(kind="vision")


@pytest.fixture
def url(plan, vision):
    return reverse("plan_section_edit", args=[plan.code, vision.code])


def row_of(desk, part):
    return next(row for row in desk.rows if row.progress.part == part)


# --- The place to write ----------------------------------------------------------------------


def test_plan_write_shows_every_part_in_the_order_of_print(plan, member, signed_in):
    response = signed_in(member).get(reverse("plan_write", args=[plan.code]))
    desk = response.context["desk"]
    assert [row.progress.part for row in desk.rows] == list(Part)
    assert row_of(desk, Part.FRAME).progress.fill == Fill.COMPLETE
    assert row_of(desk, Part.VISION).progress.fill == Fill.EMPTY
    assert desk.percent == 9
    assert "1 of 11 parts is complete" in response.content.decode()


def test_plan_write_of_a_whole_plan(committee, nap, items, member):
    plan = LocalActionPlanFactory(
        committee=committee,
        nap=nap,
        sections=dict.fromkeys(
            ("foreword", "vision", "situation", "legal_frame", "monitoring"), "word " * 200
        ),
    )
    activity = ActivityFactory(
        objective=ObjectiveFactory(plan=plan, local_reason="It matters here"), complete=True
    )
    activity.issues.add(PriorityIssueFactory(plan=plan))
    desk = WritingDesk.from_plan(plan, member)
    foreword = row_of(desk, Part.FOREWORD)
    assert foreword.progress.fill == Fill.BEGUN
    assert foreword.lacks[0].url == reverse("plan_edit", args=[plan.code]) + "#id_foreword_title"
    assert [row.progress.part for row in desk.rows if row.progress.fill == Fill.EMPTY] == [Part.ADOPTION]


def test_plan_write_leads_to_what_is_missing(plan, objective, items, member, signed_in):
    ActivityFactory(objective=objective, order=1)
    lonely = ObjectiveFactory(plan=plan, order=2)
    issue = PriorityIssueFactory(plan=plan)
    response = signed_in(member).get(reverse("plan_write", args=[plan.code]))
    page, desk = response.content.decode(), response.context["desk"]
    assert reverse("issue_edit", args=[plan.code, issue.code]) + "#answer" in page
    assert reverse("activity_new", args=[plan.code, lonely.code]) in page
    assert "Activity 1.1: " in page
    assert row_of(desk, Part.INDICATORS).progress.fill == Fill.EMPTY
    assert row_of(desk, Part.ACTIVITIES).progress.fill == Fill.BEGUN
    assert row_of(desk, Part.ACTIVITIES).more_lacks > 0


def test_plan_write_says_who_saved_what_and_where_to_go_on(
    plan, vision, objective, secretary, member, signed_in
):
    desk_url = reverse("plan_write", args=[plan.code])
    assert signed_in(member).get(desk_url).context["desk"].way_on.mine is False
    vision.text = "Peace"
    plans.save_section(vision, opened_version=1, by=member)
    hers = PriorityIssueFactory.build(plan=plan)
    issues.add_issue(hers, themes=[], by=secretary)
    response = signed_in(member).get(desk_url)
    way_on = response.context["desk"].way_on
    assert (way_on.name, way_on.mine) == ("Vision", True)
    assert way_on.url == reverse("plan_section_edit", args=[plan.code, vision.code])
    page = response.content.decode()
    assert "Continue where you stopped" in page
    assert "last saved by Mado Member" in page
    assert "last saved by Safi Secretary" in page


def test_plan_write_does_not_lead_back_to_what_is_gone(plan, vision, member, signed_in):
    vision.text = "Peace"
    plans.save_section(vision, opened_version=1, by=member)
    issue = issues.add_issue(PriorityIssueFactory.build(plan=plan), themes=[], by=member)
    issues.remove_issue(issue, by=member)
    desk = signed_in(member).get(reverse("plan_write", args=[plan.code])).context["desk"]
    assert desk.way_on.name == "Vision"


def test_plan_write_of_a_closed_plan_says_so(plan, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.VALIDATION)
    page = signed_in(member).get(reverse("plan_write", args=[plan.code])).content.decode()
    assert "closed for changes" in page
    assert reverse("issue_new", args=[plan.code]) not in page


@pytest.mark.parametrize("rows", [1, 5])
def test_plan_write_queries(rows, plan, items, secretary, signed_in, django_assert_num_queries):
    for _ in range(rows):
        activity = ActivityFactory(objective=ObjectiveFactory(plan=plan), complete=True)
        IndicatorFactory(activity=activity)
        issues.add_issue(PriorityIssueFactory.build(plan=plan), themes=[], by=secretary)
    client = signed_in(secretary)
    with django_assert_num_queries(13):
        client.get(reverse("plan_write", args=[plan.code]))


def test_writing_is_for_the_committees_accounts(
    plan, vision, url, coordinator, oversight, outsider, signed_in
):
    for address in (url, reverse("plan_write", args=[plan.code])):
        for reader in (coordinator, oversight):
            assert signed_in(reader).get(address).status_code == 403
            assert signed_in(reader).post(url, {"text": "Overwritten", "row_version": 1}).status_code == 403
        assert signed_in(outsider).get(address).status_code == 404
    assert PlanSection.objects.get(pk=vision.pk).text == ""


# --- A section -------------------------------------------------------------------------------


def test_plan_section_edit_saves(plan, vision, url, member, signed_in):
    client = signed_in(member)
    assert "An example" in client.get(url).content.decode()
    response = client.post(url, {"text": "Peace **for all**", "row_version": 1})
    assert response.url == reverse("plan_write", args=[plan.code]) + "#vision"
    vision.refresh_from_db()
    assert (vision.text, vision.row_version, vision.updated_by) == ("Peace **for all**", 2, member)


def test_plan_section_edit_shows_both_texts_to_the_second(url, vision, secretary, member, signed_in):
    signed_in(secretary).post(url, {"text": "Hers", "row_version": 1})
    response = signed_in(member).post(url, {"text": "His", "row_version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Safi Secretary" in page
    assert "Hers" in page
    assert response.context["form"]["text"].value() == "His"
    vision.refresh_from_db()
    assert vision.text == "Hers"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (LONG, "at most 20000"),
        ("<script>alert(1)</script>", "HTML is not used here"),
        ("<b>x</b>", "**bold**"),
    ],
)
def test_plan_section_edit_refuses_at_the_field_and_keeps_the_text(
    text, words, url, vision, member, signed_in
):
    response = signed_in(member).post(url, {"text": text, "row_version": 1})
    assert response.status_code == 422
    assert words in " ".join(response.context["form"].errors["text"])
    assert response.context["form"]["text"].value() == text
    assert "<script>alert" not in response.content.decode()
    vision.refresh_from_db()
    assert vision.text == ""


def test_plan_section_edit_takes_a_smaller_than_sign(url, vision, member, signed_in):
    signed_in(member).post(url, {"text": "girls <15, and 5 < 6", "row_version": 1})
    vision.refresh_from_db()
    assert vision.text == "girls <15, and 5 < 6"


def test_plan_section_edit_preview_saves_nothing(url, vision, member, signed_in):
    values = {"text": "## Safety\n\n- **one**", "row_version": 1, "preview": "1"}
    response = signed_in(member).post(url, values)
    page = response.content.decode()
    assert response.status_code == 200
    assert "<strong>one</strong>" in page
    assert response.context["form"]["text"].value() == values["text"]
    assert 'name="row_version" value="1"' in page
    vision.refresh_from_db()
    assert vision.text == ""


def test_plan_section_edit_preview_for_htmx_is_only_the_preview(url, member, signed_in):
    values = {"text": "**one**", "row_version": 1, "preview": "1"}
    page = signed_in(member).post(url, values, headers={"HX-Request": "true"}).content.decode()
    assert "<strong>one</strong>" in page
    assert "<form" not in page


def test_plan_section_edit_of_a_closed_plan_keeps_what_was_typed(plan, url, vision, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.ENDORSED)
    response = signed_in(member).post(url, {"text": "Typed in an old tab", "row_version": 1})
    assert response.status_code == 409
    assert "Typed in an old tab" in response.content.decode()
    vision.refresh_from_db()
    assert vision.text == ""


def test_plan_section_edit_of_another_plans_section_is_a_404(plan, member, signed_in):
    other = LocalActionPlanFactory(committee=plan.committee).sections.first()
    address = reverse("plan_section_edit", args=[plan.code, other.code])
    assert signed_in(member).get(address).status_code == 404


@pytest.mark.parametrize(
    "page", ["plan_record", "plan_alignment", "plan_budget", "plan_paper", "plan_comments"]
)
def test_tabs_offer_writing_while_there_is_something_to_write(plan, member, signed_in, page):
    client, desk = signed_in(member), reverse("plan_write", args=[plan.code])
    assert f'<a href="{desk}"' in client.get(reverse(page, args=[plan.code])).content.decode()
    type(plan).objects.filter(pk=plan.pk).update(state=PlanState.ENDORSED)
    assert f'<li><a href="{desk}"' not in client.get(reverse(page, args=[plan.code])).content.decode()
