"""The history of a plan: every save, readable, and an old state taken back."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from frameworks.models import Framework
from plans.models import Activity, Indicator, LocalActionPlan, Objective, PlanSection, Revision, SectionKind
from plans.services.activities import remove_activity
from plans.services.objectives import remove_objective
from plans.services.plans import save_section
from plans.states import PlanState
from plans.tracking import keep_removal, keep_revision
from tests.factories.people import PositionFactory
from tests.factories.plans import ActivityFactory, ObjectiveFactory, ThemeFactory


@pytest.fixture
def section(plan, secretary, member):
    """Saved twice: by Safi, then by Mado."""
    row = plan.sections.get(kind=SectionKind.VISION)
    for by, text in ((secretary, "Women decide."), (member, "Young women decide.")):
        row.text = text
        save_section(row, opened_version=row.row_version, by=by)
    return row


@pytest.fixture
def history_url(plan):
    return reverse("plan_history", args=[plan.code])


def part_url(plan, subject, code):
    return reverse("part_history", args=[plan.code, subject, code])


def restore_url(plan, subject, code, version):
    return reverse("revision_restore", args=[plan.code, subject, code, version])


def lines(response):
    return [(entry.name, entry.labels, who) for entry, who in response.context["lines"]]


def test_plan_history_tells_what_changed_and_by_whom(history_url, section, coordinator, signed_in):
    response = signed_in(coordinator).get(history_url)
    assert lines(response) == [
        ("Vision", ["Text"], "Mado Member"),
        ("Vision", ["Text"], "Safi Secretary"),
        ("Vision", [], "not known"),  # before its history began
    ]


def test_plan_history_names_nobody_to_readers(history_url, section, oversight, signed_in):
    response = signed_in(oversight).get(history_url)
    assert {who for _entry, who in response.context["lines"]} == {"the committee"}
    page = response.content.decode()
    assert "Mado" not in page
    assert "Safi" not in page


def test_plan_history_is_hidden_from_outsiders(history_url, section, outsider, signed_in):
    assert signed_in(outsider).get(history_url).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [({"subject": "section"}, 3), ({"subject": "activity"}, 0), ({"day": "2001-01-01"}, 0), ({"by": "U"}, 3)],
)
def test_plan_history_filters(query, found, history_url, section, member, signed_in):
    response = signed_in(member).get(history_url, query)
    assert len(response.context["lines"]) == found


def test_plan_history_filters_by_person_and_day(history_url, section, member, signed_in):
    client = signed_in(member)
    assert len(client.get(history_url, {"by": member.code}).context["lines"]) == 1
    today = Revision.objects.first().at.date().isoformat()
    assert len(client.get(history_url, {"day": today}).context["lines"]) == 3


@pytest.mark.parametrize("saves", [1, 5])
def test_plan_history_takes_few_queries(
    saves, history_url, plan, member, signed_in, django_assert_num_queries
):
    for row in [ObjectiveFactory(plan=plan) for _each in range(saves)]:
        keep_revision(row, by=member)
    client = signed_in(member)
    client.get(history_url)
    with django_assert_num_queries(10):
        assert len(client.get(history_url).context["lines"]) == saves


def test_part_history_shows_readable_differences(plan, section, member, signed_in):
    page = signed_in(member).get(part_url(plan, "section", section.code)).content.decode()
    assert "removed:" in page
    assert "Young women" in page
    assert "as it stands" in page


def test_part_history_says_codes_in_words(plan, activity, member, signed_in):
    keep_revision(activity, by=member)
    activity.responsible = PositionFactory(title="Mayor", locality=plan.locality)
    activity.cost, activity.no_cost = 12500, False
    activity.ends_on = datetime.date(2027, 1, 31)
    activity.row_version += 1
    activity.save()
    activity.themes.add(ThemeFactory(name="Markets at night"))
    keep_revision(activity, by=member)
    response = signed_in(member).get(part_url(plan, "activity", activity.code))
    newest, _who = response.context["lines"][0]
    said = {change.label: "".join(piece.text for piece in change.pieces) for change in newest.changes}
    assert "Mayor" in said["Responsible position"]
    assert "12,500 CDF" in said["Cost"]
    assert "31 January 2027" in said["End"]
    assert "Markets at night" in said["Themes"]
    first, _who = response.context["lines"][1]
    assert "National Action Plan" not in {change.label for change in first.changes}
    assert not any("_" in change.label for change in first.changes)


def test_part_history_of_what_never_was_is_404(plan, member, signed_in):
    client = signed_in(member)
    assert client.get(part_url(plan, "objective", "O-222222")).status_code == 404
    assert client.get(part_url(plan, "anything", plan.code)).status_code == 404


def test_part_history_before_its_first_save_says_so(plan, objective, member, signed_in):
    page = signed_in(member).get(part_url(plan, "objective", objective.code)).content.decode()
    assert "Nothing remembered yet" in page


def test_revision_restore_asks_then_saves_a_new_version(plan, section, member, signed_in):
    client, url = signed_in(member), restore_url(plan, "section", section.code, 2)
    page = client.get(url)
    assert "Young " in page.content.decode()
    assert client.post(url, {"row_version": page.context["row_version"]}).status_code == 302
    section.refresh_from_db()
    assert (section.text, section.row_version, section.updated_by) == ("Women decide.", 4, member)
    assert Revision.objects.filter(subject_code=section.code).count() == 4
    event = AuditEvent.objects.get(verb="restored part of plan")
    assert event.detail == {"kind": "section", "part": section.code, "version": 2}


def test_revision_restore_overwrites_nobody(plan, section, member, secretary, signed_in):
    client, url = signed_in(member), restore_url(plan, "section", section.code, 2)
    opened = client.get(url).context["row_version"]
    section.text = "Saved meanwhile."
    save_section(section, opened_version=3, by=secretary)
    response = client.post(url, {"row_version": opened})
    assert response.status_code == 409
    assert "Saved meanwhile" in response.content.decode()
    section.refresh_from_db()
    assert section.text == "Saved meanwhile."


def test_revision_restore_is_for_writers_of_an_open_plan(plan, section, coordinator, member, signed_in):
    url = restore_url(plan, "section", section.code, 2)
    assert signed_in(coordinator).get(url).status_code == 403
    LocalActionPlan.objects.update(state=PlanState.VALIDATION)
    assert signed_in(member).post(url, {"row_version": 3}).status_code == 302
    section.refresh_from_db()
    assert section.text == "Young women decide."


def test_revision_restore_refuses_what_is_gone(plan, activity, member, signed_in):
    theme = ThemeFactory()
    activity.themes.add(theme)
    keep_revision(activity, by=member)
    activity.themes.clear()
    activity.row_version += 1
    activity.save()
    keep_revision(activity, by=member)
    theme.delete()
    response = signed_in(member).post(restore_url(plan, "activity", activity.code, 1), {"row_version": 2})
    assert response.status_code == 422
    assert "Themes: what was chosen then is no longer there." in response.content.decode()


def test_revision_restore_refuses_what_no_longer_fits(plan, activity, member, signed_in):
    keep_revision(activity, by=member)
    LocalActionPlan.objects.update(period_start=datetime.date(2027, 1, 1))
    response = signed_in(member).post(restore_url(plan, "activity", activity.code, 1), {"row_version": 1})
    assert response.status_code == 422
    assert "outside the plan" in response.content.decode()


def test_revision_restore_leaves_progress_alone(plan, activity, member, signed_in):
    keep_revision(activity, by=member)
    Activity.objects.update(text="Later", state="done", row_version=2)
    activity.refresh_from_db()
    keep_revision(activity, by=member)
    signed_in(member).post(restore_url(plan, "activity", activity.code, 1), {"row_version": 2})
    activity.refresh_from_db()
    assert (activity.text, activity.state) == ("Two seats in the peace council", "done")


def test_revision_restore_brings_back_what_an_objective_served(plan, objective, items, member, signed_in):
    keep_revision(objective, by=member)
    objective.alignments.all().delete()
    objective.row_version += 1
    objective.save()
    keep_revision(objective, by=member)
    signed_in(member).post(restore_url(plan, "objective", objective.code, 1), {"row_version": 2})
    assert [each.provision for each in objective.alignments.all()] == [items[0]]


def test_revision_restore_of_a_nap_of_another_country_is_refused(plan, elsewhere, member, signed_in):
    keep_revision(plan, by=member)
    Framework.objects.filter(pk=plan.nap_id).update(country=elsewhere.country)
    response = signed_in(member).post(restore_url(plan, "plan", plan.code, 1), {"row_version": 1})
    assert response.status_code == 422
    assert "another country" in response.content.decode()


def test_revision_restore_makes_a_removed_activity_again(plan, objective, activity, member, signed_in):
    theme = ThemeFactory()
    activity.themes.add(theme)
    code, indicators = activity.code, activity.indicators.count()
    remove_activity(activity, by=member)
    client, url = signed_in(member), part_url(plan, "activity", code)
    page = client.get(url)
    assert "was removed" in page.content.decode()
    removal = page.context["lines"][0][0].revision
    assert removal.removed
    assert (
        client.post(restore_url(plan, "activity", code, removal.version), {"row_version": 0}).status_code
        == 302
    )
    again = Activity.objects.get(code=code)
    assert (again.text, again.objective) == ("Two seats in the peace council", objective)
    assert list(again.themes.all()) == [theme]
    assert again.indicators.count() == indicators
    assert again.row_version == removal.version + 1


def test_revision_restore_makes_a_removed_objective_again_with_all_under_it(
    plan, objective, activity, items, member, signed_in
):
    ActivityFactory(objective=objective, text="Second")
    code = objective.code
    remove_objective(objective, by=member)
    assert not Activity.objects.exists()
    removal = Revision.objects.get(subject_code=code, removed=True)
    client = signed_in(member)
    page = client.get(restore_url(plan, "objective", code, removal.version))
    assert "removed together with it" in page.content.decode()
    client.post(restore_url(plan, "objective", code, removal.version), {"row_version": 0})
    again = Objective.objects.get(code=code)
    assert [each.text for each in again.activities.order_by("order")] == [activity.text, "Second"]
    assert Indicator.objects.count() == 1
    assert [each.provision for each in again.alignments.all()] == [items[0]]


def test_revision_restore_needs_the_parent(plan, objective, activity, member, signed_in):
    code = activity.code
    remove_objective(objective, by=member)
    removal = Revision.objects.get(subject_code=code, removed=True)
    response = signed_in(member).post(
        restore_url(plan, "activity", code, removal.version), {"row_version": 0}
    )
    assert response.status_code == 422
    assert "is gone" in response.content.decode()
    assert not Activity.objects.exists()


def test_keep_removal_remembers_what_goes_with_it(plan, objective, activity, member):
    keep_removal(objective, by=member)
    kept = set(Revision.objects.filter(removed=True).values_list("subject", flat=True))
    assert kept == {"objective", "activity", "indicator"}


def test_a_section_cannot_be_made_again(plan, section, member, signed_in):
    PlanSection.objects.filter(pk=section.pk).delete()
    page = signed_in(member).get(part_url(plan, "section", section.code)).content.decode()
    assert "Put it back" not in page
    response = signed_in(member).post(restore_url(plan, "section", section.code, 2), {"row_version": 0})
    assert response.status_code == 422


def test_revision_restore_of_another_statement_has_to_be_reviewed_again(
    plan, objective, member, secretary, signed_in
):
    keep_revision(objective, by=member)
    objective.alignments.update(
        strength="supporting", stated_by=member, state="confirmed", reviewer=secretary, reviewed_version=2
    )
    objective.row_version += 1
    objective.save()
    keep_revision(objective, by=member)
    signed_in(secretary).post(restore_url(plan, "objective", objective.code, 1), {"row_version": 2})
    alignment = objective.alignments.get()
    assert (alignment.strength, alignment.state, alignment.reviewer) == ("direct", "stated", None)
    assert alignment.stated_by == secretary
