"""The life of a workshop: every step from every state, what stands in its way, what it leaves behind."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories.committees import CommitteeFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import PersonFactory
from tests.factories.plans import LocalActionPlanFactory
from tests.factories.workshops import (
    InvitationFactory,
    ParticipationFactory,
    SelfRegistrationFactory,
    TallyFactory,
    WorkshopFactory,
)
from workshops.models import ConflictIssue, Invitation, SelfRegistration
from workshops.services import MoveRefused, move_workshop
from workshops.services.gates import missing_for
from workshops.services.refusals import NarrativeChanged
from workshops.services.workshops import narrative_version, write_narrative
from workshops.states import MOVES, NEEDS_REASON, WorkshopKind, WorkshopState

NEW_DAYS = {"starts_on": datetime.date(2026, 4, 6), "ends_on": datetime.date(2026, 4, 7)}


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


def complete(workshop):
    """Nothing is missing for any state."""
    TallyFactory(workshop=workshop)
    workshop.narrative = "They met and agreed."
    workshop.save()
    ConflictIssue.objects.create(workshop=workshop, description="Land")
    LocalActionPlanFactory(committee=CommitteeFactory(locality=workshop.locality))
    return workshop


@pytest.mark.parametrize("state", WorkshopState.values)
@pytest.mark.parametrize("to", WorkshopState.values)
def test_move_workshop_over_all_states(state, to, locality, facilitator):
    workshop = complete(WorkshopFactory(locality=locality, state=state))
    if to in MOVES[WorkshopState(state)]:
        move_workshop(workshop, to=WorkshopState(to), by=facilitator, reason="Because.", **NEW_DAYS)
        workshop.refresh_from_db()
        assert workshop.state == to
        assert workshop.state_reason == ("Because." if to in NEEDS_REASON else "")
    else:
        with pytest.raises(MoveRefused):
            move_workshop(workshop, to=WorkshopState(to), by=facilitator)
        workshop.refresh_from_db()
        assert workshop.state == state


NEEDED = {
    # kind → what is missing for "reported" when nothing but people is there
    "localization": {"narrative_edit", "results"},
    "writeshop": {"narrative_edit", "committee_list"},
    "tot": {"narrative_edit"},
    "rollout": {"narrative_edit"},
    "committee_training": {"narrative_edit"},
    "consultation": {"narrative_edit"},
    "conference": {"narrative_edit"},
    "review": {"narrative_edit"},
}


@pytest.mark.parametrize("kind", WorkshopKind.values)
def test_missing_for_the_report_by_kind(kind, locality, facilitator):
    workshop = WorkshopFactory(locality=locality, kind=kind, state="held")
    assert {each.url_name for each in missing_for(workshop, "reported")} == NEEDED[kind]
    with pytest.raises(MoveRefused, match="sentences"):
        move_workshop(workshop, to=WorkshopState.REPORTED, by=facilitator)
    assert missing_for(complete(workshop), "reported") == []


def test_missing_for_held_before_its_first_day_and_without_people(workshop):
    day_before = datetime.date(2026, 3, 1)
    assert [each.url_name for each in missing_for(workshop, "held", today=day_before)] == [
        "workshop_edit",
        "registration",
    ]
    ParticipationFactory(workshop=workshop)
    assert missing_for(workshop, "held", today=datetime.date(2026, 3, 2)) == []


def test_writeshop_counts_plans_below_and_in_its_other_localities(locality, facilitator):
    workshop = WorkshopFactory(locality=locality, kind="writeshop", state="held", narrative="Done.")
    LocalActionPlanFactory(committee=CommitteeFactory(locality=LocalityFactory(code="CD-KC")))
    assert missing_for(workshop, "reported")
    other = LocalityFactory(code="CD-KC")
    workshop.other_localities.add(other)
    assert not missing_for(workshop, "reported")
    workshop.other_localities.clear()
    below = LocalityFactory(code="CD-KE-1", parent=locality)
    LocalActionPlanFactory(committee=CommitteeFactory(locality=below))
    assert not missing_for(workshop, "reported")


def test_move_workshop_after_postponing_wants_new_days(workshop, facilitator):
    workshop.state = WorkshopState.POSTPONED
    workshop.save()
    with pytest.raises(MoveRefused, match="new days"):
        move_workshop(workshop, to=WorkshopState.PLANNED, by=facilitator)
    move_workshop(workshop, to=WorkshopState.PLANNED, by=facilitator, **NEW_DAYS)
    workshop.refresh_from_db()
    assert (workshop.state, workshop.starts_on) == ("planned", datetime.date(2026, 4, 6))


def test_closing_forgets_who_did_not_come(workshop, facilitator):
    complete(workshop)
    workshop.state = WorkshopState.REPORTED
    workshop.save()
    person = PersonFactory(full_name="Awa Ilunga")
    came = InvitationFactory(
        workshop=workshop,
        full_name="Awa Ilunga",
        phone="+243 811",
        participation=ParticipationFactory(workshop=workshop, person=person),
    )
    stayed = InvitationFactory(
        workshop=workshop, full_name="Secret Absent", phone="+243 822", position="Mayor", email="a@b.example"
    )
    SelfRegistrationFactory(workshop=workshop)
    elsewhere = InvitationFactory(workshop=WorkshopFactory(locality=workshop.locality), full_name="Other")
    move_workshop(workshop, to=WorkshopState.CLOSED, by=facilitator)
    stayed.refresh_from_db()
    came.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (stayed.full_name, stayed.key, stayed.position, stayed.phone, stayed.email) == ("",) * 5
    assert (came.full_name, came.phone) == ("Awa Ilunga", "")
    assert elsewhere.full_name == "Other"
    assert not SelfRegistration.objects.exists()
    assert Invitation.objects.filter(workshop=workshop).count() == 2  # the numbers stay
    event = AuditEvent.objects.get(verb="forgot who did not come")
    assert event.detail == {"invited": 1, "waiting": 1}


# --- The pages -----------------------------------------------------------------------------------


def move_url(workshop, to=None):
    return reverse("workshop_move", args=[workshop.code]) + (f"?to={to}" if to else "")


def test_workshop_move_offers_the_steps(client, workshop):
    page = client.get(move_url(workshop)).content.decode()
    for action in ("Confirm", "Mark as held", "Postpone", "Cancel the workshop"):
        assert action in page
    assert "Close the workshop" not in page


def test_workshop_move_says_what_is_missing_with_a_link(client, workshop):
    workshop.state = WorkshopState.HELD
    workshop.save()
    page = client.get(move_url(workshop, "reported")).content.decode()
    assert "needs a few sentences" in page
    assert reverse("narrative_edit", args=[workshop.code]) in page
    response = client.post(move_url(workshop), {"to": "reported"})
    assert response.status_code == 422
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.HELD


@pytest.mark.parametrize("to", ["postponed", "cancelled"])
def test_workshop_move_wants_a_reason_and_keeps_it_typed(to, client, workshop):
    response = client.post(move_url(workshop), {"to": to, "reason": "  "})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["reason"]
    long = client.post(move_url(workshop), {"to": to, "reason": "r" * 100_000})
    assert long.status_code == 422
    assert "r" * 100_000 in long.content.decode()
    assert client.post(move_url(workshop), {"to": to, "reason": "Rain."}).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.state, workshop.state_reason) == (to, "Rain.")


def test_workshop_move_plans_a_postponed_one_for_new_days(client, workshop):
    workshop.state = WorkshopState.POSTPONED
    workshop.save()
    typed = {"to": "planned", "starts_on": "2026-09-09", "ends_on": "2026-09-08"}
    assert list(client.post(move_url(workshop), typed).context["form"].errors) == ["ends_on"]
    assert client.post(move_url(workshop), typed | {"ends_on": ""}).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.starts_on, workshop.ends_on) == (datetime.date(2026, 9, 9), datetime.date(2026, 9, 10))


def test_workshop_reopen_of_a_postponed_one_asks_for_the_days(client, workshop):
    workshop.state = WorkshopState.POSTPONED
    workshop.save()
    response = client.post(reverse("workshop_reopen", args=[workshop.code]))
    assert "On which days" in response.content.decode()
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.POSTPONED


def test_workshop_move_from_an_old_tab(client, workshop):
    workshop.state = WorkshopState.CANCELLED
    workshop.save()
    page = client.post(move_url(workshop), {"to": "confirmed"}, follow=True).content.decode()
    assert "no longer possible" in page


@pytest.mark.parametrize("to", ["", "nonsense", "closed", "x" * 4000])
def test_workshop_move_with_odd_input(to, client, workshop):
    assert client.get(move_url(workshop), {"to": to}).status_code == 200
    assert client.post(move_url(workshop), {"to": to}).status_code in (302, 422)
    workshop.refresh_from_db()
    assert workshop.state == WorkshopState.PLANNED


def test_workshop_move_says_what_closing_deletes(client, workshop):
    workshop.state = WorkshopState.REPORTED
    workshop.save()
    assert "deleted for good" in client.get(move_url(workshop, "closed")).content.decode()


# --- The report in words -------------------------------------------------------------------------


def narrative_url(workshop):
    return reverse("narrative_edit", args=[workshop.code])


def test_narrative_edit_saves_and_shows(client, workshop, signed_in, oversight):
    typed = {
        "narrative": "They met.\n\n- one\n- two\n\n<script>alert(1)</script>",
        "good_cycle_notes": "It turns.",
        "opened": narrative_version(workshop),
    }
    assert client.post(narrative_url(workshop), typed).status_code == 302
    page = signed_in(oversight).get(workshop.get_absolute_url()).content.decode()
    assert "<li>one</li>" in page
    assert "It turns." in page
    assert "<script>alert" not in page


def test_narrative_edit_by_two_at_once_loses_nothing(client, workshop):
    opened = narrative_version(workshop)
    client.post(narrative_url(workshop), {"narrative": "Hers.", "opened": opened})
    response = client.post(narrative_url(workshop), {"narrative": "Mine.", "opened": opened})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Hers." in page
    assert "Mine." in page
    workshop.refresh_from_db()
    assert workshop.narrative == "Hers."
    again = response.context["form"]["opened"].value()
    assert client.post(narrative_url(workshop), {"narrative": "Both.", "opened": again}).status_code == 302


def test_narrative_edit_ignores_other_changes_of_the_workshop(client, workshop):
    opened = narrative_version(workshop)
    workshop.state, workshop.title = WorkshopState.CONFIRMED, "Renamed"
    workshop.save()
    assert client.post(narrative_url(workshop), {"narrative": "X.", "opened": opened}).status_code == 302
    workshop.refresh_from_db()
    assert (workshop.narrative, workshop.title) == ("X.", "Renamed")


def test_narrative_edit_with_a_text_too_long_keeps_it(client, workshop):
    typed = {"narrative": "w" * 100_000, "opened": narrative_version(workshop)}
    response = client.post(narrative_url(workshop), typed)
    assert response.status_code == 422
    assert "w" * 100_000 in response.content.decode()


def test_narrative_edit_does_not_empty_a_report(client, workshop):
    workshop.state, workshop.narrative = WorkshopState.REPORTED, "There."
    workshop.save()
    typed = {"narrative": "", "opened": narrative_version(workshop)}
    assert client.post(narrative_url(workshop), typed).status_code == 422


def test_write_narrative_refuses_an_old_version(workshop, facilitator):
    texts = {"narrative": "a", "good_cycle_notes": "", "evaluation_note": ""}
    with pytest.raises(NarrativeChanged):
        write_narrative(workshop, texts=texts, opened="old", by=facilitator)


@pytest.mark.parametrize("name", ["workshop_move", "narrative_edit"])
@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_moves_closed_to_others(name, role, status, request, signed_in, workshop):
    client = signed_in(request.getfixturevalue(role))
    url = reverse(name, args=[workshop.code])
    assert client.get(url).status_code == status
    assert client.post(url, {"to": "confirmed", "narrative": "x"}).status_code == status
    workshop.refresh_from_db()
    assert (workshop.state, workshop.narrative) == (WorkshopState.PLANNED, "")
