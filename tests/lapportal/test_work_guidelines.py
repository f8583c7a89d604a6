"""What waits in Guidelines, for those who write them."""

import datetime

import pytest

from guidelines.models import GuidelinesMove, GuidelinesState
from lapportal.work.guidelines import tasks_of
from lapportal.work.reader import Reader
from tests.factories.guidelines import (
    EditionFactory,
    EndorsementFactory,
    FieldTestFactory,
    GuidelinesFactory,
    ReviewCommentFactory,
    RolloutFactory,
    SectionFactory,
    SignatoryFactory,
)

TODAY = datetime.date(2026, 9, 1)


@pytest.fixture
def guidelines(country):
    return GuidelinesFactory(country=country)


def waiting(user, today=TODAY):
    return {task.what: task for task in tasks_of(Reader.of(user, today=today))}


def move(guidelines, state, on):
    GuidelinesMove.objects.create(guidelines=guidelines, was=guidelines.state, now=state, on=on)
    guidelines.state = state
    guidelines.save()


def test_open_comments_wait_for_who_writes(guidelines, coordinator):
    assert waiting(coordinator) == {}
    thread = ReviewCommentFactory(guidelines=guidelines)
    ReviewCommentFactory(guidelines=guidelines, parent=thread)
    ReviewCommentFactory(guidelines=guidelines, state="accepted")
    assert set(waiting(coordinator)) == {"Answer 1 comment"}


@pytest.mark.parametrize("who", ["facilitator", "oversight", "secretary", "outsider"])
def test_nothing_waits_for_others(request, who, guidelines):
    ReviewCommentFactory(guidelines=guidelines)
    assert waiting(request.getfixturevalue(who)) == {}


def test_a_field_test_is_asked_about_after_sixty_days(guidelines, coordinator, locality):
    FieldTestFactory(guidelines=guidelines, locality=locality, starts_on=TODAY - datetime.timedelta(days=61))
    task = waiting(coordinator)["Write down what the field test found"]
    assert task.is_overdue
    assert waiting(coordinator, TODAY - datetime.timedelta(days=2)) == {}


def test_a_missing_signature_waits_since_the_validation(guidelines, coordinator, country):
    first = SignatoryFactory(country=country, institution="Ministry of Gender")
    SignatoryFactory(country=country, institution="Ministry of Local Government")
    SignatoryFactory(country=country, institution="Dissolved", ended_on=TODAY)
    assert waiting(coordinator) == {}
    move(guidelines, GuidelinesState.VALIDATED, datetime.date(2026, 8, 3))
    EndorsementFactory(guidelines=guidelines, signatory=first, institution="Ministry of Gender")
    found = waiting(coordinator)
    assert set(found) == {"Get the endorsement of: Ministry of Local Government"}
    assert next(iter(found.values())).day == datetime.date(2026, 8, 3)


def test_a_signature_of_the_edition_before_does_not_count(guidelines, coordinator, country):
    signatory = SignatoryFactory(country=country, institution="Ministry of Gender")
    EditionFactory(guidelines=guidelines)
    EndorsementFactory(guidelines=guidelines, signatory=signatory, edition_number=1)
    move(guidelines, GuidelinesState.VALIDATED, TODAY)
    assert set(waiting(coordinator)) == {"Get the endorsement of: Ministry of Gender"}


def test_endorsed_guidelines_wait_for_their_launch(guidelines, coordinator):
    move(guidelines, GuidelinesState.ENDORSED, TODAY)
    assert set(waiting(coordinator)) == {"Launch the guidelines"}


def test_launched_guidelines_wait_for_the_roll_out_after_three_months(guidelines, coordinator):
    move(guidelines, GuidelinesState.LAUNCHED, datetime.date(2026, 5, 1))
    assert waiting(coordinator, datetime.date(2026, 7, 1)) == {}
    assert set(waiting(coordinator)) == {"Roll the guidelines out"}
    RolloutFactory(guidelines=guidelines)
    assert waiting(coordinator) == {}


def test_a_translation_waits_when_its_source_changed(guidelines, coordinator, country):
    source = SectionFactory(guidelines=guidelines)
    translation = GuidelinesFactory(country=country, language="fr", translation_of=guidelines)
    SectionFactory(guidelines=translation, source=source, source_version=1)
    SectionFactory(guidelines=translation, source=source, source_version=0)  # not translated yet
    assert waiting(coordinator) == {}
    source.row_version = 2
    source.save()
    assert set(waiting(coordinator)) == {"Bring 1 section of the translation up to date"}


@pytest.mark.parametrize("rows", [1, 5])
def test_tasks_of_asks_two_questions_at_most(rows, country, coordinator, django_assert_num_queries):
    SignatoryFactory(country=country)
    for _row in range(rows):
        move(GuidelinesFactory(country=country), GuidelinesState.VALIDATED, TODAY)
    reader = Reader.of(coordinator, today=TODAY)
    assert coordinator.scope
    with django_assert_num_queries(2):
        tasks_of(reader)
