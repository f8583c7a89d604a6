"""Commitments: written down, found again, asked about, kept or dropped."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from frameworks.pillars import Pillar
from people.models import Organization, Position
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.results import CommitmentFactory, FollowUpFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.models import Commitment, FollowUp
from workshops.states import WorkshopState

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()


def ago(days):
    return TODAY - datetime.timedelta(days=days)


@pytest.fixture
def held(locality, facilitator):
    """A workshop that ended 95 days ago: its second milestone has come."""
    return WorkshopFactory(
        locality=locality,
        facilitators=[facilitator],
        starts_on=ago(96),
        ends_on=ago(95),
        state=WorkshopState.HELD,
        title="Held workshop",
    )


def promise(workshop, **changed):
    return {
        "text": "Light the road to the water point",
        "title": "Mayor",
        "organization": "City of Mbujimayi",
        "locality": workshop.locality.code,
        "due_on": f"{workshop.ends_on + datetime.timedelta(days=60):%Y-%m-%d}",
        "pillar": Pillar.PROTECTION,
    } | changed


def test_commitment_new_makes_the_position_and_uses_it_again(signed_in, facilitator, held):
    client, address = signed_in(facilitator), reverse("commitment_new", args=[held.code])
    for title in ("Mayor", " mayor "):
        assert client.post(address, promise(held, title=title)).status_code == 302
    assert Position.objects.get().organization == Organization.objects.get()
    assert Commitment.objects.filter(owner__title="Mayor").count() == 2
    assert AuditEvent.objects.filter(verb="recorded commitment").count() == 2


def test_commitment_new_suggests_the_offices_of_those_registered(signed_in, facilitator, held):
    office = PositionFactory(locality=held.locality, title="Queen mother")
    ParticipationFactory(workshop=held, person=PersonFactory(country=held.locality.country), position=office)
    page = signed_in(facilitator).get(reverse("commitment_new", args=[held.code])).text
    assert '<option value="Queen mother">' in page


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 100_000}, "text"),
        ({"title": ""}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"due_on": ""}, "due_on"),
        ({"due_on": "soon"}, "due_on"),
        ({"due_on": "9999-01-01"}, "due_on"),
        ({"locality": "SL-BO-CITY"}, "locality"),
        ({"pillar": "x"}, "pillar"),
    ],
)
def test_commitment_new_keeps_what_was_typed(signed_in, facilitator, held, elsewhere, changed, field):
    response = signed_in(facilitator).post(
        reverse("commitment_new", args=[held.code]), promise(held, **changed)
    )
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Protection" in response.text
    assert not Commitment.objects.exists()
    assert not Position.objects.exists()


def test_commitment_new_is_due_on_the_first_day_at_the_earliest(signed_in, facilitator, held):
    client, address = signed_in(facilitator), reverse("commitment_new", args=[held.code])
    assert client.post(address, promise(held, due_on=f"{ago(97):%Y-%m-%d}")).status_code == 422
    assert client.post(address, promise(held, due_on=f"{ago(96):%Y-%m-%d}")).status_code == 302


def test_commitment_list_overdue_first_then_open_then_closed(signed_in, facilitator, held):
    closed = CommitmentFactory(workshop=held, due_on=ago(50), state="kept")
    later = CommitmentFactory(workshop=held, due_on=TODAY)
    overdue = CommitmentFactory(workshop=held, due_on=ago(1))
    rows = signed_in(facilitator).get(reverse("commitment_list")).context["rows"]
    assert [row for row, _overdue, _due in rows] == [overdue, later, closed]
    assert [is_overdue for _row, is_overdue, _due in rows] == [True, False, False]


def test_commitment_list_shows_those_of_visible_workshops_alone(
    signed_in, outsider, coordinator, held, elsewhere
):
    CommitmentFactory(workshop=held, text="Secret promise of Kasaï")
    own = CommitmentFactory(workshop=WorkshopFactory(locality=elsewhere), text="Promise of Bo")
    response = signed_in(outsider).get(reverse("commitment_list"))
    assert [row for row, *_rest in response.context["rows"]] == [own]
    assert "Kasaï" not in response.text
    assert "Secret promise" in signed_in(coordinator).get(reverse("commitment_list")).text


@pytest.fixture
def several(held, locality):
    new = WorkshopFactory(locality=locality, starts_on=ago(31), ends_on=ago(30), state=WorkshopState.HELD)
    return {
        "overdue": CommitmentFactory(workshop=held, due_on=ago(2), text="Wéll and lamp"),
        "asked": FollowUpFactory(
            commitment=CommitmentFactory(workshop=held, due_on=TODAY, pillar="prevention"), milestone=90
        ).commitment,
        "new": CommitmentFactory(workshop=new, due_on=TODAY),
        "kept": CommitmentFactory(workshop=held, due_on=ago(2), state="kept"),
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("show=overdue", {"overdue"}),
        ("show=open", {"overdue", "asked", "new"}),
        ("show=kept", {"kept"}),
        ("show=ask", {"overdue", "new"}),
        ("after=30", {"new"}),
        ("after=90", {"overdue"}),
        ("after=180", set()),
        ("pillar=prevention", {"asked"}),
        ("locality=CD-KE", {"overdue", "asked", "new", "kept"}),
        ("q=lamp", {"overdue"}),
        ("q=kasai", {"overdue", "asked", "new", "kept"}),
        ("q=nothing+like+it", set()),
        # Odd input shows all, and no error.
        ("show=everything", {"overdue", "asked", "new", "kept"}),
        ("after=x&pillar=y&locality=NOWHERE&page=999", {"overdue", "asked", "new", "kept"}),
        ("print=1&show=kept", {"kept"}),
    ],
)
def test_commitment_list_filters(signed_in, facilitator, several, query, found):
    response = signed_in(facilitator).get(f"{reverse('commitment_list')}?{query}")
    rows = {row for row, *_rest in response.context["rows"]}
    assert {name for name, row in several.items() if row in rows} == found


def test_commitment_list_of_one_workshop(signed_in, facilitator, several, held):
    response = signed_in(facilitator).get(f"{reverse('commitment_list')}?workshop={held.code}")
    assert len(response.context["rows"]) == 3
    assert f'<input type="hidden" name="workshop" value="{held.code}">' in response.text


def test_commitment_list_has_pages_and_one_for_paper(signed_in, facilitator, held):
    for _number in range(27):
        CommitmentFactory(workshop=held)
    client, address = signed_in(facilitator), reverse("commitment_list")
    assert len(client.get(address).context["rows"]) == 25
    assert len(client.get(f"{address}?page=2").context["rows"]) == 2
    assert len(client.get(f"{address}?print=1").context["rows"]) == 27


@pytest.mark.parametrize("rows", [1, 5])
def test_commitment_list_costs_six_queries(signed_in, facilitator, held, rows, django_assert_num_queries):
    for _number in range(rows):
        FollowUpFactory(commitment=CommitmentFactory(workshop=held))
    client = signed_in(facilitator)
    with django_assert_num_queries(6):
        client.get(reverse("commitment_list"))


def test_commitment_detail_says_what_was_heard_and_what_is_due(signed_in, facilitator, held):
    commitment = CommitmentFactory(workshop=held)
    FollowUpFactory(commitment=commitment, milestone=30, note="Tenders were asked for.")
    page = signed_in(facilitator).get(commitment.get_absolute_url()).text
    assert "Tenders were asked for." in page
    assert "To be asked about now" in page
    assert f"{reverse('follow_up_new', args=[commitment.code])}?after=90" in page


def test_commitment_detail_for_readers_has_no_way_to_change(signed_in, oversight, held):
    commitment = CommitmentFactory(workshop=held)
    page = signed_in(oversight).get(commitment.get_absolute_url()).text
    assert reverse("commitment_edit", args=[commitment.code]) not in page
    assert reverse("follow_up_new", args=[commitment.code]) not in page


@pytest.mark.parametrize(
    "name", ["commitment_edit", "commitment_remove", "follow_up_new", "commitment_close", "commitment_reopen"]
)
def test_changing_a_commitment_is_for_who_runs_the_workshop(signed_in, coordinator, outsider, held, name):
    address = reverse(name, args=[CommitmentFactory(workshop=held).code])
    assert signed_in(coordinator).post(address).status_code == 403
    assert signed_in(outsider).post(address).status_code == 404


def test_commitment_of_closed_workshop_is_still_followed_up(signed_in, facilitator, held):
    commitment = CommitmentFactory(workshop=held)
    held.state = WorkshopState.CLOSED
    held.save()
    assert signed_in(facilitator).get(reverse("follow_up_new", args=[commitment.code])).status_code == 200


def heard(**changed):
    return {"milestone": "90", "progress": "under_way", "on": f"{TODAY:%Y-%m-%d}", "note": "Half"} | changed


def test_follow_up_new_writes_down_and_corrects(signed_in, facilitator, held):
    commitment = CommitmentFactory(workshop=held)
    client, address = signed_in(facilitator), reverse("follow_up_new", args=[commitment.code])
    assert client.get(address).context["form"]["milestone"].value() == "90"
    assert client.post(address, heard()).url == commitment.get_absolute_url()
    shown = client.get(f"{address}?after=90").context["form"]
    assert (shown["note"].value(), shown["progress"].value()) == ("Half", "under_way")
    client.post(address, heard(note="Three quarters"))
    follow_up = FollowUp.objects.get()
    assert (follow_up.note, follow_up.recorded_by) == ("Three quarters", facilitator)
    commitment.refresh_from_db()
    assert commitment.state == "open"


def test_follow_up_new_that_was_kept_closes_it(signed_in, facilitator, held):
    commitment = CommitmentFactory(workshop=held)
    address = reverse("follow_up_new", args=[commitment.code])
    signed_in(facilitator).post(address, heard(progress="kept", on=f"{ago(3):%Y-%m-%d}"))
    commitment.refresh_from_db()
    assert (commitment.state, commitment.closed_on, commitment.closing_note) == ("kept", ago(3), "Half")
    response = signed_in(facilitator).post(address, heard(progress="under_way"))
    assert response.status_code == 422
    assert "closed in the meantime" in response.text


@pytest.mark.parametrize(
    "changed",
    [
        {"milestone": "180"},
        {"milestone": "7"},
        {"milestone": ""},
        {"progress": "dropped", "note": "  "},
        {"progress": "lost"},
        {"on": f"{TODAY + datetime.timedelta(days=1):%Y-%m-%d}"},
        {"on": f"{ago(97):%Y-%m-%d}"},
        {"note": "x" * 1001},
    ],
)
def test_follow_up_new_refuses(signed_in, facilitator, held, changed):
    commitment = CommitmentFactory(workshop=held)
    address = reverse("follow_up_new", args=[commitment.code])
    assert signed_in(facilitator).post(address, heard(**changed)).status_code == 422
    assert not FollowUp.objects.exists()


def test_follow_up_new_before_the_first_milestone_says_when(signed_in, facilitator, locality):
    workshop = WorkshopFactory(
        locality=locality, facilitators=[facilitator], starts_on=ago(3), ends_on=ago(2)
    )
    address = reverse("follow_up_new", args=[CommitmentFactory(workshop=workshop).code])
    assert "30 days after the workshop" in signed_in(facilitator).get(f"{address}?after=30").text


def test_commitment_close_and_reopen(signed_in, facilitator, held):
    commitment = CommitmentFactory(workshop=held)
    client, address = signed_in(facilitator), reverse("commitment_close", args=[commitment.code])
    data = {"state": "dropped", "on": f"{ago(1):%Y-%m-%d}", "note": ""}
    assert client.post(address, data).status_code == 422
    assert client.post(address, data | {"note": "No money"}).status_code == 302
    commitment.refresh_from_db()
    assert (commitment.state, commitment.closed_on, commitment.closing_note) == (
        "dropped",
        ago(1),
        "No money",
    )
    assert client.post(address, data | {"note": "Twice"}).status_code == 422
    assert client.get(reverse("commitment_reopen", args=[commitment.code])).status_code == 405
    client.post(reverse("commitment_reopen", args=[commitment.code]))
    commitment.refresh_from_db()
    assert (commitment.state, commitment.closed_on, commitment.closing_note) == ("open", None, "")
    verbs = AuditEvent.objects.filter(subject=commitment.code).values_list("verb", flat=True)
    assert set(verbs) == {"closed commitment", "reopened commitment"}


def test_commitment_edit_changes_promise_and_position(signed_in, facilitator, held):
    commitment = CommitmentFactory(workshop=held)
    address = reverse("commitment_edit", args=[commitment.code])
    assert commitment.owner.title in signed_in(facilitator).get(address).text
    assert signed_in(facilitator).post(address, promise(held, title="Governor")).status_code == 302
    commitment.refresh_from_db()
    assert commitment.owner.title == "Governor"


def test_commitment_remove_takes_what_was_heard_along(signed_in, facilitator, held):
    commitment = FollowUpFactory(commitment__workshop=held).commitment
    address = reverse("commitment_remove", args=[commitment.code])
    assert signed_in(facilitator).get(address).status_code == 200
    assert signed_in(facilitator).post(address).status_code == 302
    assert not Commitment.objects.exists()
    assert not FollowUp.objects.exists()


def test_audit_of_commitments_holds_codes_only(signed_in, facilitator, held):
    signed_in(facilitator).post(reverse("commitment_new", args=[held.code]), promise(held))
    event = AuditEvent.objects.get(verb="recorded commitment")
    assert event.detail == {"workshop": held.code}
