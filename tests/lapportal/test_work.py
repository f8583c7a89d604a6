"""The page My work: everything that waits for one user, oldest first, with a link to where it is done."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from committees.models import MinutesState
from lapportal.work.desk import Desk, Waiting
from lapportal.work.tasks import Later, Task, TaskKind
from plans.services.periods import create_periods
from plans.states import PlanState
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.assessments import AssessmentFactory
from tests.factories.committees import (
    AppointmentFactory,
    CommitteeAccessFactory,
    CommitteeFactory,
    DecisionFactory,
    ForwardingFactory,
    MeetingFactory,
    SeatFactory,
)
from tests.factories.editions import AdoptedPlanFactory
from tests.factories.frameworks import LeadFactory, NapFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import ElectionFactory, HandoverFactory
from tests.factories.plans import (
    ActivityFactory,
    AlignmentFactory,
    CommentFactory,
    IntegrationFactory,
    LocalActionPlanFactory,
    ObjectiveFactory,
    ProgressUpdateFactory,
    ValidationRoundFactory,
)
from tests.factories.results import CommitmentFactory
from tests.factories.workshops import SelfRegistrationFactory, WorkshopFactory
from workshops.states import WorkshopState

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2026, 7, 1)
HIDDEN = "Hidden Person Kabedi"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda moment=None: TODAY)


def ago(days):
    return TODAY - datetime.timedelta(days=days)


def busy_place(locality, *, runs, committee):
    """One row of whatever can wait, in one place."""
    workshop = WorkshopFactory(
        locality=locality, facilitators=[runs], state=WorkshopState.HELD, starts_on=ago(40), ends_on=ago(40)
    )
    CommitmentFactory(workshop=workshop, due_on=ago(5))
    SelfRegistrationFactory(workshop=workshop, full_name=HIDDEN)
    seat = SeatFactory(committee=committee)
    AppointmentFactory(seat=seat, ends_on=ago(40), how_ended="resigned")
    AppointmentFactory(seat__committee=committee, term_ends_on=ago(-20))
    MeetingFactory(committee=committee, day=ago(50))
    held = MeetingFactory(committee=committee, day=ago(60), held=True)
    MeetingFactory(
        committee=committee,
        day=ago(70),
        held=True,
        minutes_state=MinutesState.COMMENT,
        minutes_comments_until=ago(40),
    )
    decision = DecisionFactory(meeting=held, due_on=ago(40))
    ForwardingFactory(decision=decision, to=committee, sent_on=ago(41))
    AssessmentFactory(committee=committee, start=ago(200), end=ago(40))
    HandoverFactory(position=seat.position, opened_on=ago(80), due_on=ago(40))
    draft = LocalActionPlanFactory(committee=committee, state=PlanState.VALIDATION)
    ValidationRoundFactory(plan=draft, opened_on=ago(60))
    CommentFactory(plan=draft)
    AlignmentFactory(objective=ObjectiveFactory(plan=draft))
    followed = AdoptedPlanFactory(committee=committee, state=PlanState.IN_IMPLEMENTATION)
    create_periods(followed)
    activity = ActivityFactory(objective__plan=followed)
    ProgressUpdateFactory(activity=activity, period=followed.periods.get(number=1), state="submitted")
    ActivityFactory(objective=activity.objective)
    IntegrationFactory(locality=locality, entry_point_on=TODAY)


@pytest.fixture
def busy(locality, committee, facilitator, secretary, country):
    busy_place(locality, runs=facilitator, committee=committee)
    nap = NapFactory(country=country, period_end=ago(-100))
    LeadFactory(framework=nap, until=ago(10))
    LeadFactory(framework=nap, since=ago(10), institution="Ministry of Peace")
    ElectionFactory(country=country, held_on=ago(-30))
    return committee


def test_my_work_lists_everything_oldest_first(signed_in, secretary, busy):
    response = signed_in(secretary).get(reverse("my_work"))
    assert response.status_code == 200
    tasks = response.context["desk"].tasks
    assert [task.day for task in tasks] == sorted(task.day for task in tasks)
    assert {task.kind for task in tasks} == {TaskKind.COMMITTEES, TaskKind.PLANS, TaskKind.OFFICES}
    assert len(tasks) >= 12
    for task in tasks:
        assert task.what in response.text or "“" in task.what
        assert task.then.endswith(".")


@pytest.mark.parametrize("name", ["coordinator", "facilitator", "secretary", "member"])
def test_my_work_links_only_to_pages_that_open(signed_in, name, request, busy):
    """What waits can be done: no link leads to a refusal."""
    user = request.getfixturevalue(name)
    client = signed_in(user)
    for url in {task.url for task in Desk.of(user, today=TODAY).tasks}:
        assert client.get(url).status_code == 200, url


@pytest.mark.parametrize("name", ["outsider", "oversight", "administrator"])
def test_my_work_shows_others_no_task_of_the_committee(signed_in, name, request, busy):
    """Whoever sees the place but may do nothing there has nothing to do there."""
    user = request.getfixturevalue(name)
    page = signed_in(user).get(reverse("my_work"))
    assert not [task for task in page.context["desk"].tasks if task.kind == TaskKind.WORKSHOPS]
    if name != "administrator":
        assert not page.context["desk"].tasks
        assert busy.name not in page.text


def test_my_work_names_nobody(signed_in, facilitator, busy):
    page = signed_in(facilitator).get(reverse("my_work")).text
    assert "Let in 1 person who waits at the door" in page
    assert HIDDEN not in page


def test_my_work_by_kind_and_place(signed_in, coordinator, busy, country):
    other = LocalityFactory(code="CD-LU", name="Lualaba", country=country)
    IntegrationFactory(locality=other, entry_point_on=TODAY, host_plan="Plan of Lualaba")
    client = signed_in(coordinator)
    page = client.get(reverse("my_work"), {"place": "CD-LU"})
    assert [task.place.code for task in page.context["page"]] == ["CD-LU"]
    page = client.get(reverse("my_work"), {"kind": "offices"})
    assert {task.kind for task in page.context["page"]} == {TaskKind.OFFICES}
    page = client.get(reverse("my_work"), {"kind": "offices", "place": "CD-LU"})
    assert "Nothing of this kind waits for you here" in page.text
    everything = len(client.get(reverse("my_work")).context["desk"].tasks)
    for odd in ({"kind": "odd"}, {"place": "XX"}, {"page": "9999"}, {"page": "odd"}):
        page = client.get(reverse("my_work"), odd)
        assert page.status_code == 200
        assert page.context["page"].paginator.count == everything


def test_my_work_of_somebody_with_nothing_to_do(signed_in):
    page = signed_in(UserFactory()).get(reverse("my_work"))
    assert "Nothing waits for you" in page.text


def test_my_work_is_closed_before_sign_in(client):
    response = client.get(reverse("my_work"))
    assert response.status_code == 302


@pytest.mark.parametrize("rows", [1, 5])
def test_my_work_costs_the_same_for_one_place_and_five(
    signed_in, locality, country, rows, django_assert_num_queries
):
    """Session and account, and at most 27 for all sources together."""
    user = UserFactory()
    AssignmentFactory(user=user, role=Role.NATIONAL_COORDINATOR, country=country)
    for _row in range(rows):
        committee = CommitteeFactory(locality=locality)
        CommitteeAccessFactory(user=user, committee=committee, role=Role.COMMITTEE_SECRETARY)
        busy_place(locality, runs=user, committee=committee)
    client = signed_in(user)
    with django_assert_num_queries(29):
        response = client.get(reverse("my_work"))
    assert len(response.context["desk"].tasks) >= rows * 10


@pytest.mark.parametrize(
    ("days", "is_due", "when", "tone"),
    [
        (-1, True, "Overdue since 30 June 2026", "warn"),
        (0, True, "Due today", ""),
        (9, True, "Due on 10 July 2026", ""),
        (-1, False, "Waits since 30 June 2026", "going"),
    ],
)
def test_task_says_since_when_or_by_when(locality, days, is_due, when, tone):
    task = Task(
        kind=TaskKind.PLANS,
        what="Do it",
        of="A plan",
        place=locality,
        day=TODAY + datetime.timedelta(days=days),
        then="It waits.",
        url="/",
        today=TODAY,
        is_due=is_due,
    )
    assert (task.when, task.tone) == (when, tone)


def waiting_since(day, of, made, *, kind=TaskKind.PLANS):
    """A task that notes when its words are put together."""

    def words():
        made.append(of)
        return of

    return Task(
        kind=kind, what="Do it", of=Later(words), place=None, day=day, then="It waits.", url="/", today=TODAY
    )


def test_waiting_puts_into_words_only_the_days_that_are_asked_for():
    """Of one day it sorts by what the words say, wherever a page begins or ends."""
    made = []
    tasks = [waiting_since(ago(n // 4), f"Plan {n * 7 % 40:02}", made) for n in range(40)]
    everything = sorted(tasks, key=lambda task: (task.day, task.kind, str(task.of)))
    waiting = Waiting(tasks)
    made.clear()
    assert [task.of for task in waiting[6:9]] == [str(task.of) for task in everything[6:9]]
    assert set(made) == {task.of for task in waiting[4:12]}
    for first, last in ((0, 5), (3, 4), (30, 99), (5, 5), (50, 60)):
        assert [task.of for task in waiting[first:last]] == [str(task.of) for task in everything[first:last]]
    assert waiting[-1].of == str(everything[-1].of)
    assert [task.of for task in waiting] == [str(task.of) for task in everything]
    with pytest.raises(IndexError):
        waiting[40]


def test_my_work_pages_show_every_task_once(signed_in, coordinator, country):
    """Twenty committees late with the same on the same days: no task twice, none left out."""
    for number in range(20):
        place = LocalityFactory(country=country, name=f"Commune {number:02}")
        MeetingFactory(committee=CommitteeFactory(locality=place, name=f"Committee {number:02}"), day=ago(50))
    client = signed_in(coordinator)
    pages = [client.get(reverse("my_work"), {"kind": "committees", "page": n}) for n in (1, 2)]
    shown = [(task.of, task.what) for page in pages for task in page.context["page"]]
    in_order = list(Desk.of(coordinator, today=TODAY).of_kind("committees"))
    assert shown == [(task.of, task.what) for task in in_order]
    assert len(set(shown)) == len(shown) == 40


def test_home_shows_the_five_oldest_and_the_way_to_all(signed_in, secretary, busy):
    response = signed_in(secretary).get(reverse("home"))
    work = response.context["work"]
    assert work.oldest == work.desk.tasks[:5]
    assert len(work.desk.tasks) > 5
    assert f"Open my work: {len(work.desk.tasks)} tasks" in response.text
    assert reverse("my_work") in response.text
