"""Signing in, out and setting a password, through the pages and the mails that people get."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_attempts_of_other_tests():
    cache.clear()


@pytest.fixture
def holder(db):
    return UserFactory(email="marie@test.example", display_name="Marie Secret")


def sign_in(client, email="marie@test.example", password=PASSWORD, **extra):
    return client.post(reverse("account_login"), {"login": email, "password": password, **extra})


def link_in(mail):
    return re.search(r"https?://testserver(/\S+)", mail.body).group(1)


@pytest.mark.parametrize("email", ["marie@test.example", "MARIE@Test.Example", " marie@test.example "])
def test_account_login_takes_any_case(client, holder, email):
    response = sign_in(client, email)
    assert response.status_code == 302
    assert response.url == reverse("home")
    assert "My work" in client.get(reverse("home")).text


def test_account_login_puts_no_name_into_messages(client, holder):
    sign_in(client)
    page = client.get(reverse("country_list"))
    assert "Marie Secret" not in page.text


def test_account_login_with_wrong_password_says_so_and_keeps_the_address(client, holder):
    response = sign_in(client, password="not-it")
    assert response.status_code == 422
    assert "is not right" in response.text
    assert 'value="marie@test.example"' in response.text
    assert "not-it" not in response.text


def test_account_login_answers_alike_for_unknown_and_known_addresses(client, holder):
    known = sign_in(client, password="not-it").text
    unknown = sign_in(client, "nobody@test.example", "not-it").text
    strip = re.compile(r'value="[^"]*"')
    assert strip.sub("", known) == strip.sub("", unknown)


def test_account_login_goes_on_to_where_one_wanted(client, holder):
    target = reverse("framework_list")
    refused = client.get(target)
    assert refused.status_code == 302
    page = client.get(refused.url)
    assert f'name="next" value="{target}"' in page.text
    assert sign_in(client, next=target).url == target


def test_account_login_ignores_a_foreign_next(client, holder):
    assert sign_in(client, next="https://evil.example/").url == reverse("home")


def test_account_login_of_deactivated_account_is_refused(client, holder):
    holder.is_active = False
    holder.save()
    response = sign_in(client)
    assert response.url == reverse("account_inactive")
    assert "deactivated" in client.get(response.url).text
    assert client.get(reverse("country_list")).status_code == 302


def test_account_login_is_limited_for_one_address(client, holder, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "3/m/key"}
    for _attempt in range(3):
        assert "is not right" in sign_in(client, password="not-it").text
    assert "Too many attempts with this address" in sign_in(client, password=PASSWORD).text
    assert client.get(reverse("country_list")).status_code == 302


def test_account_login_is_limited_for_one_place(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    answers = [sign_in(client, f"{n}@test.example", "not-it") for n in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert "wait five minutes" in answers[2].text


def test_account_logout_works_at_once_from_the_footer(signed_in, holder):
    client = signed_in(holder)
    assert client.post(reverse("account_logout")).url == reverse("home")
    assert client.get(reverse("country_list")).status_code == 302


def test_account_logout_asks_when_opened_as_a_page(signed_in, holder):
    client = signed_in(holder)
    assert "Sign out?" in client.get(reverse("account_logout")).text
    assert client.get(reverse("country_list")).status_code == 200


def test_account_reset_password_through_the_mail(client, holder, mailoutbox):
    asked = client.post(reverse("account_reset_password"), {"email": "Marie@test.example"})
    assert asked.url == reverse("account_reset_password_done")
    assert client.get(asked.url).status_code == 200
    form = client.get(link_in(mailoutbox[0]), follow=True)
    assert "Choose a password" in form.text
    new = {"password1": "a-new-long-sentence", "password2": "a-new-long-sentence"}
    done = client.post(form.request["PATH_INFO"], new)
    assert done.url == reverse("account_reset_password_from_key_done")
    assert "saved" in client.get(done.url).text
    assert sign_in(Client(), password="a-new-long-sentence").status_code == 302
    assert sign_in(Client()).status_code == 422


def test_account_reset_password_link_works_once(client, holder, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": holder.email})
    link = link_in(mailoutbox[0])
    form = client.get(link, follow=True)
    new = {"password1": "a-new-long-sentence", "password2": "a-new-long-sentence"}
    client.post(form.request["PATH_INFO"], new)
    assert "cannot be used" in Client().get(link, follow=True).text


def test_account_reset_password_from_key_refuses_a_short_password(client, holder, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": holder.email})
    form = client.get(link_in(mailoutbox[0]), follow=True)
    refused = client.post(form.request["PATH_INFO"], {"password1": "short", "password2": "short"})
    assert refused.status_code == 422
    assert "too short" in refused.text


def test_account_reset_password_does_not_tell_who_has_an_account(client, holder, mailoutbox):
    known = client.post(reverse("account_reset_password"), {"email": holder.email})
    unknown = client.post(reverse("account_reset_password"), {"email": "nobody@test.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert "no account" in mailoutbox[1].body


def test_account_change_password(signed_in, holder):
    client = signed_in(holder)
    page = reverse("account_change_password")
    new = {"oldpassword": "not-it", "password1": "a-new-long-sentence", "password2": "a-new-long-sentence"}
    assert client.post(page, new).status_code == 422
    assert client.post(page, new | {"oldpassword": PASSWORD}).status_code == 302
    assert sign_in(Client(), password="a-new-long-sentence").status_code == 302


def test_account_signup_is_closed(client):
    response = client.get(reverse("account_signup"))
    assert response.status_code == 200
    assert "given, not taken" in response.text
    assert "<form" not in response.text.split("<main")[1]
    assert client.post(reverse("account_signup"), {"email": "a@b.example"}).status_code == 405
