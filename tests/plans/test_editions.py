"""plans.services.editions: what was adopted reads the same years later."""

import datetime

import pytest
from django.core.management import call_command
from django.utils import timezone

from plans.document import digest_of, document_of
from plans.models import Edition, EditionFrozen, LocalActionPlan
from plans.services.adoption import Act, adopt_plan
from plans.services.editions import freeze_missing
from plans.states import PlanState
from tests.factories.plans import ActivityFactory

TODAY = timezone.localdate()
ADOPTED_BEFORE = {
    "state": PlanState.ADOPTED,
    "adopting_body": "Provincial assembly",
    "adopting_act": "12/2025",
    "adopted_on": datetime.date(2025, 12, 1),
}


@pytest.fixture
def adopted(plan, activity, secretary):
    LocalActionPlan.objects.filter(pk=plan.pk).update(state=PlanState.SUBMITTED)
    return adopt_plan(plan, Act("Provincial assembly", "12/2026", TODAY, kind="resolution"), by=secretary)


def test_adopt_plan_freezes_edition_1(adopted, secretary):
    edition = Edition.objects.get()
    assert (edition.plan, edition.number, edition.by) == (adopted, 1, secretary)
    assert (edition.body, edition.act_kind, edition.act, edition.adopted_on) == (
        "Provincial assembly",
        "resolution",
        "12/2026",
        TODAY,
    )
    assert edition.content == document_of(adopted)
    assert edition.digest == digest_of(edition.content)
    objective = edition.content["objectives"][0]
    assert objective["activities"][0]["text"] == "Two seats in the peace council"


def test_edition_stays_when_the_plan_changes(adopted, activity):
    digest = Edition.objects.get().digest
    activity.text = "One seat"
    activity.save()
    ActivityFactory(objective=activity.objective)
    edition = Edition.objects.get()
    assert edition.content["objectives"][0]["activities"][0]["text"] == "Two seats in the peace council"
    assert digest_of(edition.content) == edition.digest == digest


def test_digest_is_stable_whatever_the_database_does(adopted):
    """Read back from the database, in another order of keys, it is the same plan."""
    edition = Edition.objects.get()
    turned = dict(reversed(edition.content.items()))
    assert digest_of(turned) == edition.digest
    assert digest_of(document_of(LocalActionPlan.objects.get())) == edition.digest


def test_edition_is_never_saved_again(adopted):
    edition = Edition.objects.get()
    edition.reason = "Rewritten"
    with pytest.raises(EditionFrozen):
        edition.save()
    assert Edition.objects.get().reason == ""


@pytest.mark.parametrize("state", [PlanState.ADOPTED, PlanState.IN_IMPLEMENTATION, PlanState.CLOSED])
def test_freeze_missing_once(state, plan, activity):
    LocalActionPlan.objects.filter(pk=plan.pk).update(**ADOPTED_BEFORE | {"state": state})
    assert freeze_missing() == 1
    assert freeze_missing() == 0
    edition = Edition.objects.get()
    assert (edition.number, edition.act, edition.adopted_on) == (1, "12/2025", datetime.date(2025, 12, 1))
    assert edition.by is None


def test_freeze_missing_leaves_drafts_alone(plan, activity):
    assert freeze_missing() == 0
    assert not Edition.objects.exists()


def test_prepare_freezes_what_was_adopted_before(plan, activity, settings, monkeypatch, capsys):
    monkeypatch.setattr("lapportal.management.commands.prepare.Command.collect_static", lambda *args: None)
    settings.DEMO_SITE = False
    LocalActionPlan.objects.filter(pk=plan.pk).update(**ADOPTED_BEFORE)
    call_command("prepare")
    assert Edition.objects.get().plan == plan
    assert "edition 1: 1" in capsys.readouterr().out
