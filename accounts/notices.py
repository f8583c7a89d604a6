"""Telling accounts something, once: on the site at once, by e-mail as each chose."""

import datetime
from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils import timezone

from accounts.models.notices import LONGEST_NOTICE, MailChoice, Notice, NoticeChoice, NoticeKind
from accounts.models.users import User
from accounts.tasks import mail_notices

LONGEST_KEY = 120


def notify(
    users: Iterable[User], *, kind: NoticeKind, text: str, subject: str, address: str, key: str
) -> int:
    """Tell each of `users` what happened, unless it was told of this `key` before. Returns how many of
    them are told (those told before are counted out only where the database says so).

    `text` names no person. `subject` is the code of what it is about, `address` the path of its page,
    `key` says what is told only once, as "meeting-overdue:C-7K3FQ2:2026-05-01"."""
    shown = text if len(text) <= LONGEST_NOTICE else f"{text[: LONGEST_NOTICE - 1]}…"
    key = key[:LONGEST_KEY]
    wanted = {user.pk: user for user in users if user.is_active}
    if not wanted:
        return 0
    known = set(Notice.objects.filter(user__in=wanted, key=key).values_list("user", flat=True))
    rows = [
        Notice(
            user=user,
            kind=kind,
            text=shown,
            subject=subject,
            address=address,
            key=key,
            is_demo=user.is_demo,
            created_at=timezone.now(),
        )
        for pk, user in wanted.items()
        if pk not in known
    ]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    _mail_at_once(rows, kind=kind)
    return len(rows)


def _mail_at_once(rows: list[Notice], *, kind: NoticeKind) -> None:
    """Leave the mails of who wants them at once to the background worker. Should the queue not take them,
    the digest of the day does."""
    if not rows:
        return
    wanting = NoticeChoice.objects.filter(
        user__in=[row.user_id for row in rows], kind=kind, mail=MailChoice.AT_ONCE
    )
    at_once = set(wanting.values_list("user", flat=True))
    if codes := [row.code for row in rows if row.user_id in at_once]:
        transaction.on_commit(lambda: mail_notices.enqueue(codes), robust=True)


@transaction.atomic
def choose_mails(user: User, *, choices: Mapping[str, str]) -> None:
    """How `user` wants mails, by kind of notice."""
    NoticeChoice.objects.bulk_create(
        [NoticeChoice(user=user, kind=kind, mail=mail) for kind, mail in choices.items()],
        update_conflicts=True,
        unique_fields=["user", "kind"],
        update_fields=["mail"],
    )


def mail_choices_of(user: User) -> dict[str, str]:
    """What `user` chose, by kind; a kind without a choice is not in it."""
    return dict(NoticeChoice.objects.filter(user=user).values_list("kind", "mail"))


def read_all(user: User) -> int:
    """Mark all notices of `user` as read. How many there were."""
    return Notice.objects.visible_to(user).unread().update(read_at=timezone.now())


def forget_old_notices(now: datetime.datetime) -> int:
    """Erase what was read a year ago or told two years ago. How many there were."""
    return Notice.objects.past_keeping(now).delete()[0]
