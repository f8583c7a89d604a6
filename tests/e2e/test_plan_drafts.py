"""What is typed into a plan stays on the device until it is saved: a closed page, a lost link, two forms,
a telephone that others use, too. And two people who write the same section see each other."""

import re

import pytest
from playwright.sync_api import expect

from accounts.roles import Role
from localities.models import Locality
from plans.models import SectionKind
from tests.factories.accounts import UserFactory
from tests.factories.committees import CommitteeAccessFactory, CommitteeFactory
from tests.factories.plans import LocalActionPlanFactory

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
OFFER = "You typed here and did not save it"


@pytest.fixture
def plan(site):
    committee = CommitteeFactory(locality=Locality.objects.get(code="CD-MBUJIMAYI"))
    return LocalActionPlanFactory(committee=committee, title="Plan of Mbujimayi")


@pytest.fixture
def writers(plan):
    """Mado and Safi, who both write for the committee."""

    def account(name, role):
        return CommitteeAccessFactory(
            committee=plan.committee, role=role, user=UserFactory(display_name=name)
        ).user

    return (
        account("Mado Member", Role.COMMITTEE_MEMBER),
        account("Safi Secretary", Role.COMMITTEE_SECRETARY),
    )


@pytest.fixture
def form_of(plan):
    def address(kind):
        return f"/plans/{plan.code}/sections/{plan.sections.get(kind=kind).code}/edit/"

    return address


def text_of(page):
    return page.locator("form[data-draft] textarea[name=text]")


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length")


def save(page):
    page.locator("form[data-draft] button.btn-primary").first.click()


def test_draft_survives_a_closed_page_and_a_lost_link(writers, watched, sign_in, form_of, plan, axe):
    phone = watched(**PHONE)
    sign_in(phone, writers[0])
    vision = form_of(SectionKind.VISION)
    phone.goto(vision)
    expect(phone.get_by_text("stays on this device until you save it")).to_be_visible()
    text_of(phone).fill("Typed on the way")
    phone.wait_for_timeout(2_500)
    context = phone.context
    phone.close()  # no farewell: what was typed two seconds ago is there

    again = context.new_page()
    again.goto(vision)
    expect(again.get_by_text(OFFER)).to_be_visible()
    expect(text_of(again)).to_have_value("")
    axe(again)
    again.get_by_role("button", name="Take it back").click()
    expect(text_of(again)).to_have_value("Typed on the way")
    expect(again.get_by_text(OFFER)).to_be_hidden()

    context.set_offline(True)
    save(again)
    expect(again.get_by_text("There is no connection now")).to_be_visible()
    expect(text_of(again)).to_have_value("Typed on the way")
    context.set_offline(False)
    save(again)
    again.wait_for_url(lambda address: "/edit/" not in address)
    assert plan.sections.get(kind=SectionKind.VISION).text == "Typed on the way"
    again.goto(vision)
    expect(again.get_by_text(OFFER)).to_be_hidden()
    assert kept(again) == 0


def test_drafts_of_two_forms_are_kept_apart_and_thrown_away(writers, watched, sign_in, form_of):
    page = watched()
    sign_in(page, writers[0])
    for kind in (SectionKind.VISION, SectionKind.FOREWORD):
        page.goto(form_of(kind))
        text_of(page).fill(f"Typed into {kind}")
        page.goto("/")
    assert kept(page) == 2
    page.goto(form_of(SectionKind.VISION))
    page.get_by_role("button", name="Throw it away").click()
    expect(text_of(page)).to_have_value("")
    page.goto(form_of(SectionKind.FOREWORD))
    page.get_by_role("button", name="Take it back").click()
    expect(text_of(page)).to_have_value("Typed into foreword")
    page.goto(form_of(SectionKind.VISION))
    expect(page.get_by_text(OFFER)).to_be_hidden()


def test_draft_outlives_a_refused_form_and_goes_with_the_save(writers, watched, sign_in, form_of, plan):
    page = watched()
    sign_in(page, writers[0])
    vision = form_of(SectionKind.VISION)
    page.goto(vision)
    text_of(page).fill("With <b>markup</b>")
    save(page)
    expect(page.get_by_text("HTML is not used here").first).to_be_visible()
    expect(page.get_by_text(OFFER)).to_be_hidden()
    assert kept(page) == 1
    page.goto("/")
    page.goto(vision)
    page.get_by_role("button", name="Take it back").click()
    expect(text_of(page)).to_have_value("With <b>markup</b>")
    text_of(page).fill("Without markup")
    save(page)
    page.wait_for_url(lambda address: "/edit/" not in address)
    page.goto(vision)
    expect(text_of(page)).to_have_value("Without markup")
    assert kept(page) == 0


def test_drafts_go_when_somebody_signs_out(writers, watched, sign_in, form_of):
    page = watched()
    sign_in(page, writers[0])
    page.goto(form_of(SectionKind.VISION))
    text_of(page).fill("Nobody else's business")
    page.goto("/")  # a page that knows nothing of drafts
    assert kept(page) == 1
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_load_state()
    assert kept(page) == 0
    sign_in(page, writers[1])
    page.goto(form_of(SectionKind.VISION))
    expect(page.get_by_text(OFFER)).to_be_hidden()


def test_draft_taken_back_meets_what_was_saved_meanwhile(writers, watched, sign_in, form_of, plan, axe):
    """Typed on an old state: taking it back must not overwrite what somebody saved since."""
    vision = form_of(SectionKind.VISION)
    plan.sections.filter(kind=SectionKind.VISION).update(text="Women decide. Markets are safe.")
    mado, safi = watched(), watched(**PHONE)
    sign_in(mado, writers[0])
    sign_in(safi, writers[1])
    mado.goto(vision)
    text_of(mado).fill("Women decide too. Markets are safe.")
    mado.goto("/")
    safi.goto(vision)
    text_of(safi).fill("Women decide. Markets are safe at night.")
    save(safi)
    safi.wait_for_url(lambda address: "/edit/" not in address)
    mado.goto(vision)
    mado.get_by_role("button", name="Take it back").click()
    save(mado)
    expect(mado.get_by_role("heading", name=re.compile("Somebody else saved this"))).to_be_visible()
    axe(mado)
    mado.get_by_role("button", name="Use the merged text").click()
    mado.wait_for_url(lambda address: "/edit/" not in address)
    assert plan.sections.get(kind=SectionKind.VISION).text == "Women decide too. Markets are safe at night."
    mado.goto(vision)
    expect(mado.get_by_text(OFFER)).to_be_hidden()


def test_writers_see_each_other(writers, watched, sign_in, form_of):
    vision = form_of(SectionKind.VISION)
    mado, safi = watched(), watched()
    sign_in(mado, writers[0])
    sign_in(safi, writers[1])
    mado.goto(vision)
    safi.goto(vision)
    expect(safi.get_by_text("Mado Member is writing here, since")).to_be_visible()
    mado.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # sooner than in 20 seconds
    expect(mado.get_by_text("Safi Secretary is writing here, since")).to_be_visible()
    mado.goto("/")
    safi.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(safi.get_by_text("Mado Member is writing here")).to_be_hidden()
