"""Scorecards of offices: who may keep and see them, and how one begins."""

import pytest
from django.urls import reverse

from accounts.models import AuditEvent, Notice
from plans.models import Assessment
from plans.rules import can_keep_assessments
from plans.services.assessments import close_assessment
from plans.sides import Reader
from tests.factories.committees import SeatFactory
from tests.factories.people import OrganizationFactory, PositionFactory
from tests.factories.results import CommitmentFactory
from tests.plans.assessments.scene import TODAY, D, text

pytestmark = pytest.mark.django_db


# Who may


@pytest.mark.parametrize(
    ("who", "keeps"),
    [
        ("administrator", False),
        ("coordinator", True),
        ("facilitator", True),
        ("oversight", False),
        ("secretary", True),
        ("member", False),
        ("outsider", False),
    ],
)
def test_can_keep_assessments_by_role(who, keeps, committee, request):
    user = request.getfixturevalue(who)
    assert can_keep_assessments(user, committee) is keeps
    assert Reader.from_user(user, committee).keeps is keeps


@pytest.mark.parametrize(
    ("who", "sees_open", "sees_closed"),
    [
        ("administrator", True, True),
        ("coordinator", True, True),
        ("facilitator", True, True),
        ("oversight", False, True),
        ("secretary", True, True),
        ("member", True, True),
        ("outsider", False, False),
    ],
)
def test_visible_to_shows_oversight_only_what_is_closed(
    who, sees_open, sees_closed, assessment, secretary, request
):
    user = request.getfixturevalue(who)
    seen = Assessment.objects.visible_to(user)
    assert seen.filter(pk=assessment.pk).exists() is sees_open
    close_assessment(assessment, today=TODAY, by=secretary)
    assert seen.all().filter(pk=assessment.pk).exists() is sees_closed


@pytest.mark.parametrize(
    "name", ["assessment_new", "assessment_close", "assessment_reopen", "assessment_remove"]
)
@pytest.mark.parametrize("who", ["administrator", "member"])
def test_keeping_is_refused_to_who_only_reads(name, who, assessment, committee, signed_in, request):
    code = committee.code if name == "assessment_new" else assessment.code
    url = reverse(name, args=[code])
    client = signed_in(request.getfixturevalue(who))
    assert client.get(url).status_code == 403
    assert client.post(url, {"reason": "x"}).status_code == 403
    assert Assessment.objects.count() == 1


# Begin


@pytest.fixture
def new_url(committee):
    return reverse("assessment_new", args=[committee.code])


def test_assessment_new_opens_one_of_each_office(new_url, mayor, committee, secretary, sits, signed_in):
    told = sits("civil_society")
    chief = PositionFactory(locality=committee.locality, title="Chief of police")
    for office in (mayor, chief):
        SeatFactory(committee=committee, position=office)
    sent = {"positions": [mayor.pk, chief.pk], "period": "2026-01-01/2026-06-30"}
    response = signed_in(secretary).post(new_url, sent, follow=True)
    assert "2 assessments are open." in text(response)
    made = Assessment.objects.get(position=mayor)
    assert (made.period, made.start, made.end) == ("2026, first half", D(2026, 1, 1), D(2026, 6, 30))
    assert Assessment.objects.count() == 2
    notice = Notice.objects.get()
    assert (notice.user, notice.kind) == (told, "assessment")
    event = AuditEvent.objects.filter(verb="opened assessment").first()
    assert set(event.detail) == {"committee", "position"}


def test_assessment_new_offers_authorities_only(new_url, mayor, committee, workshop, secretary, signed_in):
    CommitmentFactory(workshop=workshop, owner=mayor)
    network = OrganizationFactory(country=committee.locality.country, kind="womens_rights")
    leader = PositionFactory(locality=committee.locality, title="Network leader", organization=network)
    CommitmentFactory(workshop=workshop, owner=leader)
    SeatFactory(committee=committee, side="civil_society", position__title="Women of the market")
    PositionFactory(locality=committee.locality, title="Owes nothing")
    page = text(signed_in(secretary).get(new_url))
    assert "Mayor of Mbuji-Mayi" in page
    for title in ("Network leader", "Women of the market", "Owes nothing"):
        assert title not in page


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"start": "2026-05-01", "end": "2026-04-01"}, "The period ends before it begins."),
        ({"start": "2026-11-21", "end": "2026-12-01"}, "This period has not begun yet"),
        ({"start": "2010-01-01", "end": "2026-01-01"}, "longer than five years"),
        ({"start": "1990-01-01", "end": "1990-02-01"}, "before resolution 1325"),
        ({"start": "", "end": "2026-12-01"}, "From which day?"),
        ({"start": "2026-01-01", "end": "2026-06-30"}, "There is an assessment of that period already of"),
        ({"positions": [], "start": "2026-02-01", "end": "2026-03-01"}, "Tick at least one office."),
        ({"positions": ["9" * 30], "start": "2026-02-01", "end": "2026-03-01"}, "9999"),
    ],
)
def test_assessment_new_is_refused_in_words(
    sent, said, new_url, assessment, mayor, committee, secretary, signed_in
):
    SeatFactory(committee=committee, position=mayor)
    response = signed_in(secretary).post(new_url, {"positions": [mayor.pk], "period": "days"} | sent)
    assert response.status_code == 422
    assert said in text(response)
    assert Assessment.objects.count() == 1


def test_assessment_new_sent_twice_makes_one(new_url, mayor, committee, secretary, signed_in):
    SeatFactory(committee=committee, position=mayor)
    sent = {
        "positions": [mayor.pk],
        "period": "2025-01-01/2025-12-31",
        "sent_form": "6f1cb7e0-3f0e-4c1e-9a3b-0b6d6a2d9a11",
    }
    client = signed_in(secretary)
    assert [client.post(new_url, sent).status_code for _ in range(2)] == [302, 302]
    assert Assessment.objects.count() == 1
