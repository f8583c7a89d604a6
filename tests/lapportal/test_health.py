import pytest
from django.db import OperationalError, connection
from django.urls import reverse

pytestmark = pytest.mark.django_db


def failing_on(part):
    def wrapper(execute, sql, params, many, context):
        if part in sql:
            raise OperationalError("gone")
        return execute(sql, params, many, context)

    return connection.execute_wrapper(wrapper)


def test_healthz_is_well(client):
    response = client.get(reverse("healthz"))
    assert response.status_code == 200
    assert response.json() == {"database": "ok", "tasks": "ok"}
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize(("sql", "part"), [("SELECT 1", "database"), ("dbtaskresult", "tasks")])
def test_healthz_says_what_fails(client, sql, part):
    with failing_on(sql):
        response = client.get(reverse("healthz"))
    assert response.status_code == 503
    assert response.json()[part] == "failing"
    assert "gone" not in response.text
