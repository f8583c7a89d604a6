"""An open door, whoever comes to it, and the facilitator at the desk behind it."""

import datetime
import uuid

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from workshops.services.self_registration import open_door


@pytest.fixture(autouse=True)
def _fresh_counts():
    cache.clear()


@pytest.fixture
def door(workshop, facilitator):
    """The link of the open door."""
    open_door(workshop, closes_at=timezone.now() + datetime.timedelta(hours=4), by=facilitator)
    return reverse("self_registration", args=[workshop.door_code])


@pytest.fixture
def url(workshop):
    return reverse("self_registration_desk", args=[workshop.code])


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def anybody():
    return Client()


@pytest.fixture
def form():
    def typed(**changed):
        return {
            "full_name": "Marie-Léonie Kabongo",
            "position": "Mayor",
            "organization": "Commune of Kanshi",
            "category": "mayor",
            "sex": "woman",
            "age_band": "30_to_59",
            "agrees": "on",
            "submission": str(uuid.uuid4()),
        } | changed

    return typed


def text(response):
    return response.content.decode()
