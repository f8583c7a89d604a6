"""What surrounds every page: sign-in, menu, keyboard, refusals, and all of it without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import DESKTOP, PHONE

LISTS = {
    "/": "home",
    "/localities/": "localities",
    "/workshops/": "workshops",
    "/committees/": "committees",
    "/plans/": "plans",
    "/guidelines/": "guidelines",
    "/frameworks/": "frameworks",
    "/accounts/me/": "my account",
    "/accounts/roles/": "roles",
    "/accounts/privacy/": "privacy",
}


@pytest.fixture
def scene(site, workshop, committee, coordinator):
    """A workshop and a committee in Kasaï-Oriental, and the coordinator who may see them."""
    return coordinator


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_lists_are_accessible(screen, watched, scene, sign_in, axe):
    page = watched(**screen)
    sign_in(page, scene)
    for path in LISTS:
        assert page.goto(path).status == 200
        expect(page.locator("h1")).to_have_count(1)
        axe(page)


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/accounts/roles/", "/accounts/password/reset/"])
def test_public_pages_are_accessible(path, phone, axe):
    assert phone.goto(path).status == 200
    axe(phone)


def test_sign_in_refuses_and_keeps_the_address(desktop, scene, axe):
    desktop.goto("/workshops/")
    desktop.locator("main input[name=login]").fill(scene.email)
    desktop.locator("main input[name=password]").fill("not the password")
    desktop.locator("main form button.btn-primary").click()
    expect(desktop.locator("main input[name=login]")).to_have_value(scene.email)
    expect(desktop.locator("main [role=alert]").first).to_be_visible()
    axe(desktop)


def test_sign_in_leads_to_what_was_asked_for_and_sign_out_closes_it(desktop, scene, sign_in):
    sign_in(desktop, scene)
    desktop.goto("/workshops/")
    desktop.get_by_role("button", name="Sign out").click()
    desktop.goto("/workshops/")
    expect(desktop).to_have_url(re.compile(r"/accounts/login/\?next=/workshops/"))


def test_menu_on_the_phone(phone, scene, sign_in, axe):
    sign_in(phone, scene)
    menu = phone.get_by_role("navigation", name="Main", exact=True)
    expect(menu).to_be_hidden()
    phone.locator("summary", has_text="Menu").click()
    expect(menu).to_be_visible()
    axe(phone)
    menu.get_by_role("link", name="Workshops").click()
    expect(phone).to_have_url(re.compile(r"/workshops/$"))
    expect(phone.get_by_role("heading", level=1)).to_be_visible()


def test_unknown_page_shows_the_way_on(desktop, scene, sign_in, axe):
    sign_in(desktop, scene)
    assert desktop.goto("/workshops/W-NONE99/").status == 404
    expect(desktop.get_by_role("heading", level=1)).to_be_visible()
    axe(desktop)
    desktop.locator("main a").first.click()
    expect(desktop.get_by_role("heading", level=1)).to_be_visible()


def test_keyboard_skips_to_the_content(desktop, scene, sign_in):
    sign_in(desktop, scene)
    desktop.goto("/workshops/")
    desktop.keyboard.press("Tab")
    expect(desktop.locator(".skip-link")).to_be_focused()
    desktop.keyboard.press("Enter")
    expect(desktop.locator("#main")).to_be_focused()


def test_works_without_javascript(watched, scene, sign_in, workshop):
    page = watched(java_script_enabled=False)
    sign_in(page, scene)
    for path in LISTS:
        assert page.goto(path).status == 200
    page.goto("/workshops/")
    page.get_by_role("link", name=workshop.title).first.click()
    expect(page).to_have_url(re.compile(workshop.code))
