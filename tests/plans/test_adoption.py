"""The page that records an adoption: the act, its scan, and the plan that it replaces."""

import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from plans.attachments import read_file
from plans.models import Amendment, Attachment, Edition, LocalActionPlan
from plans.states import PlanState
from tests.factories.committees import CommitteeFactory
from tests.factories.plans import LocalActionPlanFactory

TODAY = timezone.localdate()
PDF = b"%PDF-1.4\nstartxref\n9\n%%EOF\n"
TYPED = {
    "body": "Provincial assembly",
    "act_kind": "resolution",
    "act": "12/2026",
    "adopted_on": TODAY.isoformat(),
    "votes_for": "14",
    "votes_against": "2",
}
IN_FORCE = {
    "state": PlanState.IN_IMPLEMENTATION,
    "adopting_body": "Assembly",
    "adopting_act": "1/2022",
    "adopted_on": "2022-05-01",
}


@pytest.fixture
def before_the_council(plan, activity):
    plan.state = PlanState.SUBMITTED
    plan.save()
    return plan


@pytest.fixture
def older(before_the_council):
    """The plan of the generation before, of the same committee."""
    row = LocalActionPlanFactory(committee=before_the_council.committee, title="Plan I", **IN_FORCE)
    before_the_council.predecessor = row
    before_the_council.save()
    return row


def scan(name="act.pdf", content=PDF):
    return SimpleUploadedFile(name, content)


def adopt(client, plan, **values):
    return client.post(reverse("plan_adopt", args=[plan.code]), TYPED | values)


def files():
    return {path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()}


def test_plan_adopt_keeps_the_scan(before_the_council, secretary, signed_in):
    client = signed_in(secretary)
    assert adopt(client, before_the_council, scan=scan()).status_code == 302
    kept = Attachment.objects.get()
    assert (kept.kind, kept.plan, kept.edition.number) == ("adoption", before_the_council, 1)
    assert read_file(kept) == PDF
    plan = LocalActionPlan.objects.get()
    assert (plan.votes_for, plan.votes_against, plan.votes_abstained) == (14, 2, None)
    assert (plan.act_kind, plan.no_scan_reason) == ("resolution", "")
    page = client.get(reverse("plan_record", args=[plan.code])).content.decode()
    assert reverse("attachment_file", args=[kept.code]) in page
    assert "14 for, 2 against, 0 abstained" in page


def test_plan_adopt_with_a_reason_instead_of_a_scan(before_the_council, secretary, signed_in):
    client = signed_in(secretary)
    adopt(client, before_the_council, no_scan_reason="The archive burnt.")
    page = client.get(reverse("plan_record", args=[before_the_council.code])).content.decode()
    assert "none: The archive burnt." in page


@pytest.mark.parametrize(
    "wrong", [scan("act.pdf", b"<html>"), scan("act.exe", PDF), scan("act.jpg", PDF), scan("act.pdf", b"")]
)
def test_plan_adopt_refuses_a_scan_that_is_not_what_it_says(wrong, before_the_council, secretary, signed_in):
    before = files()
    response = adopt(signed_in(secretary), before_the_council, scan=wrong, no_scan_reason="")
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"scan"}
    page = response.content.decode()
    assert 'value="Provincial assembly"' in page
    assert LocalActionPlan.objects.get().state == PlanState.SUBMITTED
    assert not Edition.objects.exists()
    assert files() == before


def test_plan_adopt_says_to_choose_a_good_scan_again(before_the_council, secretary, signed_in):
    response = adopt(signed_in(secretary), before_the_council, scan=scan(), act="")
    assert response.status_code == 422
    assert "Choose the scan again" in response.content.decode()
    assert not Attachment.objects.exists()


def test_plan_adopt_from_an_old_tab_keeps_what_was_typed(before_the_council, secretary, signed_in):
    client, before = signed_in(secretary), files()
    LocalActionPlan.objects.update(state=PlanState.DRAFTING)
    response = adopt(client, before_the_council, scan=scan())
    assert response.status_code == 409
    page = response.content.decode()
    assert "does not fit any more" in page
    assert 'value="Provincial assembly"' in page
    assert '<button class="btn btn-primary">' not in page
    assert files() == before


def test_plan_adopt_replaces_the_plan_before(older, before_the_council, secretary, signed_in):
    client = signed_in(secretary)
    page = client.get(reverse("plan_adopt", args=[before_the_council.code])).content.decode()
    assert older.code in page
    adopt(client, before_the_council, no_scan_reason="R", supersedes="on")
    older.refresh_from_db()
    assert older.state == PlanState.SUPERSEDED
    move = older.moves.get()
    assert (move.actor, move.on) == ("Provincial assembly", TODAY)
    assert before_the_council.code in move.reason


@pytest.mark.parametrize(("starts_in", "ticked"), [(0, True), (1, False)])
def test_plan_adopt_proposes_to_replace_when_the_new_plan_begins_by_now(
    starts_in, ticked, older, before_the_council, secretary, signed_in
):
    before_the_council.period_start = TODAY + datetime.timedelta(days=starts_in)
    before_the_council.save()
    page = signed_in(secretary).get(reverse("plan_adopt", args=[before_the_council.code]))
    assert page.context["form"]["supersedes"].value() is ticked


def test_plan_adopt_without_the_tick_leaves_the_plan_before(older, before_the_council, secretary, signed_in):
    adopt(signed_in(secretary), before_the_council, no_scan_reason="R")
    older.refresh_from_db()
    assert older.state == PlanState.IN_IMPLEMENTATION
    before_the_council.refresh_from_db()
    assert before_the_council.state == PlanState.ADOPTED


@pytest.mark.parametrize("why", ["amendment", "day"])
def test_plan_adopt_that_cannot_replace_adopts_nothing(why, older, before_the_council, secretary, signed_in):
    """Both or neither: one transaction."""
    if why == "amendment":
        Amendment.objects.create(plan=older, number=1, reason="R", opened_on=TODAY)
        LocalActionPlan.objects.filter(pk=older.pk).update(is_amending=True)
    else:
        older.moves.create(was="adopted", now="in_implementation", on=TODAY + datetime.timedelta(days=1))
    before = files()
    response = adopt(signed_in(secretary), before_the_council, scan=scan(), supersedes="on")
    assert response.status_code == 422
    assert older.code in str(response.context["form"].errors["supersedes"])
    before_the_council.refresh_from_db()
    assert before_the_council.state == PlanState.SUBMITTED
    assert not Edition.objects.exists()
    assert not before_the_council.moves.exists()
    assert files() == before


def test_plan_adopt_offers_no_plan_of_a_committee_that_is_not_ones_own(
    before_the_council, locality, secretary, signed_in
):
    foreign = LocalActionPlanFactory(committee=CommitteeFactory(locality=locality), **IN_FORCE)
    before_the_council.predecessor = foreign
    before_the_council.save()
    client = signed_in(secretary)
    assert (
        "supersedes"
        not in client.get(reverse("plan_adopt", args=[before_the_council.code])).context["form"].fields
    )
    adopt(client, before_the_council, no_scan_reason="R", supersedes="on")
    foreign.refresh_from_db()
    assert foreign.state == PlanState.IN_IMPLEMENTATION


def test_text_from_an_old_tab_after_adoption_is_refused_and_kept(
    before_the_council, objective, secretary, member, signed_in
):
    """The form was opened while the plan was drafted; meanwhile the council adopted it."""
    adopt(signed_in(secretary), before_the_council, no_scan_reason="R")
    response = signed_in(member).post(
        reverse("objective_edit", args=[before_the_council.code, objective.code]),
        {"text": "Women decide first", "pillar": "participation", "row_version": "1"},
    )
    assert response.status_code == 409
    page = response.content.decode()
    assert "adopted and closed for changes" in page
    assert "Women decide first" in page
    objective.refresh_from_db()
    assert objective.text == "Women decide too"
