import pytest

from core.conflicts import EditConflict, save_unless_changed
from plans.models import Objective
from tests.factories.accounts import UserFactory
from tests.factories.plans import ObjectiveFactory


def test_save_unless_changed_saves_and_counts_on(db):
    objective, user = ObjectiveFactory(text="first"), UserFactory()
    objective.text = "second"
    save_unless_changed(objective, opened_version=1, by=user)
    saved = Objective.objects.get()
    assert (saved.text, saved.row_version, saved.updated_by) == ("second", 2, user)


def test_save_unless_changed_tells_the_second_and_keeps_the_first(db):
    objective, first, second = ObjectiveFactory(text="opened by both"), UserFactory(), UserFactory()
    theirs, mine = Objective.objects.get(), Objective.objects.get()
    theirs.text, mine.text = "theirs", "mine"
    save_unless_changed(theirs, opened_version=1, by=first)
    with pytest.raises(EditConflict) as conflict:
        save_unless_changed(mine, opened_version=1, by=second)
    assert conflict.value.current.text == "theirs"
    assert conflict.value.current.updated_by == first
    assert Objective.objects.get(pk=objective.pk).text == "theirs"
