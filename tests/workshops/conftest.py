import uuid

import pytest

from people.models import AgeBand, Sex


@pytest.fixture
def typed():
    """What somebody types on the registration desk; `typed(name=…)` changes or adds a field."""

    def form(**changed):
        return {
            "full_name": "Marie-Léonie Kabongo",
            "category": "mayor",
            "position": "Mayor of the commune",
            "organization": "Commune of Kanshi",
            "sex": Sex.WOMAN,
            "age_band": AgeBand.ADULT,
            "agrees": "on",
            "how": "spoken",
            "submission": str(uuid.uuid4()),
        } | changed

    return form
