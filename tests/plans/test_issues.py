"""plans.views.issues, plans.services.issues, plans.reports.issues"""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from plans.models import LocalActionPlan, PriorityIssue
from plans.reports.issues import issue_rows
from plans.reports.matrix import PlanMatrix
from plans.services import issues
from plans.states import PlanState
from tests.factories.plans import ActivityFactory, PriorityIssueFactory, ThemeFactory
from tests.factories.results import ConflictIssueFactory
from tests.factories.workshops import WorkshopFactory

LONG = "x" * 100_000


@pytest.fixture
def issue(plan):
    return PriorityIssueFactory(plan=plan, text="Dark streets", order=1)


def test_issue_new_adds_it_at_the_end_once(plan, issue, member, signed_in):
    theme = ThemeFactory(code="lighting")
    client, url = signed_in(member), reverse("issue_new", args=[plan.code])
    values = {
        "text": "Land disputes",
        "affected": "Widows",
        "themes": [theme.pk],
        "sent_form": "11111111-1111-4111-8111-111111111111",
    }
    first, second = client.post(url, values), client.post(url, values)
    made = PriorityIssue.objects.get(text="Land disputes")
    assert first.url == second.url == f"{plan.get_absolute_url()}#{made.code}"
    assert (made.order, made.affected, list(made.themes.all())) == (2, "Widows", [theme])


@pytest.mark.parametrize(
    ("field", "value"),
    [("text", ""), ("text", LONG), ("text", "<i>x</i>"), ("affected", LONG), ("themes", ["9" * 40])],
)
def test_issue_edit_refuses_at_the_field(field, value, plan, issue, member, signed_in):
    ThemeFactory()
    url = reverse("issue_edit", args=[plan.code, issue.code])
    values = {"text": "Darker streets", "affected": "", "row_version": 1}
    response = signed_in(member).post(url, values | {field: value})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {field}
    issue.refresh_from_db()
    assert issue.text == "Dark streets"


def test_issue_edit_keeps_a_theme_that_is_no_longer_offered(plan, issue, member, signed_in):
    old = ThemeFactory(code="old", is_active=False)
    ThemeFactory(code="other-old", is_active=False)
    issue.themes.add(old)
    url = reverse("issue_edit", args=[plan.code, issue.code])
    client = signed_in(member)
    assert [theme.code for theme in client.get(url).context["form"].fields["themes"].queryset] == ["old"]
    client.post(url, {"text": "Darker streets", "affected": "", "themes": [old.pk], "row_version": 1})
    issue.refresh_from_db()
    assert (issue.text, list(issue.themes.all())) == ("Darker streets", [old])


def test_issue_edit_shows_both_texts_to_the_second(plan, issue, secretary, member, signed_in):
    url = reverse("issue_edit", args=[plan.code, issue.code])
    signed_in(secretary).post(url, {"text": "Hers", "affected": "", "row_version": 1})
    response = signed_in(member).post(url, {"text": "His", "affected": "", "row_version": 1})
    assert response.status_code == 409
    assert "Safi Secretary" in response.content.decode()
    issue.refresh_from_db()
    assert issue.text == "Hers"


def test_issue_edit_of_a_removed_issue_gives_the_text_back(plan, issue, secretary, member, signed_in):
    url = reverse("issue_edit", args=[plan.code, issue.code])
    issues.remove_issue(issue, by=secretary)
    response = signed_in(member).post(url, {"text": "Typed meanwhile", "affected": "", "row_version": 1})
    assert response.status_code == 409
    assert "Typed meanwhile" in response.content.decode()
    assert signed_in(member).get(url).status_code == 404


def test_issue_remove_asks_first_and_leaves_the_activities(plan, issue, activity, member, signed_in):
    activity.issues.add(issue)
    client, url = signed_in(member), reverse("issue_remove", args=[plan.code, issue.code])
    assert "1 activity answers it" in client.get(url).content.decode()
    assert PriorityIssue.objects.exists()
    assert client.post(url).url == f"{plan.get_absolute_url()}#issues"
    assert not PriorityIssue.objects.exists()
    assert list(plan.objectives.get().activities.all()) == [activity]
    assert AuditEvent.objects.get().detail == {"issue": issue.code, "activities": 1}


def test_issue_move(plan, issue, member, signed_in):
    other = PriorityIssueFactory(plan=plan, order=2)
    url = reverse("issue_move", args=[plan.code, other.code])
    for to, expected in (("up", [other, issue]), ("up", [other, issue]), ("down", [issue, other])):
        signed_in(member).post(url, {"to": to})
        assert list(plan.issues.all()) == expected
    assert signed_in(member).get(url).status_code == 405


def test_issues_are_for_the_committees_accounts(plan, issue, coordinator, outsider, signed_in):
    for name in ("issue_edit", "issue_remove", "issue_move"):
        url = reverse(name, args=[plan.code, issue.code])
        assert signed_in(coordinator).post(url, {"text": "Overwritten"}).status_code == 403
        assert signed_in(outsider).post(url, {"text": "Overwritten"}).status_code == 404
    for name in ("issue_new", "issues_from_workshop"):
        url = reverse(name, args=[plan.code])
        assert signed_in(coordinator).get(url).status_code == 403
        assert signed_in(outsider).get(url).status_code == 404
    assert PriorityIssue.objects.get().text == "Dark streets"


def test_a_closed_plan_takes_no_issue(plan, issue, member, signed_in):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.SUBMITTED)
    client = signed_in(member)
    typed = client.post(reverse("issue_new", args=[plan.code]), {"text": "Typed in an old tab"})
    assert typed.status_code == 409
    assert "Typed in an old tab" in typed.content.decode()
    client.post(reverse("issue_remove", args=[plan.code, issue.code]))
    client.post(reverse("issue_move", args=[plan.code, issue.code]), {"to": "up"})
    assert client.get(reverse("issues_from_workshop", args=[plan.code])).status_code == 302
    assert PriorityIssue.objects.get().text == "Dark streets"


# --- From the workshop -----------------------------------------------------------------------


def test_issues_from_workshop_takes_each_over_once(plan, workshop, member, signed_in):
    """The member may not open the workshop, but knows what it found: the committee comes from it."""
    theme = ThemeFactory(code="land")
    found = ConflictIssueFactory(
        workshop=workshop, description="Land disputes", affected="Widows", theme="land"
    )
    client, url = signed_in(member), reverse("issues_from_workshop", args=[plan.code])
    assert "Land disputes" in client.get(url).content.decode()
    response = client.post(url, {"issues": [found.pk]})
    assert response.url == f"{plan.get_absolute_url()}#issues"
    taken = plan.issues.get()
    assert (taken.text, taken.affected, taken.found_as) == ("Land disputes", "Widows", found)
    assert list(taken.themes.all()) == [theme]
    assert "In the plan already" in client.get(url).content.decode()
    assert client.post(url, {"issues": [found.pk]}).status_code == 422
    assert issues.take_over_issues(plan, [found], by=member) == []
    assert plan.issues.count() == 1


def test_issues_from_workshop_of_a_theme_that_the_list_lacks(plan, workshop, member):
    ThemeFactory(code="mines", is_active=False)
    found = ConflictIssueFactory(workshop=workshop, theme="mines")
    [taken] = issues.take_over_issues(plan, [found], by=member)
    assert not taken.themes.exists()


def test_issues_from_workshop_offers_only_what_the_committee_may_know(
    plan, locality, elsewhere, member, signed_in
):
    here = ConflictIssueFactory(
        workshop=WorkshopFactory(locality=locality), description="Found at another workshop here"
    )
    there = ConflictIssueFactory(workshop=WorkshopFactory(locality=elsewhere), description="Found in Bo")
    client, url = signed_in(member), reverse("issues_from_workshop", args=[plan.code])
    page = client.get(url).content.decode()
    assert here.description not in page
    assert there.description not in page
    for posted in ([here.pk], [there.pk], ["9" * 40], ["x"], []):
        response = client.post(url, {"issues": posted})
        assert response.status_code == 422
        assert "issues" in response.context["form"].errors
    assert not plan.issues.exists()


# --- Answered or not -------------------------------------------------------------------------


def test_issue_rows_name_the_activities_in_the_plans_order(plan, objective, issue):
    second = PriorityIssueFactory(plan=plan, text="Land", order=2)
    activities = [ActivityFactory(objective=objective, order=n) for n in (1, 2)]
    for activity in reversed(activities):
        activity.issues.add(issue)
    rows = issue_rows(PlanMatrix.from_plan(plan))
    assert [(row.number, row.code, row.answers) for row in rows] == [
        (1, issue.code, [("1.1", activities[0].code), ("1.2", activities[1].code)]),
        (2, second.code, []),
    ]


def test_an_activity_written_for_an_issue_has_it_ticked(plan, objective, issue, member, signed_in):
    edit = reverse("issue_edit", args=[plan.code, issue.code])
    new = reverse("activity_new", args=[plan.code, objective.code])
    client = signed_in(member)
    assert f'href="{new}?issue={issue.code}"' in client.get(edit).content.decode()
    form = client.get(new, {"issue": issue.code}).context["form"]
    assert form["issues"].value() == [issue.pk]
    assert client.get(new, {"issue": "PI-NONE"}).context["form"]["issues"].value() == []
