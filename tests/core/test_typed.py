"""A text that was sent too late, or from a page that was open too long, comes back to be copied."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.plans import LocalActionPlanFactory

HERE = {"HTTP_ORIGIN": "http://testserver"}
FORM = {
    "text": "An hour of careful words",
    "pillar": "participation",
    "password": "my secret pass phrase",
    "csrfmiddlewaretoken": "x" * 64,
}


@pytest.fixture
def url(committee):
    return reverse("objective_new", args=[LocalActionPlanFactory(committee=committee).code])


def test_typed_text_comes_back_when_the_sign_in_has_ended(url):
    response = Client().post(url, FORM, **HERE)
    page = response.content.decode()
    assert response.status_code == 403
    assert "An hour of careful words" in page
    assert f"/accounts/login/?next={url}" in page
    assert "my secret pass phrase" not in page
    assert "x" * 64 not in page
    assert "no-store" in response["Cache-Control"]


def test_typed_text_comes_back_when_the_form_was_open_too_long(url, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    response = client.post(url, FORM, **HERE)
    assert response.status_code == 403
    assert "An hour of careful words" in response.content.decode()
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", ""])
def test_typed_text_of_another_site_is_not_shown(origin, url, member):
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    for sender in (client, Client()):
        assert "An hour of careful words" not in sender.post(url, FORM, HTTP_ORIGIN=origin).content.decode()


def test_typed_text_is_escaped(url):
    response = Client().post(url, {"text": "<script>alert(1)</script> words"}, **HERE)
    assert "<script>alert" not in response.content.decode()


def test_typed_text_sent_with_htmx_stays_in_its_page(url):
    assert Client().post(url, FORM, HTTP_HX_REQUEST="true", **HERE).status_code == 302
