"""The pages of what is refused, missing or broken: each with a way on, none with a secret."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from lapportal.views.refusals import server_error
from tests.factories.accounts import PASSWORD

pytestmark = pytest.mark.django_db


def test_not_found_shows_the_way_on_and_not_the_address(client):
    response = client.get("/nowhere/secret-code/")
    assert response.status_code == 404
    assert reverse("home") in response.text
    assert "secret-code" not in response.text


def test_forbidden_says_that_nothing_changed(signed_in, oversight):
    response = signed_in(oversight).get(reverse("account_list"))
    assert response.status_code == 403
    assert "Nothing was changed" in response.text
    assert reverse("roles") in response.text


def test_csrf_failure_says_what_to_do(facilitator):
    client = Client(enforce_csrf_checks=True)
    response = client.post(reverse("account_login"), {"login": facilitator.email, "password": PASSWORD})
    assert response.status_code == 403
    assert "Nothing was saved" in response.text


def test_server_error_needs_neither_database_nor_request(rf):
    with connection.execute_wrapper(lambda *args: pytest.fail("the page of a broken database asked it")):
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert "not your fault" in response.text
