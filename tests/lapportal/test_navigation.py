import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "offered"),
    [
        ("administrator", True),
        ("coordinator", True),
        ("facilitator", False),
        ("oversight", False),
        ("secretary", False),
        ("member", False),
    ],
)
def test_menu_offers_accounts_only_to_who_gives_access(signed_in, name, offered, request):
    response = signed_in(request.getfixturevalue(name)).get(reverse("framework_list"))
    assert ("account_list" in [item.url_name for item in response.context["menu"]]) is offered


def test_menu_is_empty_before_sign_in(client):
    response = client.get(reverse("home"))
    assert response.context["menu"] == ()
    assert reverse("account_login") in response.text


def test_menu_marks_where_one_is(signed_in, coordinator):
    client = signed_in(coordinator)
    assert client.get(reverse("framework_list")).text.count('aria-current="true"') == 2
    assert client.get(reverse("account_list")).text.count('aria-current="true"') == 2
    assert 'aria-current="true"' not in client.get(reverse("my_account")).text
