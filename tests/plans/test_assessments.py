"""Scorecards of offices: who begins, marks, sees, closes them; and that they name nobody."""

import datetime
import json

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Notice
from accounts.roles import Role
from plans.models import Assessment, SideView
from plans.rules import can_keep_assessments
from plans.services.assessments import close_assessment
from plans.sides import Reader
from tests.factories.accounts import UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    AppointmentFactory,
    AttendanceFactory,
    CommitteeAccessFactory,
    DecisionFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.people import (
    ConsentFactory,
    IncumbencyFactory,
    OrganizationFactory,
    PersonFactory,
    PositionFactory,
)
from tests.factories.plans import ActivityFactory, BudgetLineFactory, LocalActionPlanFactory
from tests.factories.results import CommitmentFactory

D = datetime.date
TODAY = D(2026, 11, 20)
MARKS = {"agenda": "3", "room": "1", "means": "", "listens": "2", "protects": "4"}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """Moves the clock: `today(2027, 2, 1)`."""

    def move(*day):
        moment = datetime.datetime(*day, 9, tzinfo=datetime.UTC)
        monkeypatch.setattr(timezone, "now", lambda: moment)

    move(2026, 11, 20)
    return move


@pytest.fixture
def mayor(locality):
    return PositionFactory(locality=locality, title="Mayor of Mbuji-Mayi")


@pytest.fixture
def assessment(committee, mayor):
    """Of the first half of 2026: it can be closed."""
    return AssessmentFactory(
        committee=committee, position=mayor, label="2026-1", start=D(2026, 1, 1), end=D(2026, 6, 30)
    )


@pytest.fixture
def sits(committee):
    """`sits("government")` is the account of a seat of that side, not the mayor's."""

    def seat(side, **values):
        return CommitteeAccessFactory(
            committee=committee,
            role=Role.COMMITTEE_MEMBER,
            seat=SeatFactory(committee=committee, side=side, **values),
        ).user

    return seat


def marks_url(assessment, side=""):
    url = reverse("assessment_marks", args=[assessment.code])
    return f"{url}?side={side}" if side else url


def give(assessment, side, marks=None, note=""):
    return SideView.objects.create(
        assessment=assessment, side=side, marks=marks or {"agenda": 4, "room": 0}, note=note
    )


def text(response):
    return response.content.decode()


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


# Marks


def test_assessment_marks_of_ones_own_side(assessment, sits, signed_in):
    user = sits("civil_society")
    response = signed_in(user).post(marks_url(assessment), MARKS | {"note": "Pays late."}, follow=True)
    view = SideView.objects.get()
    assert (view.side, view.for_the_side, view.entered_by) == ("civil_society", False, user)
    assert view.marks == {"agenda": 3, "room": 1, "listens": 2, "protects": 4}
    assert "Pays late." in text(response)
    assert "3 · Mostly" in text(response)
    assert "cannot say" in text(response)


def test_assessment_marks_written_down_by_the_secretary(assessment, secretary, signed_in):
    client = signed_in(secretary)
    assert "Whose marks do you write down?" in text(client.get(marks_url(assessment)))
    response = client.post(marks_url(assessment, "government"), MARKS, follow=True)
    assert SideView.objects.get().for_the_side
    assert "written down by the secretary" in text(response)


def test_assessment_marks_of_the_other_side_are_refused(assessment, sits, member, signed_in):
    client = signed_in(sits("government"))
    assert client.post(marks_url(assessment, "civil_society"), MARKS).status_code == 403
    assert signed_in(member).post(marks_url(assessment, "government"), MARKS).status_code == 403
    assert signed_in(member).get(marks_url(assessment)).status_code == 403
    assert client.get(marks_url(assessment, "other")).status_code == 403
    assert not SideView.objects.exists()


def test_assessment_marks_of_the_very_office_are_refused_in_words(assessment, mayor, sits, signed_in):
    client = signed_in(sits("government", position=mayor))
    response = client.post(marks_url(assessment), MARKS)
    assert response.status_code == 403
    assert "An office does not mark itself" in text(response)
    assert not SideView.objects.exists()


def test_secretary_on_the_seat_of_the_office_marks_for_no_side(assessment, mayor, committee, signed_in):
    seat = SeatFactory(committee=committee, position=mayor)
    user = CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_SECRETARY, seat=seat).user
    assert signed_in(user).post(marks_url(assessment, "civil_society"), MARKS).status_code == 403
    assert not SideView.objects.exists()


def test_side_sees_the_others_marks_only_after_its_own(assessment, sits, signed_in):
    give(assessment, "government", note="Word of the prefecture.")
    client = signed_in(sits("civil_society"))
    pages = [
        assessment.get_absolute_url(),
        reverse("committee_assessments", args=[assessment.committee.code]),
    ]
    for url in pages:
        assert "Word of the prefecture." not in text(client.get(url))
    hidden = text(client.get(assessment.get_absolute_url()))
    assert "not shown yet" in hidden
    assert "4 · Fully" not in hidden
    give(assessment, "civil_society")
    shown = text(client.get(assessment.get_absolute_url()))
    assert "Word of the prefecture." in shown
    assert "4 · Fully" in shown


def test_secretary_of_a_side_does_not_open_hidden_marks(assessment, committee, signed_in):
    seat = SeatFactory(committee=committee, side="civil_society")
    user = CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_SECRETARY, seat=seat).user
    give(assessment, "government", note="Word of the prefecture.")
    response = signed_in(user).get(marks_url(assessment, "government"))
    assert response.status_code == 403
    assert "Word of the prefecture." not in text(response)
    assert signed_in(user).post(marks_url(assessment, "government"), MARKS).status_code == 403
    assert SideView.objects.get().note == "Word of the prefecture."


def test_marks_that_a_side_gave_itself_are_not_changed_for_it(assessment, sits, secretary, signed_in):
    give(assessment, "government", note="Word of the prefecture.")
    client = signed_in(secretary)
    response = client.post(marks_url(assessment, "government"), MARKS | {"note": "Better so."})
    assert response.status_code == 403
    assert "Only its own accounts change them." in text(response)
    assert "Better so." in text(response)
    assert "?side=government" not in text(client.get(assessment.get_absolute_url()))
    assert SideView.objects.get().note == "Word of the prefecture."


def test_marks_that_were_written_down_are_corrected(assessment, secretary, signed_in):
    client = signed_in(secretary)
    url = marks_url(assessment, "government")
    assert client.post(url, MARKS).status_code == 302
    opened = client.get(url).context["form"]["opened"].value()
    assert client.post(url, MARKS | {"agenda": "0", "opened": opened}).status_code == 302
    assert SideView.objects.get().marks["agenda"] == 0


def test_judged_office_sees_marks_once_it_is_closed(assessment, mayor, sits, secretary, signed_in):
    give(assessment, "government", note="Word of the prefecture.")
    give(assessment, "civil_society")
    client = signed_in(sits("government", position=mayor))
    assert "Word of the prefecture." not in text(client.get(assessment.get_absolute_url()))
    close_assessment(assessment, today=TODAY, by=secretary)
    assert "Word of the prefecture." in text(client.get(assessment.get_absolute_url()))


def test_two_marks_apart_are_to_be_talked_about(assessment, secretary, signed_in):
    give(assessment, "government", {"agenda": 4, "room": 3})
    give(assessment, "civil_society", {"agenda": 2, "room": 2})
    assert text(signed_in(secretary).get(assessment.get_absolute_url())).count("To be talked about") == 1


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (dict.fromkeys(MARKS, ""), "Give at least one mark."),
        (MARKS | {"agenda": "5"}, "5 is not one of the available choices"),
        (MARKS | {"note": "x" * 100_000}, "at most 2000 characters"),
        (MARKS | {"note": "<b>bold</b>"}, "HTML is not used here"),
    ],
)
def test_assessment_marks_keep_what_was_typed(sent, said, assessment, sits, signed_in):
    response = signed_in(sits("government")).post(marks_url(assessment), sent)
    assert response.status_code == 422
    assert said in text(response)
    if "x" in sent.get("note", ""):
        assert sent["note"] in text(response)
    assert not SideView.objects.exists()


def test_second_of_a_side_is_told_and_loses_nothing(assessment, sits, signed_in):
    client = signed_in(sits("government"))
    opened = client.get(marks_url(assessment)).context["form"]["opened"].value()
    give(assessment, "government", note="Saved by the other.")
    sent = MARKS | {"note": "Typed by me.", "opened": opened}
    response = client.post(marks_url(assessment), sent)
    assert response.status_code == 409
    assert "Saved by the other." in text(response)
    assert "Typed by me." in text(response)
    again = sent | {"opened": response.context["form"]["opened"].value()}
    assert client.post(marks_url(assessment), again).status_code == 302
    assert SideView.objects.get().note == "Typed by me."


def test_marks_of_a_closed_assessment_are_refused_with_what_was_typed(assessment, sits, secretary, signed_in):
    close_assessment(assessment, today=TODAY, by=secretary)
    response = signed_in(sits("government")).post(marks_url(assessment), MARKS | {"note": "Too late."})
    assert response.status_code == 409
    assert "The assessment is closed." in text(response)
    assert "Too late." in text(response)
    assert not SideView.objects.exists()


# Close, open again, remove


def test_assessment_close_freezes_what_was_counted(assessment, mayor, workshop, secretary, signed_in):
    kept = CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2026, 5, 1))
    client = signed_in(secretary)
    url = reverse("assessment_close", args=[assessment.code])
    page = text(client.get(url))
    assert page.count("this side stays without a voice") == 2
    assert client.post(url).status_code == 302
    assessment.refresh_from_db()
    assert (assessment.state, assessment.closed_on, assessment.closed_by) == ("closed", TODAY, secretary)
    assert assessment.facts["parts"]["commitments"] == {"open": [kept.code]}
    kept.state, kept.closed_on = "kept", TODAY
    kept.save()
    assert "kept: none" in text(client.get(assessment.get_absolute_url()))
    assert "0 of 1" in text(client.get(assessment.get_absolute_url()))


def test_assessment_close_waits_for_the_end_of_the_period(assessment, secretary, signed_in, today):
    today(2026, 6, 30)
    url = reverse("assessment_close", args=[assessment.code])
    client = signed_in(secretary)
    assert "The period runs until" in text(client.get(url))
    assert client.post(url).status_code == 409
    assert Assessment.objects.get().is_open
    today(2026, 7, 1)
    assert signed_in(secretary).post(url).status_code == 302
    assert not Assessment.objects.get().is_open


def test_assessment_reopen_needs_a_reason(assessment, secretary, signed_in):
    close_assessment(assessment, today=TODAY, by=secretary)
    url = reverse("assessment_reopen", args=[assessment.code])
    client = signed_in(secretary)
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "y" * 301}).status_code == 422
    assert not Assessment.objects.get().is_open
    assert client.post(url, {"reason": "A report came late."}).status_code == 302
    row = Assessment.objects.get()
    assert (row.state, row.facts, row.closed_on) == ("open", {}, None)
    event = AuditEvent.objects.get(verb="reopened assessment")
    assert (event.subject, event.detail) == (row.code, {"reason": "A report came late."})
    assert "It was opened again: A report came late." in text(client.get(row.get_absolute_url()))


def test_assessment_remove_only_while_it_is_open(assessment, secretary, signed_in):
    give(assessment, "government")
    client = signed_in(secretary)
    url = reverse("assessment_remove", args=[assessment.code])
    assert "The marks that were given are deleted" in text(client.get(url))
    close_assessment(assessment, today=TODAY, by=secretary)
    assert "is not removed" in text(client.post(url, follow=True))
    assert Assessment.objects.exists()
    Assessment.objects.update(state="open", closed_on=None)
    assert client.post(url).status_code == 302
    assert not Assessment.objects.exists()


# The page over two terms, and names

NAMES = ["Kabedi Hidden", "Mbuyi Hidden", "Safi Secretary", "Nadia Account"]


@pytest.fixture
def two_terms(assessment, mayor, committee, workshop):
    """An office of which the holder changed, with something in each part; names stand in every table."""
    country = committee.locality.country
    first, second = (PersonFactory(country=country, full_name=name) for name in NAMES[:2])
    for each in (first, second):
        ConsentFactory(person=each, purpose="show_to_committee")
    IncumbencyFactory(position=mayor, person=first, starts_on=D(2024, 1, 1), ends_on=D(2026, 4, 10))
    IncumbencyFactory(position=mayor, person=second, starts_on=D(2026, 4, 10))
    seat = SeatFactory(committee=committee, position=mayor)
    AppointmentFactory(seat=seat, person=second, starts_on=D(2026, 4, 10))
    AttendanceFactory(seat=seat, meeting=MeetingFactory(committee=committee, held=True))
    CommitmentFactory(
        workshop=workshop, owner=mayor, due_on=D(2026, 2, 1), state="kept", closed_on=D(2026, 1, 9)
    )
    CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2026, 5, 1))
    DecisionFactory(meeting__committee=committee, owner=mayor, due_on=D(2026, 5, 1))
    adopted = {"adopted_on": D(2025, 12, 1), "adopting_body": "Council", "adopting_act": "12/2025"}
    plan = LocalActionPlanFactory(committee=committee, state="in_implementation", **adopted)
    activity = ActivityFactory(objective__plan=plan, responsible=mayor, ends_on=D(2026, 3, 1))
    BudgetLineFactory(activity=activity, planned=1000, disbursed=500, spent=250)
    account = UserFactory(display_name="Nadia Account")
    view = give(assessment, "government")
    view.entered_by = account
    view.save()
    return assessment


def test_assessment_detail_spans_both_terms(two_terms, secretary, signed_in):
    page = text(signed_in(secretary).get(two_terms.get_absolute_url()))
    assert "The office had 2 terms in this period." in page
    assert "1 January 2024 – 10 April 2026" in page
    assert "1 of 2" in page
    assert "kept: some" in page
    assert "50%" in page  # spent of received
    assert "Method 2026-11" in page


@pytest.mark.parametrize("who", ["secretary", "member", "coordinator", "oversight"])
def test_no_person_is_named_anywhere(who, two_terms, secretary, signed_in, request):
    close_assessment(two_terms, today=TODAY, by=secretary)
    two_terms.refresh_from_db()
    client = signed_in(request.getfixturevalue(who))
    urls = [
        two_terms.get_absolute_url(),
        reverse("committee_assessments", args=[two_terms.committee.code]),
        reverse("assessment_list"),
    ]
    shown = [text(client.get(url)) for url in urls] + [json.dumps(two_terms.facts)]
    for each in shown:
        for name in NAMES:
            if name == "Safi Secretary" and who == "secretary":
                continue
            assert name not in each
            assert name.split()[0] not in each
    assert not AuditEvent.objects.filter(detail__icontains="Kabedi").exists()


# Lists and trend


def test_assessment_list_finds_by_words_country_and_year(assessment, coordinator, signed_in):
    other = AssessmentFactory(
        committee=assessment.committee,
        position__title="Chief of police",
        start=D(2025, 1, 1),
        end=D(2025, 12, 31),
    )
    client = signed_in(coordinator)

    def found(**query):
        return {row.code for row in client.get(reverse("assessment_list"), query).context["page"]}

    assert found() == {assessment.code, other.code}
    assert found(q="police") == {other.code}
    assert found(q="Kasaï") == {assessment.code, other.code}
    assert found(year="2026") == {assessment.code}
    assert found(country="CD") == {assessment.code, other.code}
    assert found(state="closed") == set()
    assert "No assessment fits" in text(client.get(reverse("assessment_list"), {"q": "nothing such"}))


def test_period_that_is_over_is_marked_to_close(assessment, secretary, signed_in):
    url = reverse("committee_assessments", args=[assessment.committee.code])
    client = signed_in(secretary)
    assert "Waits for marks" in text(client.get(url))
    give(assessment, "government")
    assert "To close" in text(client.get(url))


def test_trend_compares_with_the_period_before(assessment, mayor, workshop, secretary, signed_in):
    CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2025, 5, 1))
    before = AssessmentFactory(
        committee=assessment.committee, position=mayor, start=D(2025, 1, 1), end=D(2025, 12, 31)
    )
    close_assessment(before, today=TODAY, by=secretary)
    page = text(signed_in(secretary).get(assessment.get_absolute_url()))
    assert "Over the periods" in page
    assert '<td data-label="2025">0 of 1</td>' in page
    assert f'<a href="{before.get_absolute_url()}">2025</a>' in page


def test_pages_that_nobody_filled_say_what_comes_next(committee, secretary, oversight, signed_in):
    url = reverse("committee_assessments", args=[committee.code])
    assert "Choose the offices and the period." in text(signed_in(secretary).get(url))
    assert "secretary begins an assessment" in text(signed_in(oversight).get(url))
    assert "A committee begins one on its own page" in text(
        signed_in(oversight).get(reverse("assessment_list"))
    )
    assert "No office to assess yet" in text(
        signed_in(secretary).get(reverse("assessment_new", args=[committee.code]))
    )


@pytest.mark.parametrize("rows", [1, 5])
def test_lists_ask_the_same_number_of_queries(
    rows, committee, secretary, signed_in, django_assert_num_queries
):
    for _ in range(rows):
        give(AssessmentFactory(committee=committee), "government")
    client = signed_in(secretary)
    for url in (reverse("committee_assessments", args=[committee.code]), reverse("assessment_list")):
        client.get(url)
    with django_assert_num_queries(8):
        client.get(reverse("committee_assessments", args=[committee.code]))
    with django_assert_num_queries(7):
        client.get(reverse("assessment_list"))


@pytest.mark.parametrize("rows", [1, 5])
def test_assessment_detail_asks_the_same_number_of_queries(
    rows, two_terms, mayor, workshop, committee, secretary, signed_in, django_assert_num_queries
):
    for number in range(rows):
        CommitmentFactory(workshop=workshop, owner=mayor, due_on=D(2026, 2, 1))
        AttendanceFactory(
            seat=mayor.seats.get(),
            meeting=MeetingFactory(committee=committee, held=True, day=D(2026, 3, 5 + number)),
        )
        old = AssessmentFactory(
            committee=committee, position=mayor, start=D(2020 + number, 1, 1), end=D(2020 + number, 12, 31)
        )
        close_assessment(old, today=TODAY, by=secretary)
    client = signed_in(secretary)
    with django_assert_num_queries(20):
        client.get(two_terms.get_absolute_url())
