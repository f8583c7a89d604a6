"""accounts.digests: one mail a day or a week to each account, or one at once, as each chose."""

import datetime
import io
import threading
import time

import pytest
from django.conf import settings as site
from django.core.mail import get_connection
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.digests import MOST_LINES, Sent, send_at_once, send_digests
from accounts.models import MailChoice, Notice, NoticeKind
from accounts.notices import choose_mails
from tests.accounts.post_office import post_office
from tests.accounts.test_notices import choose, old, told
from tests.factories.accounts import NoticeFactory, UserFactory

MONDAY = datetime.datetime(2026, 11, 23, 4, 0, tzinfo=datetime.UTC)


def day(number, hour=4):
    """So many days after a Monday, early in the morning: when bin/daily runs."""
    return MONDAY + datetime.timedelta(days=number, hours=hour - 4)


def notice(user, at=0, **fields):
    """A notice told so many days after that Monday."""
    made = NoticeFactory(user=user, **fields)
    when = at if isinstance(at, datetime.datetime) else day(at)
    Notice.objects.filter(pk=made.pk).update(created_at=when)
    return made


pytestmark = pytest.mark.django_db


def test_send_digests_is_one_mail_an_account(member, secretary, mailoutbox):
    for user in (member, member, secretary):
        notice(user)
    assert send_digests(day(0, 5)) == Sent(mails=2)
    assert sorted(mail.to for mail in mailoutbox) == sorted([[member.email], [secretary.email]])
    assert sorted(mail.subject for mail in mailoutbox) == [
        "1 new notice on the Localization portal",
        "2 new notices on the Localization portal",
    ]
    assert send_digests(day(1)) == Sent()
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_send_digests_says_kind_code_and_link_and_no_more(member, mailoutbox):
    """The text on the site names committees and plans; the mail does not."""
    row = notice(member, text="The meeting of the committee of Hidden Village is overdue", subject="C-7K3FQ2")
    send_digests(day(0, 5))
    (mail,) = mailoutbox
    for part in (mail.body, mail.alternatives[0].content):
        assert str(NoticeKind.MEETING.label) in part
        assert "C-7K3FQ2" in part
        assert f"http://localhost:8000/notices/{row.code}/" in part
        assert "23 November 2026" in part
        assert "http://localhost:8000/accounts/notices/" in part
        for word in ("Hidden Village", member.display_name, member.email, row.address):
            assert word not in part
    assert mail.alternatives[0].mimetype == "text/html"
    assert mail.from_email == site.DEFAULT_FROM_EMAIL
    assert mail.extra_headers["List-Unsubscribe"] == "<http://localhost:8000/accounts/notices/>"


def test_send_digests_groups_by_kind_in_the_order_of_the_choices(member, mailoutbox):
    for kind in (NoticeKind.NAP, NoticeKind.MEETING, NoticeKind.PLAN, NoticeKind.MEETING):
        notice(member, kind=kind)
    send_digests(day(0, 5))
    (mail,) = mailoutbox
    places = [
        mail.body.index(str(kind.label)) for kind in (NoticeKind.MEETING, NoticeKind.PLAN, NoticeKind.NAP)
    ]
    assert places == sorted(places)
    assert mail.body.count(str(NoticeKind.MEETING.label)) == 1


def test_send_digests_cuts_a_long_list(member, mailoutbox):
    rows = [notice(member, at=day(0, 4) + datetime.timedelta(minutes=n)) for n in range(MOST_LINES + 7)]
    send_digests(day(0, 9))
    (mail,) = mailoutbox
    assert mail.body.count("/notices/N-") == MOST_LINES
    assert rows[-1].code in mail.body, "the newest"
    assert rows[0].code not in mail.body
    assert "and 7 more: http://localhost:8000/notices/" in mail.body
    assert not Notice.objects.filter(mailed_at=None).exists()


def test_send_digests_not_of_what_was_read(member, mailoutbox):
    notice(member, read_at=day(0))
    assert send_digests(day(0, 5)) == Sent()
    assert not mailoutbox


def test_send_digests_to_no_closed_account(member, mailoutbox):
    notice(member)
    member.is_active = False
    member.save()
    assert send_digests(day(0, 5)) == Sent()


@pytest.mark.parametrize("is_demo_site", [True, False])
def test_send_digests_to_accounts_of_the_demonstration_on_a_demonstration_site(is_demo_site, settings):
    settings.DEMO_SITE = is_demo_site
    notice(UserFactory(is_demo=True))
    assert send_digests(day(0, 5)).mails == is_demo_site


def test_send_digests_forgets_what_is_no_news(member):
    notice(member)
    assert send_digests(day(22)) == Sent()


@pytest.mark.parametrize(
    ("mail", "days"),
    [
        (MailChoice.DAILY, [0, 2, 7]),
        (MailChoice.AT_ONCE, [0, 2, 7]),  # the digest takes what the worker left behind
        (MailChoice.WEEKLY, [0, 7]),
        (MailChoice.NONE, []),
    ],
)
def test_send_digests_over_a_week(mail, days, member, mailoutbox):
    """Told on Sunday, on Monday after the run, on Wednesday before it, and on the Monday after."""
    choose(member, mail)
    tellings = {-1: 12, 0: 3, 2: 3, 7: 3}
    found = []
    for number in range(-1, 9):
        if number in tellings:
            notice(member, at=day(number, tellings[number]))
        if number >= 0 and send_digests(day(number)).mails:
            found.append(number)
    assert found == days


def test_send_digests_after_a_monday_without_a_run(member):
    choose(member, MailChoice.WEEKLY)
    notice(member, at=-1)
    late = notice(member, at=1)
    assert send_digests(day(1, 6)) == Sent(mails=1)
    assert list(Notice.objects.filter(mailed_at=None)) == [late]


def test_send_digests_begins_the_week_where_the_portal_is(member, settings):
    """In Manila it is Monday while it is Sunday evening in London."""
    choose(member, MailChoice.WEEKLY)
    notice(member, at=day(-1, 12))
    sunday_evening = day(-1, 18)
    assert send_digests(sunday_evening) == Sent()
    with timezone.override("Asia/Manila"):
        assert send_digests(sunday_evening) == Sent(mails=1)


def test_send_digests_follows_the_choice_of_each_kind(member, mailoutbox):
    choose_mails(member, choices={"meeting": "none", "plan": "daily"})
    for kind in (NoticeKind.MEETING, NoticeKind.PLAN, NoticeKind.NAP):
        notice(member, kind=kind)
    send_digests(day(0, 5))
    (mail,) = mailoutbox
    assert mail.subject.startswith("2 ")
    assert str(NoticeKind.MEETING.label) not in mail.body


@pytest.mark.parametrize("rows", [1, 5])
def test_send_digests_queries_by_account_not_by_notice(rows, member, django_assert_num_queries):
    for _number in range(rows):
        notice(member)
    with django_assert_num_queries(5):
        send_digests(day(0, 5))


def test_send_digests_through_a_real_mail_server(member, secretary, settings):
    row = notice(member)
    notice(secretary)
    with post_office(settings) as office:
        assert send_digests(day(0, 5)) == Sent(mails=2)
    assert office.conversations == 1, "one connection for all"
    mail = next(mail for mail in office.mails if mail["To"] == member.email)
    assert mail["From"] == site.DEFAULT_FROM_EMAIL
    assert mail["List-Unsubscribe"] == "<http://localhost:8000/accounts/notices/>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert row.code in mail.get_body(["plain"]).get_content()
    assert f'href="http://localhost:8000/notices/{row.code}/"' in mail.get_body(["html"]).get_content()


def test_send_digests_goes_on_after_a_refused_address(member, secretary, settings):
    for user in (member, secretary):
        notice(user)
    with post_office(settings, refused=[member.email]) as office:
        assert send_digests(day(0, 5)) == Sent(mails=1, failed=1)
    assert [mail["To"] for mail in office.mails] == [secretary.email]
    assert Notice.objects.get(mailed_at=None).user == member
    with post_office(settings) as office:
        assert send_digests(day(1)) == Sent(mails=1)
    assert [mail["To"] for mail in office.mails] == [member.email]


def test_send_digests_tries_a_server_that_is_not_there_once(member, secretary, settings):
    for user in (member, secretary):
        notice(user)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    assert send_digests(day(0, 5)) == Sent(failed=2)
    assert Notice.objects.filter(mailed_at=None).count() == 2


def test_send_digests_waits_no_longer_than_the_timeout(member, settings):
    notice(member)
    settings.EMAIL_TIMEOUT = 0.3
    began = time.monotonic()
    with post_office(settings, is_silent=True):
        assert send_digests(day(0, 5)) == Sent(failed=1)
        assert time.monotonic() - began < 5
    assert Notice.objects.filter(mailed_at=None).exists()


def test_the_mail_settings_have_a_timeout(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    assert 0 < get_connection().timeout < 20


def test_notify_mails_at_once_to_who_wants_it(
    member, secretary, mailoutbox, django_capture_on_commit_callbacks, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    choose(member, MailChoice.AT_ONCE)
    choose(secretary, MailChoice.AT_ONCE, kind=NoticeKind.PLAN)
    with django_capture_on_commit_callbacks(execute=True):
        told(member, secretary)
        assert not mailoutbox, "not before the commit"
    assert [mail.to for mail in mailoutbox] == [[member.email]]
    assert send_digests(timezone.now()).mails == 1, "of the other"


@pytest.mark.django_db(transaction=True)
def test_notify_leaves_the_mail_to_the_worker(member, mailoutbox, monkeypatch):
    monkeypatch.setattr("signal.signal", lambda *args: None)  # a test keeps its own signals
    choose(member, MailChoice.AT_ONCE)
    told(member)
    assert DBTaskResult.objects.count() == 1
    assert not mailoutbox
    call_command("db_worker", batch=True, interval=0, verbosity=0, startup_delay=False)
    assert [mail.to for mail in mailoutbox] == [[member.email]]
    assert Notice.objects.get().mailed_at


def test_send_at_once_leaves_a_failure_to_the_digest(member, mailoutbox, settings):
    choose(member, MailChoice.AT_ONCE)
    told(member)
    codes = list(Notice.objects.values_list("code", flat=True))
    with post_office(settings, refused=[member.email]):
        assert send_at_once(codes) == Sent(failed=1)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_digests(timezone.now()) == Sent(mails=1)
    assert send_at_once(codes) == Sent()


@pytest.mark.skipif(
    not connection.features.has_select_for_update_skip_locked,
    reason="SQLite lets one writer in at a time",
)
@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_moment_mail_once(settings):
    for _number in range(5):
        notice(UserFactory())
    start, sent = threading.Barrier(2), []

    def run():
        start.wait()
        try:
            sent.append(send_digests(day(0, 5)))
        finally:
            connections.close_all()

    with post_office(settings) as office:
        threads = [threading.Thread(target=run) for _ in range(2)]
        for each in threads:
            each.start()
        for each in threads:
            each.join(timeout=30)
    assert sum(each.mails for each in sent) == len(office.mails) == 5
    assert len({mail["To"] for mail in office.mails}) == 5


def test_send_notices_mails_and_forgets(member, mailoutbox):
    told(member)
    old(NoticeFactory(user=member, read_at=timezone.now()), read_at=400)
    said = io.StringIO()
    call_command("send_notices", stdout=said)
    assert said.getvalue() == "Mails sent: 1, not handed over: 0. Old notices erased: 1.\n"
    assert len(mailoutbox) == Notice.objects.count() == 1


def test_mails_go_to_the_console_in_development(coordinator, settings, capsys):
    """The invitation and the digest, without a mail server."""
    from accounts.invitations import send_invitation

    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    assert send_invitation(coordinator, site="http://localhost:8000/")
    notice(coordinator)
    assert send_digests(day(0, 5)) == Sent(mails=1)
    printed = capsys.readouterr().out
    assert printed.count(f"To: {coordinator.email}") == 2
    assert "http://localhost:8000/accounts/password/reset/key/" in printed
