"""The main job, end to end, through the real pages.

Fatou registers participants on a telephone; Safi and Mado draft the Local Action Plan and Safi has
it adopted; Cora exports the Localization Guidelines. Every page that is visited is examined.
"""

import io
import re

import pytest
from django_tasks_db.models import DBTaskResult
from playwright.sync_api import expect
from pypdf import PdfReader

from accounts.models import AuditEvent
from accounts.roles import Role
from frameworks.models import Framework, NapState
from guidelines.models import Export
from localities.models import Country
from plans.models import LocalActionPlan
from tests.factories.accounts import AssignmentFactory, UserFactory
from workshops.models import Participation, Workshop

PLACE = "CD-MBUJIMAYI"
PEOPLE = [
    # name, category, position, organisation, sex, age
    ("Marie Kabongo", "mayor", "Mayor", "City of Mbujimayi", "woman", "30_to_59"),
    ("Joseph Ilunga", "councillor", "Councillor", "Provincial assembly", "man", "30_to_59"),
    ("Chief Tshibangu wa Mutombo", "traditional_leader", "Customary chief", "", "man", "60_over"),
    ("Béatrice Ngalula", "councillor", "Councillor", "City of Mbujimayi", "woman", "18_to_29"),
    ("Espérance Mbuyi", "women_leader", "President", "Network of Women of Kasaï", "woman", "30_to_59"),
    ("Pascal Kalonji", "teacher", "Head teacher", "Institute of Dibindi", "man", "30_to_59"),
]


@pytest.fixture
def cast(site):
    """The people who sign in, each with the access that a coordinator would have given."""
    country = Country.objects.get(code="CD")
    # The items of the third plan are not published: in this play the second is still in force.
    Framework.objects.filter(code="CD-NAP-2").update(state=NapState.EXTENDED)

    def account(name, role=None):
        user = UserFactory(display_name=name, created_in=country)
        if role:
            AssignmentFactory(user=user, role=role, country=country)
        return user

    return {
        "facilitator": account("Fatou Facilitator", Role.FACILITATOR),
        "coordinator": account("Cora Coordinator", Role.NATIONAL_COORDINATOR),
        "secretary": account("Safi Secretary"),
        "member": account("Mado Member"),
    }


def test_main_job(cast, watched, sign_in, axe, worker):
    """One play in three acts; the later acts stand on what the earlier ones left."""
    screens = {
        "facilitator": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
        "secretary": {"viewport": {"width": 1280, "height": 800}},
        "member": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
        "coordinator": {"viewport": {"width": 1280, "height": 800}},
    }
    pages = {}
    for role, options in screens.items():
        pages[role] = watched(**options)
        sign_in(pages[role], cast[role])

    workshop = act_one_registration(pages["facilitator"], axe)
    committee_url = set_up_committee(pages["facilitator"], workshop, axe)
    give_access(pages["coordinator"], committee_url, cast, axe)
    plan = act_two_drafting(pages["secretary"], committee_url, axe)
    two_people_save_the_same_text(pages["secretary"], pages["member"], plan, axe)
    submit_endorse_adopt(pages["secretary"], plan, axe)
    act_three_guidelines(pages["coordinator"], plan, axe)


# --- Act one: the facilitator registers participants on a telephone --------------------------


def act_one_registration(page, axe):
    page.goto("/workshops/")
    axe(page)
    page.locator("main a[href='/workshops/new/']").first.click()
    axe(page)
    page.locator("[name=kind]").select_option("localization")
    page.locator("[name=locality]").select_option(PLACE)
    page.locator("[name=starts_on]").fill("2026-11-10")
    page.locator("[name=ends_on]").fill("2026-11-09")
    page.locator("[name=expected]").fill("40")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("before the first day")
    axe(page)
    page.locator("[name=ends_on]").fill("2026-11-11")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Mbujimayi")
    axe(page)
    workshop = Workshop.objects.get()
    page.goto(f"/workshops/{workshop.code}/registration/")
    axe(page)
    for number, person in enumerate(PEOPLE, start=1):
        register(page, *person)
        expect(page.locator(".turnout-numbers")).to_contain_text(f"of {number} ")
        expect(page.locator("[name=full_name]")).to_have_value("")
        expect(page.locator("[name=full_name]")).to_be_focused()
    expect(page.locator(".turnout-sentence").first).to_contain_text("4 of 6 are local authorities")
    axe(page)
    assert Participation.objects.filter(counted_as_local_authority=True).count() == 4
    refused_consent_is_counted(page)
    same_name_is_asked_about(page, axe)
    count_heads(page, workshop, axe)
    assert AuditEvent.objects.filter(subject=workshop.code).exists()
    return workshop


def register(page, name, category, position, organization, sex, age):
    page.locator("[name=full_name]").fill(name)
    page.locator("[name=category]").select_option(category)
    page.locator("[name=position]").fill(position)
    page.locator("[name=organization]").fill(organization)
    choose(page, "sex", sex)
    choose(page, "age_band", age)
    page.locator("[name=agrees]").check()
    page.get_by_role("button", name="Save", exact=True).last.click()


def choose(page, name, value):
    """Touch one key of a row of keys."""
    page.locator(f"[name={name}][value='{value}']").check()


def refused_consent_is_counted(page):
    """Whoever does not want to be written down is counted all the same, and the name is gone."""
    page.locator("[name=full_name]").fill("Somebody Unwilling")
    page.locator("[name=category]").select_option("elder")
    choose(page, "sex", "woman")
    choose(page, "age_band", "60_over")
    page.get_by_role("button", name="Count without a name").click()
    expect(page.locator(".turnout-numbers")).to_contain_text("of 7 ")
    expect(page.locator("[name=full_name]")).to_have_value("")
    assert Participation.objects.count() == len(PEOPLE)


def same_name_is_asked_about(page, axe):
    register(page, "KABONGO Marie", "mayor", "Mayor", "City of Mbujimayi", "woman", "30_to_59")
    expect(page.get_by_role("heading", name="Is this the same person?")).to_be_visible()
    expect(page.locator("[name=full_name]")).to_have_value("KABONGO Marie")
    axe(page)
    page.get_by_role("button", name="Same person").click()
    expect(page.locator(".turnout-numbers")).to_contain_text("of 7 ")
    assert Participation.objects.count() == len(PEOPLE)


def count_heads(page, workshop, axe):
    """Head-counts move the meter too: three teachers more, and the share falls below the target."""
    page.goto(f"/workshops/{workshop.code}/head-counts/new/")
    axe(page)
    page.locator("[name=category]").select_option("teacher")
    page.locator("[name=count]").fill("3")
    save(page)
    expect(page.get_by_text("Marie Kabongo")).to_be_visible()
    axe(page)
    page.goto(f"/workshops/{workshop.code}/")
    expect(page.locator(".stage-sentence").nth(1)).to_have_text(
        "4 of 10 are local authorities; 5 more would bring it to 60%."
    )
    axe(page)
    page.get_by_role("button", name="Mark as held").click()
    expect(page.locator(".state").first).to_have_text("Held")


# --- Between the acts: the committee ---------------------------------------------------------


def set_up_committee(page, workshop, axe):
    page.goto(f"/workshops/{workshop.code}/")
    page.get_by_role("link", name="Set up the steering committee").click()
    axe(page)
    expect(page.locator("[name=name]")).to_have_value(re.compile("Mbujimayi"))
    save(page)
    axe(page)
    seats = [
        ("Mayor", "City of Mbujimayi", "government", "chair"),
        ("Head of the gender division", "Province", "government", "secretary"),
        ("President", "Network of Women of Kasaï", "civil_society", "vice_chair"),
        ("Coordinator", "Youth council", "civil_society", "member"),
    ]
    for number, (title, organization, side, role) in enumerate(seats, start=1):
        page.locator("[name=position_title]").fill(title)
        page.locator("[name=organization]").fill(organization)
        page.locator(f"[name=side][value={side}]").check()
        page.locator("[name=role]").select_option(role)
        page.get_by_role("button", name="Add the seat").click()
        expect(page.get_by_role("heading", name=re.compile(rf"^{number} seats?$"))).to_be_visible()
    axe(page)
    page.get_by_role("link", name=re.compile("^Done")).click()
    expect(page.locator("main")).to_contain_text("2 government, 2 civil society")
    axe(page)
    return page.url


def give_access(page, committee_url, cast, axe):
    for user, role in (
        (cast["secretary"], Role.COMMITTEE_SECRETARY),
        (cast["member"], Role.COMMITTEE_MEMBER),
    ):
        page.goto(committee_url)
        page.get_by_role("link", name="Give access").click()
        axe(page)
        page.locator("[name=email]").fill(user.email)
        page.locator(f"[name=role][value={role}]").check()
        save(page)
        expect(page.locator("main")).to_contain_text(user.email)


# --- Act two: the committee drafts the plan --------------------------------------------------


def act_two_drafting(page, committee_url, axe):
    page.goto(committee_url)
    page.get_by_role("link", name="Start a plan").click()
    axe(page)
    page.locator("[name=period_start]").fill("2026-01-01")
    page.locator("[name=period_end]").fill("2029-12-31")
    page.locator("[name=nap]").select_option(nap_with_items())
    save(page)
    plan = LocalActionPlan.objects.get()
    axe(page)
    page.goto(f"/plans/{plan.code}/nap-items/")
    axe(page)
    page.locator("[name=items]").nth(0).check()
    page.get_by_role("button", name="Make objectives of them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(plan.title)
    add_local_objective(page, plan, axe)
    for objective in plan.objectives.all():
        add_activity(page, plan, objective, axe)
    page.goto(f"/plans/{plan.code}/")
    expect(page.locator("main")).to_contain_text("Local priority")
    axe(page)
    return plan


def add_local_objective(page, plan, axe):
    page.goto(f"/plans/{plan.code}/objectives/new/")
    axe(page)
    page.locator("[name=text]").fill("Women traders reach the market of Bakwa Dianga safely after dark")
    page.locator("[name=pillar]").select_option("protection")
    page.locator("[name=local_reason]").fill("Attacks on the road to the market were the first concern here.")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Add an activity")


def add_activity(page, plan, objective, axe):
    """The second one is left without cost: the submission will ask for it."""
    page.goto(f"/plans/{plan.code}/objectives/{objective.code}/activities/new/")
    axe(page)
    page.locator("[name=text]").fill(f"Quarterly forum for objective {objective.order}")
    page.locator("[name=position_title]").fill("Mayor")
    page.locator("[name=organization]").fill("City of Mbujimayi")
    page.locator("[name=starts_on]").fill("2026-03-01")
    page.locator("[name=ends_on]").fill("2027-12-31")
    if not objective.local_reason:
        page.locator("[name=cost]").fill("-5")
        save(page)
        expect(page.get_by_role("alert")).to_contain_text("Cost")
        expect(page.locator("[name=text]")).to_have_value(re.compile("Quarterly forum"))
        page.locator("[name=cost]").fill("1 500 000")
    page.locator("[name=indicator_text]").fill("Share of women among those who speak at the forum")
    page.locator("[name=unit]").fill("%")
    page.locator("[name=baseline]").fill("10")
    page.locator("[name=target]").fill("150")
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("between 0 and 100")
    axe(page)
    page.locator("[name=target]").fill("50")
    page.evaluate("document.querySelectorAll('main details').forEach((group) => { group.open = true })")
    page.locator("[name=target_groups]").fill("Women traders and commune authorities")
    page.locator("[name=do_no_harm]").fill("No testimony of survivors in public.")
    page.locator("[name=gender_lens]").fill("Women speak first; the hour suits those who sell at the market.")
    page.locator("[name=conflict_lens]").fill("Both communities host it in turn.")
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(plan.title)


def two_people_save_the_same_text(first, second, plan, axe):
    """Both open the same objective; the second to save is shown both texts, and nothing is lost."""
    objective = plan.objectives.exclude(local_reason="").get()
    address = f"/plans/{plan.code}/objectives/{objective.code}/edit/"
    first.goto(address)
    second.goto(address)
    first.locator("[name=text]").fill("Safi: women traders travel safely in the evening")
    save(first)
    second.locator("textarea[name=text]").fill("Mado: street lamps on the road to the market")
    save(second)
    expect(second.locator(".conflict-theirs")).to_contain_text("Safi: women traders")
    expect(second.locator(".conflict-yours")).to_contain_text("Mado: street lamps")
    wording = second.locator("textarea[name=text]")
    expect(wording).to_have_value("Mado: street lamps on the road to the market")
    axe(second)
    wording.fill("Women traders travel safely in the evening, under street lamps")
    save(second)
    objective.refresh_from_db()
    assert objective.text == "Women traders travel safely in the evening, under street lamps"


def submit_endorse_adopt(page, plan, axe):
    page.goto(f"/plans/{plan.code}/submit/")
    axe(page)
    missing = page.locator("main").get_by_role("link", name=re.compile("cost"))
    expect(missing).to_be_visible()
    missing.click()
    expect(page).to_have_url(re.compile(r"#id_cost$"))
    page.locator("[name=no_cost]").check()
    save(page)
    page.goto(f"/plans/{plan.code}/submit/")
    save(page)
    expect(page.locator("main")).to_contain_text("Submitted for validation")
    axe(page)
    page.goto(f"/plans/{plan.code}/endorse/")
    axe(page)
    save(page)
    page.goto(f"/plans/{plan.code}/send/")
    axe(page)
    save(page)
    page.goto(f"/plans/{plan.code}/adopt/")
    axe(page)
    page.locator("[name=body]").fill("Municipal council of Mbujimayi")
    page.locator("[name=act]").fill("2026/017")
    today = page.evaluate("new Date().toISOString().slice(0, 10)")
    page.locator("[name=adopted_on]").fill(today)
    page.locator("[name=no_scan_reason]").fill("The registry hands the copy out next week")
    save(page)
    expect(page.locator("main")).to_contain_text("2026/017")
    axe(page)
    plan.refresh_from_db()
    assert (plan.state, plan.adopting_act) == ("adopted", "2026/017")


# --- Act three: the coordinator exports the Guidelines ---------------------------------------


def act_three_guidelines(page, plan, axe):
    page.goto("/guidelines/")
    axe(page)
    page.goto("/guidelines/new/")
    axe(page)
    page.locator("[name=nap]").select_option(nap_with_items())
    save(page)
    axe(page)
    detail = page.url
    page.get_by_role("link", name=re.compile("^Edit:")).first.click()
    axe(page)
    page.locator("[name=body]").fill("The councils of Kasaï-Oriental asked for these **Guidelines**.")
    save(page)
    page.goto(detail)
    expect(page.locator("main strong", has_text="Guidelines").first).to_be_visible()
    export(page)
    axe(page)
    pdf = fetch(page)
    text = " ".join(" ".join(sheet.extract_text() for sheet in pdf.pages).split())
    assert pdf.metadata.title
    assert plan.title in text
    assert "2026/017" in text
    assert "The councils of Kasaï-Oriental asked for these Guidelines" in text
    for name, *_rest in PEOPLE:
        assert name not in text
    page.goto(detail)
    export(page)  # nothing changed: the stored file is there at once, and the worker had nothing to do
    assert Export.objects.count() == 1
    assert DBTaskResult.objects.count() == 1


def export(page):
    page.get_by_role("button", name="Make the document").click()
    expect(page.get_by_role("link", name=re.compile("^Download"))).to_be_visible(timeout=60_000)


def fetch(page):
    href = page.get_by_role("link", name=re.compile("^Download")).get_attribute("href")
    answer = page.request.get(href)
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.body()))


def nap_with_items():
    """The value of the country's second National Action Plan: its items are in the portal."""
    return str(Framework.objects.get(code="CD-NAP-2").pk)


def save(page):
    """Press the page's one primary button."""
    page.locator("main form .btn-primary").last.click()
