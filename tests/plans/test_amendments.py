"""plans.services.amendments: numbered revisions with a reason; the last edition holds meanwhile (F94)."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from plans.document import digest_of, document_of
from plans.models import Activity, Amendment, Edition, LocalActionPlan, Objective
from plans.services import activities, amendments, decisions, objectives, plans, refusals
from plans.services.adoption import Act, adopt_plan
from plans.services.taking_back import take_back_amendment
from plans.states import PlanState
from tests.factories.people import OrganizationFactory
from tests.factories.plans import ActivityFactory, ProgressUpdateFactory

TODAY = timezone.localdate()
DAY = datetime.timedelta(days=1)
ACT = Act("Provincial assembly", "31/2026", TODAY, kind="decision", no_scan_reason="R")
TYPED = {
    "body": "Provincial assembly",
    "act_kind": "decision",
    "act": "31/2026",
    "adopted_on": TODAY.isoformat(),
    "no_scan_reason": "The registry sends it later.",
}


@pytest.fixture
def adopted(plan, activity, secretary):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.SUBMITTED)
    return adopt_plan(plan, Act("Provincial assembly", "12/2026", TODAY - DAY), by=secretary)


@pytest.fixture
def amending(adopted, secretary):
    amendments.open_amendment(adopted, reason="The market burnt down.", by=secretary)
    adopted.refresh_from_db()
    return adopted


def url(name, plan):
    return reverse(name, args=[plan.code])


def write(plan, text, by):
    """A member changes the first objective."""
    row = Objective.objects.get(plan=plan)
    row.text = text
    served = [each.provision for each in row.alignments.all()]
    objectives.save_objective(row, provisions=served, opened_version=row.row_version, by=by)


def test_open_amendment_opens_the_texts(adopted, secretary, member, signed_in):
    client = signed_in(secretary)
    with pytest.raises(refusals.PlanClosed):
        write(adopted, "Women decide first", member)
    response = client.post(url("amendment_open", adopted), {"reason": "The market burnt down."})
    assert response.url == adopted.get_absolute_url()
    row = Amendment.objects.get()
    assert (row.number, row.reason, row.opened_by, row.state) == (
        1,
        "The market burnt down.",
        secretary,
        "open",
    )
    write(adopted, "Women decide first", member)
    adopted.refresh_from_db()
    assert adopted.state == PlanState.ADOPTED
    assert "market" not in str(list(AuditEvent.objects.values_list("detail")))
    page = signed_in(member).get(url("plan_record", adopted)).content.decode()
    assert "The market burnt down." in page


@pytest.mark.parametrize("reason", ["", "  ", "x" * 100_000, "<b>market</b>"])
def test_amendment_open_needs_a_reason(reason, adopted, secretary, signed_in):
    response = signed_in(secretary).post(url("amendment_open", adopted), {"reason": reason})
    assert response.status_code == 422
    assert "reason" in response.context["form"].errors
    assert not Amendment.objects.exists()


def test_two_amendments_at_once_are_refused(amending, secretary, signed_in):
    with pytest.raises(refusals.GateClosed):
        amendments.open_amendment(amending, reason="Another", by=secretary)
    response = signed_in(secretary).post(url("amendment_open", amending), {"reason": "Another one of mine"})
    assert response.status_code == 422
    assert "open already" in response.content.decode()
    assert "Another one of mine" in response.content.decode()
    assert Amendment.objects.count() == 1


def test_edition_stays_while_the_committee_writes(amending, member):
    before = Edition.objects.get()
    write(amending, "Women decide first", member)
    after = Edition.objects.get()
    assert after.digest == before.digest
    assert after.content["objectives"][0]["text"] == "Women decide too"


def test_adopt_amendment_makes_the_next_edition(amending, secretary, member, signed_in):
    write(amending, "Women decide first", member)
    client = signed_in(secretary)
    page = client.get(url("amendment_adopt", amending)).content.decode()
    assert "Objective: Women decide first" in page
    assert client.post(url("amendment_adopt", amending), TYPED).url == amending.get_absolute_url()
    second = Edition.objects.get(number=2)
    assert second.content["objectives"][0]["text"] == "Women decide first"
    assert (second.reason, second.act, second.act_kind) == ("The market burnt down.", "31/2026", "decision")
    row = Amendment.objects.get()
    assert (row.state, row.edition, row.closed_on) == ("adopted", second, TODAY)
    amending.refresh_from_db()
    assert not amending.is_open
    assert (amending.adopting_act, amending.state) == ("12/2026", PlanState.ADOPTED)
    with pytest.raises(refusals.PlanClosed):
        write(amending, "Once more", member)
    assert Edition.objects.get(number=1).content["objectives"][0]["text"] == "Women decide too"


def test_adopt_amendment_has_the_gate_of_submission(amending, objective, secretary, signed_in):
    ActivityFactory(objective=objective, text="Unfinished")
    with pytest.raises(refusals.PlanNotReady):
        amendments.adopt_amendment(amending, ACT, by=secretary)
    response = signed_in(secretary).post(url("amendment_adopt", amending), TYPED)
    assert response.status_code == 422
    page = response.content.decode()
    assert "cannot be adopted yet" in page
    assert "Unfinished" in page
    assert 'value="31/2026"' in page
    assert Edition.objects.count() == 1


@pytest.mark.parametrize("day", [TODAY + 2 * DAY, TODAY - 2 * DAY])
def test_adopt_amendment_refuses_a_day_out_of_order(day, amending, member, secretary, signed_in):
    write(amending, "Women decide first", member)
    typed = TYPED | {"adopted_on": day.isoformat()}
    response = signed_in(secretary).post(url("amendment_adopt", amending), typed)
    assert response.status_code == 422
    assert "adopted_on" in response.context["form"].errors
    assert Edition.objects.count() == 1


def test_adopt_amendment_that_changes_nothing_is_refused(amending, secretary):
    with pytest.raises(refusals.GateClosed, match="those of edition 1"):
        amendments.adopt_amendment(amending, ACT, by=secretary)
    assert Edition.objects.count() == 1


def test_drop_amendment_when_nothing_differs(amending, secretary, signed_in):
    client = signed_in(secretary)
    assert "Nothing is lost" in client.get(url("amendment_drop", amending)).content.decode()
    assert Amendment.objects.get().state == "open"
    client.post(url("amendment_drop", amending))
    row = Amendment.objects.get()
    assert (row.state, row.edition, row.closed_on) == ("dropped", None, TODAY)
    amending.refresh_from_db()
    assert not amending.is_open
    amendments.open_amendment(amending, reason="Again", by=secretary)
    assert list(Amendment.objects.values_list("number", "state")) == [(1, "dropped"), (2, "open")]


def test_drop_amendment_is_refused_while_a_text_differs(amending, objective, member, secretary, signed_in):
    write(amending, "Women decide first", member)
    response = signed_in(secretary).post(url("amendment_drop", amending))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Objective: Women decide first" in page
    assert reverse("part_history", args=[amending.code, "objective", objective.code]) in page
    amending.refresh_from_db()
    assert amending.is_amending
    write(amending, "Women decide too", member)  # taken back
    amendments.drop_amendment(amending, by=secretary)


def test_take_back_makes_every_part_as_the_edition_has_it(
    amending, objective, activity, items, member, secretary, signed_in
):
    """Changed, added, removed and moved: one press, and the plan says what the edition says."""
    write(amending, "Women decide first", member)
    second = Objective(plan=amending, text="Added", pillar="support", local_reason="R")
    objectives.add_objective(second, provisions=items[1:], by=member)
    details = activities.ActivityDetails()
    activities.add_activity(Activity(objective=second, text="Added too"), details, by=member)
    activities.add_activity(Activity(objective=objective, text="And here"), details, by=member)
    objectives.move_objective(second, up=True, by=member)
    activities.remove_activity(activity, by=member)
    row = LocalActionPlan.objects.get()
    row.title = "Another title"
    plans.save_plan(row, opened_version=row.row_version, by=member)
    section = amending.sections.get(kind="vision")
    section.text = "A town at peace"
    plans.save_section(section, opened_version=section.row_version, by=member)
    assert len(changed(amending)) >= 6
    response = signed_in(secretary).post(url("amendment_drop", amending), {"take_back": "1"})
    assert response.status_code == 302
    plan = LocalActionPlan.objects.get()
    edition = Edition.objects.get()
    assert not plan.is_amending
    assert Amendment.objects.get().state == "dropped"
    assert digest_of(document_of(plan)) == edition.digest
    assert plan.revisions.filter(values__text="Added too").exists()  # the history keeps it


def test_take_back_that_cannot_be_done_changes_nothing(amending, activity, member, secretary, signed_in):
    """The position that the edition names is gone: nothing is half restored."""
    write(amending, "Women decide first", member)
    position = activity.responsible
    details = activities.ActivityDetails(position_title="Somebody else")
    activities.save_activity(activity, details, opened_version=activity.row_version, by=member)
    position.delete()
    response = signed_in(secretary).post(url("amendment_drop", amending), {"take_back": "1"})
    assert response.status_code == 422
    assert "no longer there" in response.content.decode()
    assert Objective.objects.get().text == "Women decide first"
    amending.refresh_from_db()
    assert amending.is_amending


def changed(plan):
    return [
        (each.kind.value, each.what)
        for each in amendments.changed_by(Amendment.objects.select_related("plan").get(state="open"))
    ]


def test_differences_name_what_was_added_and_removed(amending, objective, activity, secretary, member):
    details = activities.ActivityDetails(position_title="Mayor")
    activities.add_activity(Activity(objective=objective, text="New"), details, by=member)
    assert changed(amending) == [("activity", "added")]
    activities.remove_activity(activity, by=member)
    assert changed(amending) == [("activity", "removed"), ("indicator", "removed"), ("activity", "added")]


def test_differences_see_the_title_and_the_order(amending, objective, secretary, member):
    row = LocalActionPlan.objects.get()
    row.title = "Another title"
    plans.save_plan(row, opened_version=row.row_version, by=member)
    assert changed(amending) == [("plan", "changed")]


def test_differences_see_another_position(amending, activity, member):
    details = activities.ActivityDetails(position_title="Somebody else")
    activities.save_activity(activity, details, opened_version=activity.row_version, by=member)
    assert ("activity", "changed") in changed(amending)


def test_differences_leave_out_what_changed_outside_of_the_plan(amending, activity):
    """A position that moved to another office: nobody wrote in the plan."""
    position = activity.responsible
    position.organization = OrganizationFactory(country=amending.locality.country)
    position.save()
    assert changed(amending) == []


def test_amendment_that_is_over_keeps_what_was_typed(amending, secretary, signed_in):
    amendments.drop_amendment(amending, by=secretary)
    response = signed_in(secretary).post(url("amendment_adopt", amending), TYPED)
    assert response.status_code == 409
    assert 'value="31/2026"' in response.content.decode()
    for step in (
        lambda: amendments.adopt_amendment(amending, ACT, by=secretary),
        lambda: amendments.drop_amendment(amending, by=secretary),
    ):
        with pytest.raises(refusals.AmendmentOver):
            step()


def test_plan_under_amendment_neither_ends_nor_is_replaced(amending, secretary, signed_in):
    with pytest.raises(refusals.GateClosed):
        decisions.implement_plan(amending, on=TODAY, by=secretary)
    LocalActionPlan.objects.filter(pk=amending.pk).update(state=PlanState.IN_IMPLEMENTATION)
    with pytest.raises(refusals.GateClosed):
        decisions.close_plan(amending, how="completed", on=TODAY, reason="R", by=secretary)
    typed = {"how": "completed", "on": TODAY.isoformat(), "reason": "All is done"}
    response = signed_in(secretary).post(url("plan_close", amending), typed)
    assert response.status_code == 422
    assert "amendment of this plan is open" in response.content.decode()
    amending.refresh_from_db()
    assert amending.state == PlanState.IN_IMPLEMENTATION


@pytest.mark.parametrize("who", ["coordinator", "facilitator", "member", "oversight"])
def test_amendment_is_the_secretarys(who, amending, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    for name in ("amendment_open", "amendment_adopt", "amendment_drop"):
        assert client.post(url(name, amending), TYPED | {"reason": "R"}).status_code == 403
    assert Amendment.objects.get().state == "open"


@pytest.mark.parametrize(("state", "stays"), [("approved", True), ("returned", False)])
def test_take_back_loses_no_report(state, stays, amending, objective, member, secretary):
    """An activity that is new in the amendment was reported about already."""
    details = activities.ActivityDetails()
    new = activities.add_activity(Activity(objective=objective, text="And here"), details, by=member)
    ProgressUpdateFactory(activity=new, state=state, return_reason="Which street?")
    if stays:
        with pytest.raises(refusals.EditionDiffers, match="Progress was reported"):
            take_back_amendment(amending, by=secretary)
    else:
        take_back_amendment(amending, by=secretary)
    assert Activity.objects.filter(pk=new.pk).exists() is stays
