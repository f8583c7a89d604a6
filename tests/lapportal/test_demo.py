"""The demonstration story: told as in the sources, marked, loadable twice, and refused elsewhere."""

import datetime
import re
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import CommandError, call_command

from accounts.models import User
from committees.models import Committee
from core.models import Demo
from lapportal import demo
from plans.models import LocalActionPlan
from plans.states import PlanState
from workshops.models import Workshop
from workshops.reports.results import Results

OURS = {config.label for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
# Reference data, the index of names, which goes with its person, and attendance, which goes with the
# registration or the meeting.
NOT_OF_THE_DEMO = {
    "Country",
    "Locality",
    "Framework",
    "Lead",
    "Provision",
    "IndicatorDefinition",
    "ProvisionLink",
    "Theme",
    "NameToken",
    "Attendance",
}


@pytest.fixture
def reference(db):
    for command in ("load_localities", "load_frameworks", "load_themes"):
        call_command(command, stdout=StringIO())


def load():
    output = StringIO()
    call_command("load_demo", stdout=output)
    return output.getvalue()


@pytest.mark.django_db
def test_load_demo_refuses_where_real_data_may_be(settings):
    settings.DEMO_SITE = False
    with pytest.raises(CommandError, match="not a demonstration site"):
        load()
    assert not User.objects.exists()


@pytest.mark.django_db
def test_load_demo_tells_the_story_and_marks_every_row(reference, settings):
    settings.DEMO_SITE = True
    output = load()
    assert "admin@demo.example" in output
    assert "localize-1325" in output

    workshop = Workshop.objects.get(title="Localization workshop, Mbujimayi")
    assert workshop.starts_on == datetime.date(2023, 7, 24)
    turnout = workshop.turnout()
    assert (turnout.authorities, turnout.total, turnout.share, turnout.is_met) == (24, 40, 60, True)

    today = Workshop.objects.get(title="Localization workshop, Lomami").turnout()
    assert (today.authorities, today.total, today.missing) == (4, 10, 5)

    for committee in Committee.objects.filter(established_at=workshop).prefetch_related("seats"):
        sides = [seat.side for seat in committee.seats.all()]
        assert (sides.count("government"), sides.count("civil_society")) == (5, 5)

    plan = LocalActionPlan.objects.get(title__contains="Mbujimayi")
    assert plan.state == PlanState.IN_IMPLEMENTATION
    assert plan.editions.get().number == 1
    assert plan.objectives.filter(alignments=None).exclude(local_reason="").count() == 1
    assert not plan.objectives.filter(activities=None).exists()

    filled = [
        model for model in apps.get_models() if model._meta.app_label in OURS and model.objects.exists()
    ]
    assert {model.__name__ for model in filled if not issubclass(model, Demo)} == NOT_OF_THE_DEMO
    unmarked = [
        model.__name__
        for model in filled
        if issubclass(model, Demo) and model.objects.filter(is_demo=False).exists()
    ]
    # Who signs in a country comes from its record, whoever asks first (guidelines.signatories.ensure).
    assert set(unmarked) <= {"Signatory"}


@pytest.mark.django_db
def test_load_demo_twice_adds_nothing_and_keeps_what_was_done(reference, settings):
    settings.DEMO_SITE = True
    load()
    user = User.objects.get(email="member@demo.example")
    user.set_password("a password of her own")
    user.save()
    LocalActionPlan.objects.filter(state=PlanState.DRAFTING).update(title="Renamed")
    before = {model: model.objects.count() for model in apps.get_models()}
    assert "nothing new" in load()
    assert {model: model.objects.count() for model in apps.get_models()} == before
    user.refresh_from_db()
    assert user.check_password("a password of her own")
    assert LocalActionPlan.objects.filter(title="Renamed").exists()


def test_demo_addresses_cannot_be_reached():
    """example is reserved (RFC 2606): no mail of the demonstration arrives anywhere."""
    assert all(re.fullmatch(r"[a-z]+@demo\.example", address) for address in demo.addresses())


@pytest.mark.django_db
def test_load_demo_tells_what_the_workshop_produced(reference, settings):
    settings.DEMO_SITE = True
    load()
    workshop = Workshop.objects.get(code="W-MBJ2023")
    results = Results.from_workshop(workshop, today=datetime.date(2026, 11, 1))
    assert [item.provision.code for item in results.ranking[:2]] == ["2.2", "3.2"]
    assert len(results.issues) == 5
    counts = results.commitment_counts
    assert (counts.total, counts.kept, counts.dropped, counts.overdue) == (6, 2, 1, 2)
    assert results.champions.total == 7
    assert results.awareness.change_percent == 34
    assert len(results.committees) == 2
    assert workshop.programme.exists()
    assert workshop.participations.with_half_days().filter(half_days=4).count() == 37
    assert workshop.invitations.count() == 43

    writeshop = Workshop.objects.get(code="W-MBJWRTE")
    earlier = Results.from_workshop(writeshop).earlier_policies
    assert {policy.workshop for policy in earlier} == {workshop}
