import re
import uuid

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from people.consent import Purpose
from people.models import Consent
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.workshops import InvitationFactory, ParticipationFactory, WorkshopFactory
from workshops.models import Answer, Champion, Invitation
from workshops.states import WorkshopKind, WorkshopState

HTMX = {"HX-Request": "true"}


@pytest.fixture
def url(workshop):
    return reverse("invitation_list", args=[workshop.code])


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def form():
    def typed(**changed):
        return {
            "full_name": "",
            "position": "Mayor of Muya",
            "category": "mayor",
            "submission": str(uuid.uuid4()),
        } | changed

    return typed


def text(response):
    return response.content.decode()


def test_invitation_list_invites_a_position(client, url, form, facilitator):
    answer = client.post(url, form(organization="Commune of Muya", phone="+243 81 234 5678"), follow=True)
    assert answer.redirect_chain == [(f"{url}?next", 302)]
    row = Invitation.objects.get()
    assert (row.position, row.full_name, row.key) == ("Mayor of Muya", "", "")
    assert row.counted_as_local_authority
    assert (row.answer, row.recorded_by) == (Answer.WAITING, facilitator)
    page = text(answer)
    assert "Mayor of Muya" in page
    assert "Invited: Mayor." in page
    assert "autofocus" in page


def test_invitation_list_htmx_answers_with_the_list_alone(client, url, form):
    answer = client.post(url, form(), headers=HTMX)
    assert "<html" not in text(answer)
    meter = "1 of 1 is a local authority; the target of 60% is reached."
    assert text(answer).count(meter) == text(client.get(url)).count(meter) == 2
    assert "Invited: Mayor." in text(answer)


def test_invitation_list_twice_invites_once(client, url, form):
    sent = form(full_name="Marie Kabongo")
    client.post(url, sent)
    assert "Invited already" in text(client.post(url, sent, follow=True))
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("changed", [{"full_name": "KABONGO marie"}, {"full_name": "Dr Marie Kabongo"}])
def test_invitation_list_warns_of_the_same_name(client, url, form, changed, workshop):
    InvitationFactory(workshop=workshop, full_name="Marie Kabongo")
    sent = form(**changed)
    asked = client.post(url, sent)
    assert asked.status_code == 422
    assert "Is this somebody who is invited already?" in text(asked)
    assert changed["full_name"] in text(asked)
    assert Invitation.objects.count() == 1
    client.post(url, sent | {"again": "1"})
    assert Invitation.objects.count() == 2


def test_invitation_list_warns_of_the_same_position(client, url, form, workshop):
    InvitationFactory(workshop=workshop, full_name="", position="mayor of  muya")
    assert client.post(url, form()).status_code == 422
    assert client.post(url, form(organization="Another commune")).status_code == 302


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"position": "", "full_name": ""}, "position"),
        ({"category": ""}, "category"),
        ({"category": "queen"}, "category"),
        ({"full_name": "123"}, "full_name"),
        ({"full_name": "x" * 100_000}, "full_name"),
        ({"position": "x" * 100_000}, "position"),
        ({"phone": "call me"}, "phone"),
        ({"email": "no address"}, "email"),
        ({"sex": "x"}, "sex"),
        ({"submission": "x"}, "submission"),
        ({"comes_from": "Atlantis"}, "comes_from"),
    ],
)
def test_invitation_list_with_bad_input(client, url, form, changed, field):
    answer = client.post(url, form(**changed))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Invitation.objects.exists()


def test_invitation_list_meter_while_inviting(client, url, workshop):
    """Two of three who have not said no govern; of those who said yes, one of one."""
    InvitationFactory(workshop=workshop, category="mayor", answer=Answer.COMING)
    InvitationFactory(workshop=workshop, category="mayor")
    InvitationFactory(workshop=workshop, category="teacher")
    InvitationFactory(workshop=workshop, category="elder", answer=Answer.NOT_COMING)
    stages = client.get(url).context["stages"]
    assert [(stage.turnout.authorities, stage.turnout.total) for stage in stages] == [(2, 4), (2, 3), (1, 1)]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_invitation_list_answer_in_one_tap(client, url, workshop, headers):
    row = InvitationFactory(workshop=workshop)
    answer = client.post(f"{url}?answer=", {"invitation": row.code, "answer": "coming"}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    row.refresh_from_db()
    assert row.answer == Answer.COMING


@pytest.mark.parametrize("said", ["", "perhaps", "é" * 200])
def test_invitation_list_odd_answer(client, url, workshop, said):
    row = InvitationFactory(workshop=workshop)
    assert client.post(url, {"invitation": row.code, "answer": said}).status_code == 302
    assert client.post(url, {"invitation": "Ünknown", "answer": "coming"}).status_code == 302
    row.refresh_from_db()
    assert row.answer == Answer.WAITING


def test_invitation_list_of_another_workshop_is_not_answered(client, url):
    foreign = InvitationFactory()
    client.post(url, {"invitation": foreign.code, "answer": "coming"})
    foreign.refresh_from_db()
    assert foreign.answer == Answer.WAITING


def test_invitation_list_filters(client, url, workshop):
    InvitationFactory(workshop=workshop, full_name="Coming Mayor", answer=Answer.COMING)
    InvitationFactory(workshop=workshop, full_name="Silent Teacher", category="teacher")
    came = ParticipationFactory(workshop=workshop)
    InvitationFactory(workshop=workshop, full_name="Present Elder", category="elder", participation=came)

    def names(**asked):
        return [row.full_name for row in client.get(url, asked).context["page"]]

    assert names(answer="coming") == ["Coming Mayor"]
    assert names(answer="waiting") == ["Silent Teacher"]
    assert names(answer="registered") == ["Present Elder"]
    assert names(category="teacher") == ["Silent Teacher"]
    assert len(names(answer="nonsense")) == 3
    assert "No invitation fits" in text(client.get(url, {"answer": "not_coming"}))


def test_invitation_list_links_who_has_come(client, url, workshop):
    came = ParticipationFactory(workshop=workshop)
    InvitationFactory(workshop=workshop, participation=came)
    assert reverse("participation_edit", args=[workshop.code, came.person.code]) in text(client.get(url))


def test_invitation_list_of_a_closed_workshop(client, url, form, workshop):
    InvitationFactory(workshop=workshop, full_name="", key="", position="")
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert "Name deleted" in text(client.get(url))
    answer = client.post(url, form(position="Somebody late"))
    assert answer.status_code == 409
    assert Invitation.objects.count() == 1


def test_invitation_list_of_a_training_warns_of_those_who_are_no_champions(client, url, workshop):
    workshop.kind = WorkshopKind.TRAINING_OF_TRAINERS
    workshop.save()
    InvitationFactory(workshop=workshop)
    assert "no champion of an earlier workshop" in text(client.get(url))


@pytest.mark.parametrize("size", [1, 5])
def test_invitation_list_number_of_queries(client, url, workshop, size, django_assert_num_queries):
    for _number in range(size):
        came = ParticipationFactory(workshop=workshop)
        InvitationFactory(workshop=workshop, locality=workshop.locality, participation=came)
    client.get(url)
    with django_assert_num_queries(QUERIES):
        client.get(url)


QUERIES = 11


def test_invitation_edit_and_remove(client, workshop, form, url):
    row = InvitationFactory(workshop=workshop, full_name="Marie Kabongo", category="teacher")
    edit = reverse("invitation_edit", args=[workshop.code, row.code])
    assert "Marie Kabongo" in text(client.get(edit))
    assert client.post(edit, form(full_name="", position="")).status_code == 422
    assert client.post(edit, form(full_name="Marie Mbuyi", category="governor")).url == url
    row.refresh_from_db()
    assert (row.full_name, row.category, row.counted_as_local_authority) == ("Marie Mbuyi", "governor", True)
    remove = reverse("invitation_remove", args=[workshop.code, row.code])
    assert "Remove this invitation?" in text(client.get(remove))
    assert Invitation.objects.exists()
    client.post(remove)
    assert not Invitation.objects.exists()
    assert client.get(edit).status_code == 404


def test_invitation_audit_holds_no_names(client, url, form):
    client.post(url, form(full_name="Marie Kabongo", phone="+243 81 234 5678"))
    for event in AuditEvent.objects.all():
        assert "Kabongo" not in f"{event.subject} {event.detail}"
        assert "234" not in f"{event.subject} {event.detail}"


def test_invitation_print_shows_all(client, workshop):
    InvitationFactory.create_batch(30, workshop=workshop, position="Mayor")
    page = text(client.get(reverse("invitation_print", args=[workshop.code])))
    assert page.count("Invited Number") == 30


@pytest.fixture
def earlier(locality, facilitator):
    return WorkshopFactory(locality=locality, facilitators=[facilitator], title="The earlier event")


def pick_url(workshop, source):
    return f"{reverse('invitation_pick', args=[workshop.code])}?from={source}"


def test_invitation_pick_invites_again(client, workshop, earlier):
    position = PositionFactory(locality=workshop.locality, title="Mayor of Muya")
    person = PersonFactory(
        country=workshop.locality.country,
        full_name="Marie Kabongo",
        phone="081",
    )
    silent = PersonFactory(country=workshop.locality.country, full_name="Odette Mbuyi", phone="082")
    Consent.objects.create(person=person, purpose=Purpose.CONTACT, language="fr")
    for each in (person, silent):
        ParticipationFactory(workshop=earlier, person=each, position=position)
    left_out = ParticipationFactory(workshop=earlier)
    url = pick_url(workshop, earlier.code)
    assert "The earlier event" in text(client.get(url))
    assert "Marie Kabongo" in text(client.get(url))
    client.post(url, {"person": [person.code, silent.code]})
    rows = {row.full_name: row for row in Invitation.objects.filter(workshop=workshop)}
    assert set(rows) == {"Marie Kabongo", "Odette Mbuyi"}
    assert rows["Marie Kabongo"].position == "Mayor of Muya"
    assert rows["Marie Kabongo"].phone == "081"
    assert rows["Odette Mbuyi"].phone == ""
    assert not Invitation.objects.filter(person=left_out.person).exists()
    client.post(url, {"person": [person.code]})
    assert Invitation.objects.filter(workshop=workshop).count() == 2


def test_invitation_pick_for_a_training_begins_with_the_champions(client, workshop, earlier):
    workshop.kind = "tot"
    workshop.save()
    page = client.get(reverse("invitation_pick", args=[workshop.code]))
    assert page.context["source"] == "champions"
    assert client.get(page.request["PATH_INFO"], {"from": ""}).context["source"] == ""


def test_invitation_list_has_each_id_once(client, url, workshop):
    """The form for the next one and the filter both ask for a category."""
    InvitationFactory(workshop=workshop)
    ids = re.findall(r' id="([^"]+)"', client.get(url).content.decode())
    assert sorted(set(ids)) == sorted(ids)


def test_invitation_pick_shows_only_events_of_ones_own(client, workshop):
    """Somebody else's event in the same province: neither it nor its people may be seen."""
    foreign = WorkshopFactory(locality=workshop.locality, title="Foreign event")
    person = PersonFactory(country=workshop.locality.country, full_name="Hidden Kabedi")
    ParticipationFactory(workshop=foreign, person=person)
    url = pick_url(workshop, foreign.code)
    page = text(client.get(url))
    assert "Hidden Kabedi" not in page
    assert "Foreign event" not in page
    client.post(url, {"person": [person.code]})
    assert not Invitation.objects.exists()


def test_invitation_pick_champions(client, workshop, earlier):
    came = ParticipationFactory(workshop=earlier, person=PersonFactory(country=workshop.locality.country))
    ParticipationFactory(workshop=earlier, person=PersonFactory(country=workshop.locality.country))
    Champion.objects.create(person=came.person, workshop=earlier, locality=earlier.locality)
    rows = client.get(pick_url(workshop, "champions")).context["rows"]
    assert [each.person for each, _is_here in rows] == [came.person]


@pytest.mark.parametrize("source", ["", "W-NOBODY", "é<script>", "x" * 3000])
def test_invitation_pick_from_an_odd_source(client, workshop, source):
    assert client.get(pick_url(workshop, source)).status_code == 200


PAGES = ["invitation_list", "invitation_print", "invitation_pick"]


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_invitation_pages_closed_to_others(role, status, request, signed_in, workshop, form):
    row = InvitationFactory(workshop=workshop, full_name="Marie Kabongo")
    other = signed_in(request.getfixturevalue(role))
    urls = [reverse(name, args=[workshop.code]) for name in PAGES]
    urls += [
        reverse(name, args=[workshop.code, row.code]) for name in ("invitation_edit", "invitation_remove")
    ]
    for url in urls:
        assert other.get(url).status_code == status
        assert other.post(url, form()).status_code in (status, 405)
    assert Invitation.objects.get() == row
