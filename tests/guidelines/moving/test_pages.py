"""The pages of the steps: when they open, for whom, and what is kept."""

import datetime

import pytest

from guidelines.services import moving
from tests.factories.guidelines import EditionFactory
from tests.guidelines.moving.scene import S, at, state_of, url

pytestmark = pytest.mark.usefixtures("media")


STEPS = {
    "guidelines_test": {S.DRAFTING, S.REVISION},
    "guidelines_validate": {S.DRAFTING, S.FIELD_TEST, S.REVISION},
    "guidelines_return": {S.FIELD_TEST, S.VALIDATED, S.ENDORSED},
    "guidelines_launch": {S.VALIDATED, S.ENDORSED},
    "guidelines_roll_out": {S.LAUNCHED},
    "guidelines_revise": {S.LAUNCHED, S.ROLLED_OUT},
    "guidelines_drop_revision": {S.REVISION},
    "guidelines_retire": {S.DRAFTING, S.LAUNCHED, S.ROLLED_OUT, S.REVISION},
}


@pytest.mark.parametrize("name", STEPS)
def test_step_pages_open_where_the_step_fits(name, guidelines, coordinator, signed_in):
    client = signed_in(coordinator)
    for state in S:
        at(guidelines, state)
        expected = 200 if state in STEPS[name] else 302
        assert client.get(url(name, guidelines)).status_code == expected, state


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("who", ["facilitator", "oversight", "outsider", "secretary"])
def test_step_pages_are_for_who_writes(request, name, who, guidelines, signed_in):
    EditionFactory(guidelines=guidelines)  # so that a committee of the country sees the guidelines
    answer = signed_in(request.getfixturevalue(who)).post(url(name, guidelines), {"reason": "x"})
    assert answer.status_code == (404 if who == "outsider" else 403)
    assert state_of(guidelines) == S.DRAFTING


def test_step_too_late_keeps_what_was_typed(guidelines, coordinator, signed_in):
    at(guidelines, S.DRAFTING)
    answer = signed_in(coordinator).post(url("guidelines_revise", guidelines), {"reason": "A new act"})
    assert answer.status_code == 409
    assert "A new act" in answer.content.decode()
    assert "does not fit any more" in answer.content.decode()


def test_moves_move_with_the_clock(guidelines, text, coordinator, monkeypatch):
    """The day of a step is the day on which it is taken."""
    long_ago = datetime.datetime(2024, 2, 29, 12, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: long_ago)
    row = moving.validate_guidelines(guidelines, reason="Known text", by=coordinator)
    assert row.moves.get().on == datetime.date(2024, 2, 29)
