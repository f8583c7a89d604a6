"""One's own account, the public pages, and what the browser may keep."""

from html import unescape

import pytest
from django.db import connection
from django.urls import reverse

from accounts.roles import ROLES, Capability, Role
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def test_roles_prints_every_role_and_right(client):
    page = unescape(client.get(reverse("roles")).text)
    for role, description in ROLES.items():
        assert str(role.label) in page
        assert str(description.purpose) in page
    for capability in Capability:
        assert str(capability.label) in page


def test_privacy_is_public(client):
    page = client.get(reverse("privacy"))
    assert page.status_code == 200
    assert "encrypted" in page.text
    assert "8 hours" in page.text


def test_my_account_shows_roles_and_committees(signed_in, secretary, committee):
    page = signed_in(secretary).get(reverse("my_account")).text
    assert secretary.email in page
    assert "Committee secretary" in page
    assert committee.name in page


def test_my_account_saves_the_name_encrypted(signed_in, member):
    client = signed_in(member)
    assert client.post(reverse("my_account"), {"display_name": "Amina Zola"}).status_code == 302
    member.refresh_from_db()
    assert member.display_name == "Amina Zola"
    with connection.cursor() as cursor:
        cursor.execute("SELECT display_name FROM accounts_user WHERE id = %s", [member.pk])
        assert "Amina" not in cursor.fetchone()[0]


def test_my_account_refuses_a_long_name_and_keeps_it(signed_in, member):
    response = signed_in(member).post(reverse("my_account"), {"display_name": "Z" * 100_000})
    assert response.status_code == 422
    assert "at most 120" in response.text
    assert "Z" * 1000 in response.text


def test_my_account_changes_nothing_but_the_name(signed_in, member):
    before = member.email
    changes = {"display_name": "A", "email": "x@y.example", "is_active": ""}
    signed_in(member).post(reverse("my_account"), changes)
    member.refresh_from_db()
    assert (member.email, member.is_active) == (before, True)


def test_my_account_needs_sign_in(client):
    assert client.get(reverse("my_account")).status_code == 302


def test_no_store_when_signed_in_on_every_answer(signed_in, facilitator):
    client = signed_in(facilitator)
    answers = [
        client.get(reverse("home")),
        client.get(reverse("country_list")),
        client.get("/localities/none/"),
        client.get(reverse("account_list")),
        client.post(reverse("account_logout")),
    ]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 403, 302]
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
        assert "private" in answer["Cache-Control"]


def test_no_store_when_signed_in_leaves_public_pages_alone(client):
    assert "no-store" not in client.get(reverse("roles")).get("Cache-Control", "")


def test_every_page_names_no_other_site_as_referrer(client):
    assert client.get(reverse("home"))["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize(
    ("role", "capabilities"),
    [
        (
            Role.PLATFORM_ADMINISTRATOR,
            (
                "see_work set_up_committees comment_plans keep_frameworks "
                "write_guidelines read_guidelines comment_guidelines give_access"
            ),
        ),
        (
            Role.NATIONAL_COORDINATOR,
            (
                "see_work run_workshops set_up_committees keep_committees comment_plans keep_instruments "
                "keep_frameworks "
                "write_guidelines read_guidelines comment_guidelines give_access"
            ),
        ),
        (
            Role.FACILITATOR,
            (
                "see_work run_workshops set_up_committees keep_committees comment_plans keep_instruments "
                "read_guidelines comment_guidelines"
            ),
        ),
        (Role.OVERSIGHT_READER, "see_work read_guidelines comment_guidelines"),
        (
            Role.COMMITTEE_SECRETARY,
            "write_plans decide_plans keep_committees comment_plans keep_instruments comment_guidelines",
        ),
        (Role.COMMITTEE_MEMBER, "write_plans comment_plans keep_instruments comment_guidelines"),
    ],
)
def test_role_table(role, capabilities):
    """The whole table of rights, once more and by hand: a change must be meant."""
    assert {capability.value for capability in ROLES[role].capabilities} == set(capabilities.split())


def test_user_code_is_public_and_unlike_the_key(db):
    user = UserFactory()
    assert user.code.startswith("U-")
    assert user.get_absolute_url() == f"/accounts/{user.code}/"
