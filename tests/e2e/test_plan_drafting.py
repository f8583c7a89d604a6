"""A Local Action Plan from the first sentence to a quarter's report, through the real pages.

Safi, the committee's secretary, and Mado, a member, write one plan in two browsers; Cora, the
national coordinator, accompanies it; the public reads the adopted edition. Every page is examined.
"""

import re

import pytest
from playwright.sync_api import expect

from frameworks.models import Framework, NapState, Provision
from plans.models import Activity, LocalActionPlan, ProgressUpdate, Revision
from tests.e2e.plan_scene import PROMISE, TODAY, YEARS, answer, committee_at_work, open_all, save


@pytest.fixture
def cast(site, watched, sign_in):
    return committee_at_work(watched, sign_in)


def test_plan_from_nap_items_to_a_quarter_of_progress(cast, axe):
    """One play; each act stands on what the one before left."""
    plan = start_from_nap_items(cast.secretary, cast.committee, axe)
    issues_and_a_promise(cast.secretary, plan, axe)
    two_write_the_same_section(cast.secretary, cast.member, plan, axe)
    suggestion_is_accepted(cast.coordinator, cast.member, plan, axe)
    refused_and_repaired_at_the_gates(cast.secretary, plan, axe)
    validated_and_adopted(cast.secretary, plan, axe)
    public_edition_while_an_amendment_is_written(cast, plan, axe)
    quarter_of_progress_by_phone(cast.secretary, cast.member, plan, axe)


# --- Writing ---------------------------------------------------------------------------------


def start_from_nap_items(page, committee, axe, *, nap="CD-NAP-2"):
    page.goto(f"/committees/{committee.code}/plans/new/")
    axe(page)
    page.locator("[name=period_start]").fill(f"{YEARS[1]}-12-31")
    page.locator("[name=period_end]").fill(f"{YEARS[0]}-01-01")
    page.locator("[name=nap]").select_option(str(Framework.objects.get(code=nap).pk) if nap else "")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("before it begins")
    page.locator("[name=period_start]").fill(f"{YEARS[0]}-01-01")
    page.locator("[name=period_end]").fill(f"{YEARS[1]}-12-31")
    if not nap:
        page.locator("[name=no_nap_reason]").fill(
            "The country has no plan in force that reaches our districts."
        )
    save(page)
    plan = LocalActionPlan.objects.get()
    if nap:
        page.goto(f"/plans/{plan.code}/nap-items/")
        axe(page)
        page.locator("[name=items]").nth(0).check()
        page.get_by_role("button", name="Make objectives of them").click()
        assert plan.objectives.get().started_from.framework.code == nap
    page.goto(f"/plans/{plan.code}/write/")
    axe(page)
    return plan


def issues_and_a_promise(page, plan, axe):
    """The workshop's issue is taken over, and stands without action; the promise becomes an activity."""
    page.goto(f"/plans/{plan.code}/issues/from-workshop/")
    axe(page)
    page.get_by_role("checkbox").first.check()
    save(page)
    page.goto(f"/plans/{plan.code}/")
    expect(page.locator("main")).to_contain_text("no action yet", ignore_case=True)
    page.goto(f"/plans/{plan.code}/commitments/")
    axe(page)
    expect(page.locator("main")).to_contain_text(PROMISE)
    page.locator("[name=commitments]").first.check()
    page.locator("select[name=objective]").select_option(index=1)
    save(page)
    activity = Activity.objects.get(commitment__text=PROMISE)
    assert activity.plan == plan
    assert activity.responsible == activity.commitment.owner


def two_write_the_same_section(first, second, plan, axe):
    """Each sees that the other writes; the second to save gets both texts and a merged proposal."""
    vision = plan.sections.get(kind="vision")
    address = f"/plans/{plan.code}/sections/{vision.code}/edit/"
    first.goto(address)
    first.locator("[name=text]").fill("Women walk home safely. Men share the work. Girls go to school.")
    save(first)
    first.goto(address)
    second.goto(address)
    expect(second.locator("main")).to_contain_text("Safi Secretary")
    axe(second)
    first.locator("[name=text]").fill(
        "Women walk home safely after dark. Men share the work. Girls go to school."
    )
    save(first)
    second.locator("[name=text]").fill(
        "Women walk home safely. Men share the work. Girls and boys go to school."
    )
    save(second)
    expect(second.get_by_role("alert")).to_contain_text("Safi Secretary")
    for words in ("after dark", "Girls and boys"):
        expect(second.locator("main")).to_contain_text(words)
    axe(second)
    second.get_by_role("button", name=re.compile("merged", re.IGNORECASE)).click()
    vision.refresh_from_db()
    assert (
        vision.text == "Women walk home safely after dark. Men share the work. Girls and boys go to school."
    )
    second.goto(f"/plans/{plan.code}/history/section/{vision.code}/")
    axe(second)
    assert Revision.objects.filter(subject_code=vision.code).count() >= 3


def suggestion_is_accepted(coordinator, member, plan, axe):
    """National staff say, they do not overwrite (F47): a member puts the wording in place."""
    objective = plan.objectives.get()
    assert coordinator.goto(f"/plans/{plan.code}/objectives/{objective.code}/edit/").status == 403
    coordinator.goto(f"/plans/{plan.code}/comments/new/?subject=objective&part={objective.code}")
    axe(coordinator)
    coordinator.locator("[name=text]").fill("Could it say how many, and where?")
    wording = "Women hold three of ten seats of the peace council of the city"
    coordinator.locator("[name=field]").select_option("text")
    coordinator.locator("[name=suggestion]").fill(wording)
    save(coordinator)
    member.goto(f"/plans/{plan.code}/comments/")
    axe(member)
    member.goto(f"/plans/{plan.code}/comments/{plan.comments.get().code}/")
    axe(member)
    member.get_by_role("button", name=re.compile("^Accept")).or_(
        member.get_by_role("link", name=re.compile("^Accept"))
    ).first.click()
    if member.url.endswith("/decide/"):
        save(member)
    objective.refresh_from_db()
    assert objective.text == wording


# --- The gates -------------------------------------------------------------------------------


def refused_and_repaired_at_the_gates(page, plan, axe):
    """SMART, both lenses, do no harm, cost: refused with words, mended at the field, submitted."""
    activity = Activity.objects.get()
    page.goto(f"/plans/{plan.code}/submit/")
    axe(page)
    for words in ("cost", "gender lens", "peace and conflict lens", "do.no.harm", "indicator"):
        expect(page.locator("main")).to_contain_text(re.compile(words, re.IGNORECASE))
    page.goto(f"/plans/{plan.code}/activities/{activity.code}/edit/")
    axe(page)
    open_all(page)
    page.locator("[name=ends_on]").fill(f"{YEARS[1] + 3}-01-01")
    page.locator("[name=gender_lens]").fill("Women speak first; the hour suits those who trade.")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("The plan runs from")
    expect(page.locator("[name=gender_lens]")).to_have_value(re.compile("Women speak first"))
    open_all(page)
    typed = {
        "expected_output": "Twelve forums with written decisions",
        "target_groups": "Women traders and commune authorities",
        "starts_on": f"{YEARS[0]}-02-01",
        "ends_on": f"{YEARS[1]}-11-30",
        "cost": "9 600 000",
        "conflict_lens": "Both communities host it in turn.",
        "do_no_harm": "No testimony of survivors in public; a referral list at each forum.",
        "indicator_text": "Forums held with written decisions",
        "unit": "forums",
        "baseline": "0",
        "target": "12",
    }
    for name, value in typed.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=issues]").first.check()
    save(page)
    page.goto(f"/plans/{plan.code}/submit/")
    expect(page.locator("main")).not_to_contain_text("gender lens")
    save(page)
    plan.refresh_from_db()
    assert plan.state == "validation"


def validated_and_adopted(page, plan, axe):
    """A position endorses, the committee stands behind it, the council adopts it without a scan."""
    page.goto(f"/plans/{plan.code}/endorsements/new/")
    axe(page)
    page.locator("[name=position_title]").fill("Mayor")
    page.locator("[name=organization]").fill("City of Mbujimayi")
    save(page)
    for step in ("endorse", "send"):
        page.goto(f"/plans/{plan.code}/{step}/")
        axe(page)
        save(page)
    page.goto(f"/plans/{plan.code}/adopt/")
    axe(page)
    page.locator("[name=body]").fill("Urban council of Mbujimayi")
    page.locator("[name=act]").fill("07/2026")
    page.locator("[name=adopted_on]").fill(TODAY.isoformat())
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("scan")
    page.locator("[name=no_scan_reason]").fill("The registry hands the copy out next week")
    save(page)
    plan.refresh_from_db()
    assert plan.state == "adopted"
    assert plan.editions.get().content["objectives"][0]["text"].startswith("Women hold three")
    page.goto(f"/plans/{plan.code}/record/")
    expect(page.locator("main")).to_contain_text("07/2026")
    axe(page)


# --- In force --------------------------------------------------------------------------------


def public_edition_while_an_amendment_is_written(cast, plan, axe):
    """The public reads edition 1 until the amendment is adopted; then edition 2, and 1 as it was."""
    visitor, page = cast.visitor, cast.secretary
    visitor.goto("/adopted-plans/")
    axe(visitor)
    visitor.get_by_role("link", name=plan.title).click()
    axe(visitor)
    expect(visitor.locator("main")).to_contain_text("Women hold three of ten seats")
    for name in ("Safi", "Mado", "Cora"):
        expect(visitor.locator("body")).not_to_contain_text(name)
    page.goto(f"/plans/{plan.code}/amendment/open/")
    axe(page)
    page.locator("[name=reason]").fill("The council gave a fourth seat.")
    save(page)
    objective = plan.objectives.get()
    page.goto(f"/plans/{plan.code}/objectives/{objective.code}/edit/")
    page.locator("[name=text]").fill("Women hold four of ten seats of the peace council of the city")
    save(page)
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("Women hold three of ten seats")
    page.goto(f"/plans/{plan.code}/amendment/adopt/")
    axe(page)
    page.locator("[name=body]").fill("Urban council of Mbujimayi")
    page.locator("[name=act]").fill("11/2026")
    page.locator("[name=adopted_on]").fill(TODAY.isoformat())
    if page.locator("[name=no_scan_reason]").count():
        page.locator("[name=no_scan_reason]").fill("Sent by post")
    save(page)
    assert list(plan.editions.values_list("number", flat=True)) == [1, 2]
    visitor.reload()
    expect(visitor.locator("main")).to_contain_text("Women hold four of ten seats")
    visitor.goto(f"/adopted-plans/{plan.code}/?edition=1")
    expect(visitor.locator("main")).to_contain_text("Women hold three of ten seats")
    axe(visitor)


def quarter_of_progress_by_phone(page, member, plan, axe):
    """The secretary starts the work; Mado reports on a telephone; Safi approves."""
    activity = Activity.objects.get()
    page.goto(f"/plans/{plan.code}/activities/{activity.code}/budget/new/")
    axe(page)
    page.goto(f"/plans/{plan.code}/amendment/open/")
    page.locator("[name=reason]").fill("The donor is known now.")
    save(page)
    page.goto(f"/plans/{plan.code}/activities/{activity.code}/budget/new/")
    axe(page)
    page.locator("[name=source]").select_option("donor")
    page.locator("[name=fiscal_year]").fill(str(TODAY.year))
    page.locator("[name=planned]").fill("USD 500")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("CDF")
    page.locator("[name=planned]").fill("9 000 000")
    save(page)
    page.goto(f"/plans/{plan.code}/budget/")
    axe(page)
    page.goto(f"/plans/{plan.code}/amendment/adopt/")
    page.locator("[name=body]").fill("Urban council of Mbujimayi")
    page.locator("[name=act]").fill("12/2026")
    page.locator("[name=adopted_on]").fill(TODAY.isoformat())
    if page.locator("[name=no_scan_reason]").count():
        page.locator("[name=no_scan_reason]").fill("Sent by post")
    save(page)
    page.goto(f"/plans/{plan.code}/implement/")
    axe(page)
    save(page)
    plan.refresh_from_db()
    assert plan.state == "in_implementation"
    quarter = plan.periods.get(start__lte=TODAY, end__gte=TODAY)
    member.goto(f"/plans/{plan.code}/progress/")
    axe(member)
    member.goto(f"/plans/{plan.code}/progress/{quarter.number}/{activity.code}/")
    axe(member)
    answer(member, "activity_state", "ongoing")
    member.locator("[name=done]").fill("Two forums were held; their decisions hang in the town hall.")
    member.get_by_role("button", name="Send in").click()
    update = ProgressUpdate.objects.get()
    assert update.state == "submitted"
    page.goto(f"/plans/{plan.code}/progress/{quarter.number}/{activity.code}/")
    axe(page)
    page.get_by_role("button", name=re.compile("^Approve")).click()
    activity.refresh_from_db()
    assert activity.state == "ongoing"
    page.goto(f"/plans/{plan.code}/progress/")
    axe(page)


# --- Other ways ------------------------------------------------------------------------------


def test_plan_with_no_nap_serves_resolutions(cast, axe):
    """A plan may follow no National Action Plan: it says why, and serves resolutions (domain.md §2.1)."""
    page = cast.secretary
    plan = start_from_nap_items(page, cast.committee, axe, nap=None)
    page.goto(f"/plans/{plan.code}/objectives/new/")
    page.locator("[name=text]").fill("Women take part in every decision about security in the five communes")
    page.locator("[name=pillar]").select_option("participation")
    page.locator("[name=local_reason]").fill("No national item speaks of the communes.")
    save(page)
    objective = plan.objectives.get()
    page.goto(f"/plans/{plan.code}/alignments/new/?objective={objective.code}")
    axe(page)
    page.locator("[name=q]").fill("decision-making levels")
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name="Choose UNSCR-1325 1", exact=True).first.click()
    axe(page)
    answer(page, "strength", "direct")
    page.locator("[name=justification]").fill("It asks for women at all decision-making levels.")
    save(page)
    stated = objective.alignments.get()
    assert (stated.strength, stated.state) == ("direct", "stated")
    reviewer = cast.coordinator
    reviewer.goto(f"/plans/{plan.code}/alignments/{stated.code}/review/")
    axe(reviewer)
    answer(reviewer, "verdict", "confirm")
    save(reviewer)
    stated.refresh_from_db()
    assert (stated.state, stated.reviewer.display_name) == ("confirmed", "Cora Coordinator")
    page.goto(f"/plans/{plan.code}/alignment/")
    expect(page.locator("main")).to_contain_text("Women take part in every decision")
    axe(page)


def test_new_nap_replaces_the_old(cast, axe):
    """Cora says which plan follows; the items are mapped; the plan that lost its anchor is told."""
    plan = start_from_nap_items(cast.secretary, cast.committee, axe)
    old = Framework.objects.get(code="CD-NAP-2")
    new = Framework.objects.get(code="CD-NAP-3")
    for order, item in enumerate(old.provisions.items()[:3], start=1):
        Provision.objects.create(
            framework=new,
            order=order,
            kind="objective",
            code=f"N{order}",
            text=item.text,
            pillars=item.pillars,
        )
    page = cast.coordinator
    page.goto(f"/frameworks/{old.code}/succession/")
    axe(page)
    assert cast.member.goto(f"/frameworks/{old.code}/succession/").status == 403
    expect(page.locator("main")).to_contain_text(plan.title)
    page.get_by_role("button", name=re.compile("take the proposals")).click()
    served = plan.objectives.get().started_from
    assert served.links_up.get(state="confirmed").upper.text == served.text
    page.goto(f"/frameworks/{old.code}/replace/?by={new.code}")
    axe(page)
    save(page)
    old.refresh_from_db()
    assert (old.replaced_by, old.state) == (new, NapState.SUPERSEDED)
    writer = cast.secretary
    writer.goto(f"/plans/{plan.code}/")
    expect(writer.locator("main")).to_contain_text("replaced")
    writer.goto(f"/plans/{plan.code}/reanchor/")
    axe(writer)
    save(writer)
    plan.refresh_from_db()
    assert plan.nap == new
    stated = plan.objectives.get().alignments.get(provision__framework=new)
    assert (stated.provision.text, stated.state) == (served.text, "stated")
