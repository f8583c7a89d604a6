"""Decisions: who does what by when, how the seats voted, and what goes on to a higher committee."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability
from committees.models.codes import decision_code, forwarding_code
from committees.models.committees import Committee
from committees.models.meetings import AgendaItem, Meeting, MinutesState, OfMeetingQuerySet
from committees.models.seats import Seat
from core.models import Demo, SharedText
from people.models import Position


class DecidedHow(models.TextChoices):
    CONSENSUS = "consensus", _("By consensus")
    BY_SEAT = "by_seat", _("By a vote, written down seat by seat")
    SECRET = "secret", _("By a secret vote, totals only")


class DecisionResult(models.TextChoices):
    ADOPTED = "adopted", _("Adopted")
    REJECTED = "rejected", _("Rejected")
    DEFERRED = "deferred", _("Put off")


class DecisionState(models.TextChoices):
    """How far it is carried out. Only what was adopted, with an owner, is a task."""

    OPEN = "open", _("Open")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


# What a page shows beside the word (components/state.html).
RESULT_TONES = {DecisionResult.ADOPTED: "done", DecisionResult.REJECTED: "stop", DecisionResult.DEFERRED: ""}
STATE_TONES = {DecisionState.OPEN: "going", DecisionState.DONE: "done", DecisionState.DROPPED: "stop"}


class DecisionQuerySet(OfMeetingQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Once the minutes are approved, whoever sees the committee; before that it is a draft, for who
        works for the committee or keeps its papers (rules.can_read_drafts_of)."""
        return self.filter(
            Q(
                meeting__minutes_state=MinutesState.APPROVED,
                meeting__committee__in=Committee.objects.visible_to(user),
            )
            | user.scope.rows(Capability.KEEP_COMMITTEES, locality="meeting__committee__locality")
            | Q(meeting__committee__in=Committee.objects.giving_access_to(user))
        )

    def tasks(self) -> Self:
        """Adopted, with somebody to carry it out."""
        return self.filter(result=DecisionResult.ADOPTED, owner__isnull=False)

    def still_open(self) -> Self:
        return self.tasks().filter(state=DecisionState.OPEN)

    def overdue(self, today: datetime.date) -> Self:
        return self.still_open().filter(due_on__lt=today)

    def for_list(self) -> Self:
        return self.select_related(
            "meeting__committee__locality__country", "owner__organization", "owner__locality"
        )


class Decision(SharedText, Demo):
    """What a committee decided: who does it by when, and how it voted."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=decision_code, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="decisions")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="decisions")
    number = models.PositiveSmallIntegerField(_("number"))  # within the meeting
    text = models.TextField(_("decision"), max_length=3000)
    how = models.CharField(_("how"), max_length=10, choices=DecidedHow, default=DecidedHow.CONSENSUS)
    result = models.CharField(
        _("result"), max_length=10, choices=DecisionResult, default=DecisionResult.ADOPTED
    )
    votes_for = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    owner = models.ForeignKey(
        Position,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("position that carries it out"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=DecisionState, default=DecisionState.OPEN)
    closed_on = models.DateField(_("closed"), null=True, blank=True)
    closing_note = models.CharField(_("how it came about"), max_length=500, blank=True)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="decision_number_once_a_meeting"),
            models.CheckConstraint(
                name="decision_owner_has_day",
                condition=Q(owner=None, due_on=None) | Q(owner__isnull=False, due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="decision_closed_has_day", condition=Q(state="open") | Q(closed_on__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("decision_detail", args=[self.code])

    @property
    def has_votes(self) -> bool:
        """Whether votes were counted: a consensus has none, and what was put off was not voted on."""
        return self.how != DecidedHow.CONSENSUS and self.votes_for is not None

    @property
    def result_tone(self) -> str:
        return RESULT_TONES[DecisionResult(self.result)]

    @property
    def tone(self) -> str:
        """Of its state, as a task."""
        return STATE_TONES[DecisionState(self.state)]

    @property
    def is_task(self) -> bool:
        return self.result == DecisionResult.ADOPTED and self.owner_id is not None

    @property
    def is_open(self) -> bool:
        return self.is_task and self.state == DecisionState.OPEN

    def is_overdue(self, today: datetime.date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today


class VoteChoice(models.TextChoices):
    FOR = "for", _("For")
    AGAINST = "against", _("Against")
    ABSTAINED = "abstained", _("Abstained")


class Vote(models.Model):
    """How one seat voted."""

    decision = models.ForeignKey(Decision, models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="votes")
    choice = models.CharField(_("vote"), max_length=10, choices=VoteChoice)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["decision", "seat"], name="one_vote_a_seat")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_choice_display()}"


class ForwardingState(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ON_AGENDA = "on_agenda", _("On the agenda")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Sent back")


FORWARDING_TONES = {
    ForwardingState.WAITING: "warn",
    ForwardingState.ON_AGENDA: "going",
    ForwardingState.ANSWERED: "done",
    ForwardingState.DECLINED: "stop",
}


class ForwardingQuerySet(models.QuerySet["Forwarding"]):
    def visible_to(self, user: Any) -> Self:
        """Those that a committee sent on or was sent: for who works for it or keeps its papers; for all
        who see it once the minutes of the decision are approved (DecisionQuerySet.visible_to)."""
        seen = Committee.objects.visible_to(user)
        inside = self.with_part(user)
        outside = Q(decision__meeting__committee__in=seen) | Q(to__in=seen)
        is_approved = Q(decision__meeting__minutes_state=MinutesState.APPROVED)
        return self.filter(inside | (is_approved & outside))

    @staticmethod
    def with_part(user: Any) -> Q:
        """The filter for those of committees at either end that `user` works for or keeps."""
        own = Committee.objects.giving_access_to(user)
        kept = user.scope.rows(
            Capability.KEEP_COMMITTEES, locality="decision__meeting__committee__locality"
        ) | user.scope.rows(Capability.KEEP_COMMITTEES, locality="to__locality")
        return kept | Q(decision__meeting__committee__in=own) | Q(to__in=own)

    def for_list(self) -> Self:
        return self.select_related("decision__meeting__committee__locality", "to__locality")


class Forwarding(Demo):
    """A decision that a committee sends on to a higher one. What becomes of it there is found by the
    agenda item that took it up; that item's decision may be sent on again: the chain of origin."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=forwarding_code, editable=False)
    decision = models.ForeignKey(Decision, models.CASCADE, related_name="forwardings")
    to = models.ForeignKey(Committee, models.PROTECT, related_name="received", verbose_name=_("to"))
    note = models.TextField(_("what is asked of it"), max_length=2000, blank=True)
    sent_on = models.DateField(_("sent on"))
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(
        _("state"), max_length=10, choices=ForwardingState, default=ForwardingState.WAITING
    )
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_on = models.DateField(_("answered on"), null=True, blank=True)

    objects = ForwardingQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["decision", "to"], name="decision_forwarded_once_to_each"),
            models.CheckConstraint(
                name="forwarding_declined_with_answer", condition=~Q(state="declined") | ~Q(answer="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision} → {self.to}"

    def get_absolute_url(self) -> str:
        return reverse("forwarding_detail", args=[self.code])

    @property
    def tone(self) -> str:
        return FORWARDING_TONES[ForwardingState(self.state)]
