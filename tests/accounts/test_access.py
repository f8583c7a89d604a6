"""Giving access: who sees which account, gives which role, and what is never possible."""

import re

import pytest
from django.urls import reverse

from accounts.models import Assignment, AuditEvent, User
from accounts.roles import Role
from accounts.services import AccessRefused, create_account
from tests.accounts.test_sign_in import link_in
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import CommitteeAccessFactory

pytestmark = pytest.mark.django_db


def new_account(**changes):
    return {
        "email": "new@test.example",
        "display_name": "Nadine New",
        "role": Role.FACILITATOR,
        "place": "CD",
    } | changes


def without_token(response):
    """The page without the one thing that differs each time: the token of the sign-out form."""
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)


def page_of(name, account, *args):
    return reverse(name, args=[account.code, *args])


def test_account_list_shows_the_accounts_of_ones_country(signed_in, coordinator, facilitator, outsider):
    page = signed_in(coordinator).get(reverse("account_list")).text
    assert facilitator.email in page
    assert "Fatou Facilitator" in page
    assert outsider.email not in page
    assert "Oda Outsider" not in page


def test_account_list_of_administrator_shows_all(signed_in, administrator, facilitator, outsider):
    page = signed_in(administrator).get(reverse("account_list")).text
    assert facilitator.email in page
    assert outsider.email in page


@pytest.mark.parametrize("name", ["facilitator", "oversight", "secretary", "member"])
def test_account_list_is_refused_to_who_gives_no_access(signed_in, name, request):
    client = signed_in(request.getfixturevalue(name))
    assert client.get(reverse("account_list")).status_code == 403
    assert client.get(reverse("account_new")).status_code == 403
    assert client.post(reverse("account_new"), new_account()).status_code == 403
    assert "Accounts</a>" not in client.get(reverse("home")).text


def test_account_list_filters(signed_in, coordinator, facilitator, oversight):
    client = signed_in(coordinator)
    by_mail = client.get(reverse("account_list"), {"q": facilitator.email[:7]}).text
    assert facilitator.email in by_mail
    by_code = client.get(reverse("account_list"), {"q": facilitator.code.lower()}).text
    assert facilitator.email in by_code
    assert oversight.email not in by_code
    by_role = client.get(reverse("account_list"), {"role": Role.OVERSIGHT_READER}).text
    assert oversight.email in by_role
    assert facilitator.email not in by_role
    assert "No account fits" in client.get(reverse("account_list"), {"active": "false"}).text


@pytest.mark.parametrize("rows", [1, 5])
def test_account_list_costs_the_same_for_one_and_five(
    signed_in, coordinator, country, committee, rows, django_assert_num_queries
):
    for _row in range(rows):
        user = AssignmentFactory(role=Role.FACILITATOR, country=country).user
        CommitteeAccessFactory(committee=committee, user=user, role=Role.COMMITTEE_MEMBER)
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        client.get(reverse("account_list"))


def test_account_new_opens_the_account_and_invites(signed_in, coordinator, country, mailoutbox, client):
    response = signed_in(coordinator).post(reverse("account_new"), new_account(email="New@Test.example"))
    account = User.objects.get(email="new@test.example")
    assert response.url == page_of("account_detail", account)
    assert account.display_name == "Nadine New"
    assert account.created_in == country
    assert list(account.assignments.values_list("role", "country")) == [(Role.FACILITATOR, country.pk)]
    assert mailoutbox[0].to == ["new@test.example"]
    assert "Choose a password" in client.get(link_in(mailoutbox[0]), follow=True).text


def test_account_new_records_codes_only(signed_in, coordinator):
    signed_in(coordinator).post(reverse("account_new"), new_account())
    account = User.objects.get(email="new@test.example")
    events = AuditEvent.objects.filter(subject=account.code)
    assert {event.verb for event in events} == {"account created", "role given"}
    assert all(event.by == coordinator for event in events)
    assert "Nadine" not in str([event.detail for event in events])
    assert "new@" not in str([event.detail for event in events])


def test_account_new_in_a_part_of_the_country(signed_in, coordinator, locality):
    signed_in(coordinator).post(reverse("account_new"), new_account(place=locality.code))
    account = User.objects.get(email="new@test.example")
    assert account.assignments.get().locality == locality
    assert account.created_in == locality.country


def test_account_new_without_role_waits_for_a_committee(signed_in, coordinator, country):
    signed_in(coordinator).post(reverse("account_new"), new_account(role=""))
    account = User.objects.get(email="new@test.example")
    assert not account.assignments.exists()
    assert account in User.objects.visible_to(coordinator)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, "valid email"),
        ({"email": ""}, "required"),
        ({"place": ""}, "required"),
        ({"place": "SL"}, "valid choice"),
        ({"place": "SL-BO-CITY"}, "valid choice"),
        ({"place": "everywhere"}, "valid choice"),
        ({"role": Role.PLATFORM_ADMINISTRATOR}, "valid choice"),
        ({"role": Role.COMMITTEE_SECRETARY}, "valid choice"),
        ({"role": Role.NATIONAL_COORDINATOR, "place": "CD-KE"}, "choose the whole country"),
        ({"display_name": "x" * 100_000}, "at most 120"),
    ],
)
def test_account_new_refuses_at_the_field(signed_in, coordinator, elsewhere, locality, changes, words):
    response = signed_in(coordinator).post(reverse("account_new"), new_account(**changes))
    assert response.status_code == 422
    assert words in response.text
    assert not User.objects.filter(email="new@test.example").exists()
    if "email" not in changes:
        assert 'value="new@test.example"' in response.text


def test_account_new_refuses_an_address_that_has_an_account(signed_in, coordinator, outsider):
    response = signed_in(coordinator).post(reverse("account_new"), new_account(email=outsider.email.upper()))
    assert response.status_code == 422
    assert "has an account already" in response.text
    assert "Oda Outsider" not in response.text


def test_account_new_survives_a_dead_mail_server(signed_in, coordinator, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    client = signed_in(coordinator)
    response = client.post(reverse("account_new"), new_account(), follow=True)
    assert response.status_code == 200
    assert "could not be sent" in response.text
    assert User.objects.filter(email="new@test.example").exists()


def test_account_new_by_administrator_gives_every_role(signed_in, administrator, elsewhere):
    client = signed_in(administrator)
    wrong = new_account(role=Role.PLATFORM_ADMINISTRATOR, place="SL")
    assert client.post(reverse("account_new"), wrong).status_code == 422
    wrong = new_account(role=Role.NATIONAL_COORDINATOR, place="everywhere")
    assert client.post(reverse("account_new"), wrong).status_code == 422
    right = new_account(role=Role.PLATFORM_ADMINISTRATOR, place="everywhere")
    assert client.post(reverse("account_new"), right).status_code == 302
    held = User.objects.get(email="new@test.example").assignments.get()
    assert held.role == Role.PLATFORM_ADMINISTRATOR


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("account_detail", "get"),
        ("account_deactivate", "get"),
        ("account_deactivate", "post"),
        ("account_reactivate", "post"),
        ("account_invite", "post"),
        ("role_new", "post"),
    ],
)
def test_account_pages_hide_accounts_of_other_countries(signed_in, facilitator, outsider, name, method):
    client = signed_in(outsider)
    hidden = getattr(client, method)(page_of(name, facilitator))
    unknown = getattr(client, method)(reverse(name, args=["U-222222"]))
    assert hidden.status_code == unknown.status_code == 404
    assert without_token(hidden) == without_token(unknown)
    facilitator.refresh_from_db()
    assert facilitator.is_active


def test_account_detail_shows_roles_and_committees(signed_in, coordinator, secretary, committee):
    page = signed_in(coordinator).get(page_of("account_detail", secretary)).text
    assert "Committee secretary" in page
    assert committee.name in page


def test_role_new_gives_a_second_role(signed_in, coordinator, facilitator, country):
    client = signed_in(coordinator)
    role = {"role": Role.OVERSIGHT_READER, "place": "CD"}
    assert client.post(page_of("role_new", facilitator), role).status_code == 302
    assert facilitator.assignments.filter(role=Role.OVERSIGHT_READER, country=country).exists()
    again = client.post(page_of("role_new", facilitator), role)
    assert again.status_code == 422
    assert "already" in again.text
    assert facilitator.assignments.count() == 2


def test_role_withdraw_asks_then_takes(signed_in, coordinator, facilitator):
    client = signed_in(coordinator)
    page = page_of("role_withdraw", facilitator, Role.FACILITATOR, "CD")
    assert "Take this role away?" in client.get(page).text
    assert facilitator.assignments.exists()
    assert client.post(page).status_code == 302
    assert not facilitator.assignments.exists()
    event = AuditEvent.objects.get(subject=facilitator.code)
    assert (event.verb, event.detail) == ("role withdrawn", {"role": "facilitator", "place": "CD"})
    assert client.get(page).status_code == 404


def test_role_withdraw_outside_ones_country_is_refused(signed_in, coordinator, facilitator, elsewhere):
    AssignmentFactory(user=facilitator, role=Role.FACILITATOR, country=elsewhere.country)
    page = page_of("role_withdraw", facilitator, Role.FACILITATOR, "SL")
    assert signed_in(coordinator).post(page).status_code == 403
    assert facilitator.assignments.count() == 2


def test_role_withdraw_never_unmakes_oneself_as_administrator(signed_in, administrator):
    page = page_of("role_withdraw", administrator, Role.PLATFORM_ADMINISTRATOR, "everywhere")
    response = signed_in(administrator).post(page, follow=True)
    assert "cannot take your own administrator role away" in response.text
    assert administrator.assignments.exists()


def test_role_withdraw_by_another_administrator(signed_in, administrator):
    other = AssignmentFactory(role=Role.PLATFORM_ADMINISTRATOR).user
    page = page_of("role_withdraw", other, Role.PLATFORM_ADMINISTRATOR, "everywhere")
    assert signed_in(administrator).post(page).status_code == 302
    assert not Assignment.objects.filter(user=other).exists()


def test_account_deactivate_ends_open_sign_ins(signed_in, coordinator, facilitator):
    theirs, mine = signed_in(facilitator), signed_in(coordinator)
    assert theirs.get(reverse("country_list")).status_code == 200
    page = page_of("account_deactivate", facilitator)
    assert "Deactivate this account?" in mine.get(page).text
    mine.post(page)
    assert theirs.get(reverse("country_list")).status_code == 302
    mine.post(page_of("account_reactivate", facilitator))
    facilitator.refresh_from_db()
    assert facilitator.is_active


def test_account_deactivate_never_oneself(signed_in, coordinator):
    response = signed_in(coordinator).post(page_of("account_deactivate", coordinator), follow=True)
    assert "cannot deactivate your own account" in response.text
    coordinator.refresh_from_db()
    assert coordinator.is_active


def test_account_deactivate_needs_every_country_of_the_account(
    signed_in, coordinator, administrator, facilitator, elsewhere
):
    AssignmentFactory(user=facilitator, role=Role.FACILITATOR, country=elsewhere.country)
    page = page_of("account_deactivate", facilitator)
    assert signed_in(coordinator).post(page).status_code == 403
    assert signed_in(administrator).post(page).status_code == 302


def test_account_deactivate_of_administrator_is_not_for_coordinators(
    signed_in, coordinator, country, administrator
):
    User.objects.filter(pk=administrator.pk).update(created_in=country)
    page = page_of("account_deactivate", administrator)
    assert signed_in(coordinator).post(page).status_code == 403


def test_account_invite_sends_the_link_again(signed_in, coordinator, country, mailoutbox):
    waiting = UserFactory(created_in=country)
    assert signed_in(coordinator).post(page_of("account_invite", waiting)).status_code == 302
    assert mailoutbox[0].to == [waiting.email]


def test_create_account_twice_is_refused_in_words(coordinator, country):
    values = {"display_name": "", "role": "", "country": country, "locality": None, "by": coordinator}
    create_account("twice@test.example", **values)
    with pytest.raises(AccessRefused, match="has an account already"):
        create_account("twice@test.example", **values)
