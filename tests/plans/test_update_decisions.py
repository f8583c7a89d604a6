"""plans.views.updates and plans.services.progress: an update is approved, returned or taken back"""

import datetime

import pytest
from django.urls import reverse

from accounts.roles import Role
from plans.models import (
    ProgressUpdate,
    Revision,
    UpdateState,
)
from plans.rules import can_decide_update
from plans.services import progress as services
from tests.factories.committees import CommitteeAccessFactory
from tests.factories.plans import ProgressUpdateFactory

TYPED = {"activity_state": "ongoing", "done": "Three meetings were held.", "then": "submit"}


def decide(update, name, **typed):
    plan = update.period.plan
    return reverse(name, args=[plan.code, update.period.number, update.activity.code]), {
        "row_version": update.row_version,
        **typed,
    }


READERS = ["coordinator", "facilitator", "oversight", "administrator"]


@pytest.mark.parametrize("who", READERS)
def test_progress_update_is_not_written_by_readers(request, who, update_url, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.post(update_url, TYPED).status_code == 403
    assert not ProgressUpdate.objects.exists()


@pytest.mark.parametrize("who", READERS)
def test_progress_update_shows_readers_only_what_is_approved(request, who, update_url, update, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert update.done not in client.get(update_url).content.decode()
    ProgressUpdate.objects.update(state=UpdateState.APPROVED)
    assert update.done in client.get(update_url).content.decode()


@pytest.mark.parametrize("who", [*READERS, "member", "outsider"])
@pytest.mark.parametrize("name", ["progress_approve", "progress_return"])
def test_decisions_are_the_secretarys(request, who, name, update, signed_in):
    update_url, typed = decide(update, name, reason="No")
    response = signed_in(request.getfixturevalue(who)).post(update_url, typed)
    assert response.status_code == (404 if who == "outsider" else 403)
    update.refresh_from_db()
    assert update.state == UpdateState.SUBMITTED


@pytest.mark.parametrize("who", READERS)
def test_progress_take_back_and_evidence_remove_are_the_committees(request, who, update, signed_in):
    update_url, typed = decide(update, "progress_take_back")
    assert signed_in(request.getfixturevalue(who)).post(update_url, typed).status_code == 403
    update.refresh_from_db()
    assert update.state == UpdateState.SUBMITTED


def test_progress_approve_moves_the_activity_with_its_history(update, activity, secretary, signed_in):
    ProgressUpdate.objects.update(activity_state="blocked", state_reason="funds", problems="No money came.")
    update_url, typed = decide(update, "progress_approve")
    assert signed_in(secretary).post(update_url, typed).status_code == 302
    update.refresh_from_db()
    activity.refresh_from_db()
    assert (update.state, update.decided_by) == (UpdateState.APPROVED, secretary)
    assert (activity.state, activity.state_reason, activity.state_note) == (
        "blocked",
        "funds",
        "No money came.",
    )
    assert activity.state_since == datetime.date(2026, 3, 31)
    revision = Revision.objects.filter(subject="activity", subject_code=activity.code).first()
    assert (revision.values["state"], revision.version, revision.note) == ("blocked", 2, "Q1 2026")


def test_approve_update_of_an_older_quarter_does_not_undo_a_newer_one(update, activity, running, secretary):
    newer = ProgressUpdateFactory(
        period=running.periods.get(number=2), activity=activity, activity_state="done", state="submitted"
    )
    services.approve_update(newer, by=secretary)
    services.approve_update(update, by=secretary)
    activity.refresh_from_db()
    assert activity.state == "done"


def test_progress_return_with_a_reason(update, update_url, activity, secretary, member, signed_in):
    address, typed = decide(update, "progress_return", reason="")
    client = signed_in(secretary)
    assert client.post(address, typed).status_code == 422
    assert client.post(address, typed | {"reason": "x" * 100_000}).status_code == 422
    assert client.post(address, typed | {"reason": "How many came?"}).status_code == 302
    update.refresh_from_db()
    assert (update.state, update.return_reason) == (UpdateState.RETURNED, "How many came?")
    page = signed_in(member).get(update_url)
    assert "How many came?" in page.content.decode()
    again = TYPED | {"row_version": update.row_version, "done": "Forty came."}
    assert signed_in(member).post(update_url, again).status_code == 302
    update.refresh_from_db()
    assert (update.state, update.done) == (UpdateState.SUBMITTED, "Forty came.")


def test_return_update_that_was_approved_takes_the_state_back(update, activity, secretary):
    approved = services.approve_update(update, by=secretary)
    services.return_update(approved, reason="Wrong quarter", by=secretary)
    activity.refresh_from_db()
    assert activity.state == "planned"


def test_return_update_that_was_approved_needs_an_open_quarter(update, secretary, today_is):
    approved = services.approve_update(update, by=secretary)
    today_is(2026, 6, 30)
    with pytest.raises(services.UpdateRefused, match="locked"):
        services.return_update(approved, reason="Wrong quarter", by=secretary)


def test_progress_approve_after_the_lock_of_what_came_in_time(update, secretary, signed_in, today_is):
    today_is(2026, 6, 30)
    update_url, typed = decide(update, "progress_approve")
    signed_in(secretary).post(update_url, typed)
    update.refresh_from_db()
    assert update.state == UpdateState.APPROVED


def test_progress_approve_of_what_changed_meanwhile(update, secretary, signed_in):
    update_url, typed = decide(update, "progress_approve")
    ProgressUpdate.objects.update(row_version=2)
    response = signed_in(secretary).post(update_url, typed, follow=True)
    assert "Somebody changed this update" in response.content.decode()
    for nonsense in ("", "x", "9" * 30):
        signed_in(secretary).post(update_url, {"row_version": nonsense})
    update.refresh_from_db()
    assert update.state == UpdateState.SUBMITTED


def test_progress_approve_by_a_second_pair_of_eyes(update, update_url, secretary, member, signed_in):
    ProgressUpdate.objects.update(submitted_by=secretary)
    address, typed = decide(update, "progress_approve")
    assert signed_in(secretary).post(address, typed).status_code == 403
    assert (
        "another secretary of the committee has to look at it"
        in signed_in(secretary).get(update_url).content.decode()
    )
    other = CommitteeAccessFactory(committee=update.period.plan.committee, role=Role.COMMITTEE_SECRETARY).user
    assert signed_in(other).post(address, typed).status_code == 302


def test_progress_approve_of_ones_own_in_a_committee_of_one_account(update, secretary, member, signed_in):
    ProgressUpdate.objects.update(submitted_by=secretary)
    member.committee_access.all().delete()
    update_url, typed = decide(update, "progress_approve")
    assert signed_in(secretary).post(update_url, typed).status_code == 302
    update.refresh_from_db()
    assert update.state == UpdateState.APPROVED


def test_progress_take_back_makes_it_a_draft(update, update_url, member, signed_in, today_is):
    address, typed = decide(update, "progress_take_back")
    assert signed_in(member).post(address, typed).url == update_url
    update.refresh_from_db()
    assert (update.state, update.submitted_by, update.submitted_at) == (UpdateState.DRAFT, None, None)
    ProgressUpdate.objects.update(state=UpdateState.SUBMITTED)
    today_is(2026, 6, 30)
    signed_in(member).post(address, typed | {"row_version": 2})
    update.refresh_from_db()
    assert update.state == UpdateState.SUBMITTED


MOVES = {
    UpdateState.DRAFT: services.take_back_update,
    UpdateState.APPROVED: services.approve_update,
    UpdateState.RETURNED: lambda update, by: services.return_update(update, reason="Why", by=by),
}


@pytest.mark.parametrize("was", UpdateState.values)
@pytest.mark.parametrize("to", MOVES)
def test_every_move_of_an_update(was, to, update, secretary):
    ProgressUpdate.objects.update(state=was, return_reason="Why" if was == "returned" else "")
    if to in services.UPDATE_MOVES[UpdateState(was)]:
        assert MOVES[to](update, by=secretary).state == to
    else:
        with pytest.raises(services.UpdateRefused):
            MOVES[to](update, by=secretary)


@pytest.mark.parametrize("number", ["99", "9" * 30])
def test_progress_update_of_an_unknown_quarter(number, running, activity, member, signed_in):
    update_url = f"/plans/{running.code}/progress/{number}/{activity.code}/"
    assert signed_in(member).get(update_url).status_code == 404


def test_an_account_that_was_closed_is_no_second_pair_of_eyes(update, secretary, member):
    update.submitted_by = secretary
    assert not can_decide_update(secretary, update)
    member.is_active = False
    member.save()
    assert can_decide_update(secretary, update)
