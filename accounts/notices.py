"""Telling accounts something, once: on the site at once, by e-mail as each chose."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models.notices import LONGEST_NOTICE, MailChoice, Notice, NoticeChoice, NoticeKind
from accounts.models.users import User
from accounts.tasks import mail_notices

LONGEST_KEY = 120


@dataclass(frozen=True)
class News:
    """What is to be told to whom. Of one `key` an account is told once, however often it is told.

    `text` names no person. `subject` is the code of what it is about, `address` the path of its page,
    `key` says what is told only once, as "meeting-overdue:C-7K3FQ2:2026-05-01"."""

    users: Iterable[User]
    kind: NoticeKind
    text: str
    subject: str
    address: str
    key: str

    def notices(self) -> Iterator[Notice]:
        """One for each open account."""
        shown = self.text if len(self.text) <= LONGEST_NOTICE else f"{self.text[: LONGEST_NOTICE - 1]}…"
        for user in {user.pk: user for user in self.users if user.is_active}.values():
            yield Notice(
                user=user,
                kind=self.kind,
                text=shown,
                subject=self.subject,
                address=self.address,
                key=self.key[:LONGEST_KEY],
                is_demo=user.is_demo,
                created_at=timezone.now(),
            )


def notify(
    users: Iterable[User], *, kind: NoticeKind, text: str, subject: str, address: str, key: str
) -> int:
    """Tell each of `users` what happened (News), unless it was told of this `key` before. Returns how many
    of them are told (those told before are counted out only where the database says so)."""
    return notify_all([News(users, kind, text, subject, address, key)])


def notify_all(news: Iterable[News]) -> int:
    """The same for several at once: the statements of one. Returns how many notices were made."""
    wanted = {(notice.user_id, notice.key): notice for each in news for notice in each.notices()}
    if not wanted:
        return 0
    keys = {key for _user, key in wanted}
    known = set(Notice.objects.filter(key__in=keys).values_list("user", "key"))
    rows = [notice for told, notice in wanted.items() if told not in known]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    _mail_at_once(rows)
    return len(rows)


def _mail_at_once(rows: list[Notice]) -> None:
    """Leave the mails of who wants them at once to the background worker. Should the queue not take them,
    the digest of the day does."""
    if not rows:
        return
    wanting = NoticeChoice.objects.filter(
        user__in={row.user_id for row in rows}, kind__in={row.kind for row in rows}, mail=MailChoice.AT_ONCE
    )
    at_once = set(wanting.values_list("user", "kind"))
    if codes := [row.code for row in rows if (row.user_id, row.kind) in at_once]:
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
