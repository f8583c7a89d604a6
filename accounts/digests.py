"""Mails about notices: one a day or a week to each account, or one at once, as each chose.

A mail says of each notice its kind, the code of what it is about and a link, and no more: neither the
text nor a name. Mails are read over shoulders, on shared telephones and by those who run the servers.
"""

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.models import MailChoice, Notice, NoticeKind, User
from accounts.models.notices import NoticeQuerySet

MOST_LINES = 30


@dataclass(frozen=True)
class Sent:
    """What a run did: how many mails went out, and to how many accounts none could be handed over."""

    mails: int = 0
    failed: int = 0


def send_digests(now: datetime.datetime) -> Sent:
    """Send what is to be sent at that moment. A mail that cannot be handed over is tried next time."""
    return _deliver(Notice.objects.to_mail(now).with_mail_choice().filter(due(now)), now=now)


def send_at_once(codes: Iterable[str]) -> Sent:
    """Send these notices to those who want mails about them at once."""
    now = timezone.now()
    notices = Notice.objects.to_mail(now).with_mail_choice().filter(code__in=list(codes))
    return _deliver(notices.filter(Q(mail=MailChoice.AT_ONCE)), now=now)


def due(now: datetime.datetime) -> Q:
    """Which notices a digest holds. What should have gone at once is there when it did not.

    A weekly one goes out on Monday, and on any later day what Monday left behind."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    monday = today - datetime.timedelta(days=today.weekday())
    weekly = Q(mail=MailChoice.WEEKLY)
    if today != monday:
        weekly &= Q(created_at__lt=monday)
    return Q(mail__in=[MailChoice.DAILY, MailChoice.AT_ONCE]) | weekly


def _deliver(notices: NoticeQuerySet, *, now: datetime.datetime) -> Sent:
    """One mail to each account that these notices belong to."""
    users = list(User.objects.filter(pk__in=notices.order_by().values("user")).order_by("pk"))
    mails = failed = 0
    post = get_connection()
    try:
        for user in users:
            try:
                # Before the transaction of the mail: who waits for a server must not lock a table.
                post.open()
            except (SMTPException, OSError):
                # Who does not answer the first will not answer the next either.
                return Sent(mails, len(users) - mails)
            try:
                mails += _hand_over(user, notices, post=post, now=now)
            except (SMTPException, OSError, UnicodeError):  # UnicodeError: an address that is none
                failed += 1
                post.close()
        return Sent(mails, failed)
    finally:
        post.close()


@transaction.atomic
def _hand_over(user: User, notices: NoticeQuerySet, *, post: Any, now: datetime.datetime) -> bool:
    """Mail the account's notices and mark them as mailed. False when another run has them in hand.

    The rows are held while the mail is handed over, so that no second run mails them; a mail that is
    not handed over leaves them unmarked."""
    held = notices.filter(user=user).select_for_update(of=("self",), skip_locked=True)
    rows = list(held.order_by("kind", "-created_at", "-pk"))
    if not rows:
        return False
    message(user, rows, post=post).send()
    Notice.objects.filter(pk__in=[row.pk for row in rows]).update(mailed_at=now)
    return True


@dataclass(frozen=True)
class Lines:
    """The notices of one kind, as they stand in a mail."""

    label: str
    notices: list[Notice]


def by_kind(notices: Iterable[Notice]) -> Iterator[Lines]:
    """In the order in which the choices name the kinds."""
    order = NoticeKind.values
    known = sorted(notices, key=lambda notice: order.index(notice.kind))
    for kind, rows in groupby(known, key=lambda notice: notice.kind):
        yield Lines(str(NoticeKind(kind).label), list(rows))


def message(user: User, notices: list[Notice], *, post: Any = None) -> EmailMultiAlternatives:
    """The mail of an account about these notices: the newest of them, and how many more there are."""
    newest = sorted(notices, key=lambda notice: notice.created_at, reverse=True)[:MOST_LINES]
    context = {
        "groups": list(by_kind(newest)),
        "more": len(notices) - len(newest),
        "site": settings.SITE_URL.rstrip("/"),
    }
    number = len(notices)
    subject = ngettext(
        "%(number)d new notice on the Localization portal",
        "%(number)d new notices on the Localization portal",
        number,
    )
    mail = EmailMultiAlternatives(
        subject % {"number": number},
        render_to_string("accounts/email/digest.txt", context),
        to=[user.email],
        connection=post,
        headers={
            "List-Unsubscribe": f"<{context['site']}{reverse('notice_choices')}>",
            "Auto-Submitted": "auto-generated",  # no answer of an absent reader comes back
        },
    )
    mail.attach_alternative(render_to_string("accounts/email/digest.html", context), "text/html")
    return mail
