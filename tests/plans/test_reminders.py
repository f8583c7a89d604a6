"""plans.services.reminders: reminders climb by date, and nobody is asked twice at a level"""

import datetime
import re

import pytest
from django.utils import timezone

from accounts.digests import send_digests
from accounts.models import Notice, NoticeKind
from accounts.roles import Role
from plans.models import Activity, LocalActionPlan, PlanMove, ProgressUpdate, Reminder, UpdateState
from plans.services.periods import create_periods
from plans.services.reminders import remind
from plans.states import PlanState
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.committees import CommitteeAccessFactory
from tests.factories.plans import ActivityFactory, LocalActionPlanFactory, ProgressUpdateFactory

DUE = datetime.date(2026, 4, 15)


def after(days):
    return DUE + datetime.timedelta(days=days)


def asked(mailoutbox):
    """Who is written to by the digest of the day, and then the box is empty."""
    send_digests(timezone.now())
    found = sorted(mail.to[0] for mail in mailoutbox)
    mailoutbox.clear()
    return found


@pytest.fixture
def reporter(running, member, activity):
    Activity.objects.filter(pk=activity.pk).update(reporter=member)
    return member


def test_remind_nobody_before_the_due_day(running, reporter, mailoutbox):
    assert remind(after(-1)) == 0
    assert not asked(mailoutbox)


def test_remind_climbs(running, reporter, secretary, coordinator, mailoutbox):
    steps = [(0, reporter), (13, None), (14, secretary), (29, None), (30, coordinator), (44, None)]
    for days, user in steps:
        remind(after(days))
        assert asked(mailoutbox) == ([user.email] if user else []), days
    assert sorted(Reminder.objects.values_list("level", "user")) == [
        (1, reporter.pk),
        (2, secretary.pk),
        (3, coordinator.pk),
    ]


def test_remind_after_days_without_a_run(running, reporter, secretary, coordinator, mailoutbox):
    remind(after(31))
    assert asked(mailoutbox) == sorted([reporter.email, secretary.email, coordinator.email])


def test_remind_the_committee_when_nobody_reports(running, member, secretary, coordinator, mailoutbox):
    remind(DUE)
    assert asked(mailoutbox) == sorted([member.email, secretary.email])


def test_remind_the_committee_when_the_reporter_left(running, reporter, secretary, mailoutbox):
    reporter.committee_access.all().delete()
    remind(DUE)
    assert asked(mailoutbox) == [secretary.email]


def test_remind_no_closed_account(running, member, secretary, coordinator, mailoutbox):
    for user in (member, secretary, coordinator):
        user.is_active = False
        user.save()
    assert remind(after(30)) == 0
    assert not Notice.objects.exists()
    assert not asked(mailoutbox)


def test_remind_coordinators_of_the_country_only(
    running, reporter, coordinator, outsider, facilitator, mailoutbox
):
    remind(DUE)
    asked(mailoutbox)
    remind(after(30))
    told = asked(mailoutbox)
    assert coordinator.email in told
    assert outsider.email not in told


@pytest.mark.parametrize("state", [UpdateState.SUBMITTED, UpdateState.APPROVED])
def test_remind_not_of_what_came(state, running, quarter, activity, member, mailoutbox):
    ProgressUpdateFactory(period=quarter, activity=activity, state=state)
    assert remind(after(30)) == 0


@pytest.mark.parametrize("state", [UpdateState.DRAFT, UpdateState.RETURNED])
def test_remind_of_what_was_not_sent_in(state, running, quarter, activity, member, mailoutbox):
    ProgressUpdateFactory(period=quarter, activity=activity, state=state, return_reason="Why?")
    assert remind(DUE) == 1


def test_remind_not_of_a_locked_quarter_nor_of_a_plan_that_is_closed(running, member, mailoutbox):
    assert remind(after(45)) == 0
    LocalActionPlan.objects.update(state=PlanState.CLOSED)
    assert remind(DUE) == 0


def test_remind_not_of_a_quarter_before_implementation(running, member, mailoutbox):
    PlanMove.objects.create(
        plan=running, was="adopted", now=PlanState.IN_IMPLEMENTATION, on=datetime.date(2026, 4, 1)
    )
    assert remind(DUE) == 0


def test_remind_not_of_what_begins_later_or_is_done(running, activity, member, mailoutbox):
    Activity.objects.update(starts_on=datetime.date(2026, 4, 1))
    assert remind(DUE) == 0
    Activity.objects.update(starts_on=None, state="done", state_since=datetime.date(2025, 12, 31))
    assert remind(DUE) == 0


@pytest.fixture
def other(committee, member):
    """A second plan of the committee, with two activities on which the member reports."""
    other = LocalActionPlanFactory(
        committee=committee,
        title="Second plan",
        state=PlanState.IN_IMPLEMENTATION,
        adopted_on=datetime.date(2025, 12, 1),
        adopting_body="Assembly",
        adopting_act="1",
    )
    create_periods(other)
    for _number in range(2):
        ActivityFactory(objective__plan=other, reporter=member)
    return other


def test_remind_in_one_mail_of_several_plans(running, activity, other, member, mailoutbox):
    """One mail, with links and codes, and with nothing that a plan or a person is called."""
    assert remind(DUE) == 2
    send_digests(timezone.now())
    (mail,) = mailoutbox
    assert mail.subject == "2 new notices on the Localization portal"
    assert running.code in mail.body
    assert other.code in mail.body
    assert len(re.findall(r"http://localhost:8000/notices/N-\w+/", mail.body)) == 2
    whole = mail.subject + mail.body + mail.alternatives[0].content
    for word in (running.title, other.title, activity.text, member.display_name, member.email):
        assert word not in whole


def test_remind_on_the_site_says_what_is_missing_and_leads_there(running, activity, other, member, signed_in):
    remind(DUE)
    texts = {notice.subject: notice for notice in Notice.objects.filter(user=member)}
    assert set(texts) == {running.code, other.code}
    assert texts[running.code].text.startswith("1 update of Q1 2026 is missing. The quarter locks on 30 May")
    assert texts[other.code].text.startswith("2 updates of Q1 2026 are missing.")
    assert {notice.kind for notice in texts.values()} == {NoticeKind.PLAN}
    client = signed_in(member)
    for notice in texts.values():
        assert client.get(client.get(notice.get_absolute_url()).url).status_code == 200


def test_remind_tells_the_higher_levels_who_was_asked(running, reporter, secretary, coordinator):
    remind(after(31))
    assert "asked two weeks ago" in Notice.objects.get(user=secretary).text
    assert "asked twice" in Notice.objects.get(user=coordinator).text
    assert "asked" not in Notice.objects.get(user=reporter).text


def test_remind_who_is_asked_at_two_levels_once(running, activity, secretary):
    """The secretary reports and decides: two levels are remembered, one notice is read."""
    Activity.objects.update(reporter=secretary)
    assert remind(after(14)) == 1
    assert Reminder.objects.count() == 2
    assert "asked two weeks ago" in Notice.objects.get().text


def test_remind_is_mailed_the_next_day_when_it_is_not_handed_over(running, member, mailoutbox, settings):
    assert remind(DUE) == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_digests(timezone.now()).failed == 1
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert remind(after(1)) == 0
    assert asked(mailoutbox) == [member.email]


def test_remind_in_as_many_queries_for_many_plans(running, committee, member, django_assert_max_num_queries):
    for _number in range(3):
        CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_MEMBER, user=UserFactory())
    AssignmentFactory(role=Role.NATIONAL_COORDINATOR, country=committee.locality.country)
    remind(after(30))
    with django_assert_max_num_queries(8):
        remind(after(31))


def test_remind_of_a_late_draft_once(running, quarter, activity, member, mailoutbox):
    remind(DUE)
    ProgressUpdate.objects.create(period=quarter, activity=activity, activity_state="ongoing")
    remind(after(1))
    assert asked(mailoutbox) == [member.email]
    assert Notice.objects.count() == 1
