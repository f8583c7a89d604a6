"""What an account is told: on the site at once, by e-mail as it chose, as a rule one digest a day."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from core.codes import new_code
from core.models import Demo

LONGEST_NOTICE = 300

# A notice that no mail server took for so long is no news: it stands on the site.
NEWS_FOR = datetime.timedelta(days=21)
READ_KEPT = datetime.timedelta(days=365)
KEPT = 2 * READ_KEPT


class NoticeKind(models.TextChoices):
    """What a notice is about. The label stands in the choices of a person and in the mail."""

    MEETING = "meeting", _("Meetings of committees")
    DECISION = "decision", _("Decisions and their due dates")
    HANDOVER = "handover", _("Hand-overs between office-holders")
    TERM = "term", _("Terms of office and elections")
    PLAN = "plan", _("Local Action Plans and their progress")
    NAP = "nap", _("National Action Plans and their lead institution")
    WORKSHOP = "workshop", _("Workshops and commitments")
    ASSESSMENT = "assessment", _("Assessments of offices")
    GUIDELINES = "guidelines", _("Localization Guidelines and their comments")
    EDITION = "edition", _("Localization Guidelines that are launched or retired")


class MailChoice(models.TextChoices):
    AT_ONCE = "at_once", _("at once")
    DAILY = "daily", _("once a day")
    WEEKLY = "weekly", _("once a week")
    NONE = "none", _("no e-mail")


USUAL_MAIL = MailChoice.DAILY  # of who chose nothing


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: Any) -> Self:
        """One's own, and nobody else's."""
        return self.filter(user=user.pk)

    def unread(self) -> Self:
        return self.filter(read_at=None)

    def to_mail(self, now: datetime.datetime) -> Self:
        """Neither mailed nor read, still news, and of an account that gets mails: an open one, and one of
        the demonstration (whose address nobody reads) on a demonstration site only."""
        found = self.unread().filter(mailed_at=None, created_at__gt=now - NEWS_FOR, user__is_active=True)
        return found if settings.DEMO_SITE else found.filter(user__is_demo=False)

    def with_mail_choice(self) -> Self:
        """With `mail`: how the account wants mails about the kind of the notice."""
        chosen = NoticeChoice.objects.filter(user=models.OuterRef("user"), kind=models.OuterRef("kind"))
        return self.annotate(
            mail=Coalesce(models.Subquery(chosen.values("mail")[:1]), models.Value(USUAL_MAIL.value))
        )

    def past_keeping(self, now: datetime.datetime) -> Self:
        """Read a year ago, or told two years ago: nobody looks for them any more."""
        return self.filter(models.Q(read_at__lt=now - READ_KEPT) | models.Q(created_at__lt=now - KEPT))


def notice_code() -> str:
    return new_code("N", length=8)


class Notice(Demo):
    """One thing that one account was told (accounts.notices.notify).

    `text` names committees, plans, places and positions, never a person. A mail says no more than the
    kind, the code of `subject` and the address."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=notice_code, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices")
    kind = models.CharField(_("about"), max_length=12, choices=NoticeKind)
    text = models.CharField(_("what"), max_length=LONGEST_NOTICE)
    subject = models.CharField(max_length=60)  # code of the row that it is about
    address = models.CharField(max_length=300)  # path of the page to open
    # What is told only once: of the same key an account is told no second time.
    key = models.CharField(max_length=120)
    created_at = models.DateTimeField(_("told"), auto_now_add=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("mailed"), null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_told_once")]
        indexes = [
            models.Index(fields=["user"], condition=models.Q(read_at=None), name="notice_unread"),
            models.Index(fields=["user"], condition=models.Q(mailed_at=None), name="notice_not_mailed"),
        ]

    def __str__(self) -> str:
        return self.text

    def get_absolute_url(self) -> str:
        """Marks it read and leads to the page that it is about."""
        return reverse("notice_open", args=[self.code])


class NoticeChoice(models.Model):
    """How an account wants mails about one kind. Without a row: once a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices")
    kind = models.CharField(max_length=12, choices=NoticeKind)
    mail = models.CharField(max_length=8, choices=MailChoice, default=USUAL_MAIL)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="notice_choice_once")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_mail_display()}"
