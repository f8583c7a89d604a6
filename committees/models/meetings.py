"""Meetings: agenda and documents, who was there, the minutes and what is said about them."""

import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from committees.models.codes import (
    agenda_code,
    meeting_code,
    meeting_file_code,
    minutes_comment_code,
)
from committees.models.committees import Committee
from committees.models.seats import Appointment, Seat
from core.codes import new_code
from core.encryption import EncryptedTextField
from core.models import Demo, SharedText


class MeetingKind(models.TextChoices):
    ORDINARY = "ordinary", _("Ordinary meeting")
    EXTRAORDINARY = "extraordinary", _("Extraordinary meeting")
    HANDOVER = "handover", _("Hand-over meeting")


class MeetingState(models.TextChoices):
    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held")
    CANCELLED = "cancelled", _("Cancelled")


class MinutesState(models.TextChoices):
    NONE = "none", _("Not written yet")
    DRAFT = "draft", _("Draft")
    COMMENT = "comment", _("Open for comments")
    APPROVED = "approved", _("Approved")


MINUTES_TONES = {
    MinutesState.NONE: "",
    MinutesState.DRAFT: "going",
    MinutesState.COMMENT: "warn",
    MinutesState.APPROVED: "done",
}


# What a page shows beside the word (components/state.html).
MEETING_TONES = {MeetingState.PLANNED: "going", MeetingState.HELD: "done", MeetingState.CANCELLED: "stop"}


class OfCommitteeQuerySet(models.QuerySet[Any]):
    """Rows of a committee's meetings: seen by whoever sees the committee."""

    path = "committee"

    def visible_to(self, user: Any) -> Self:
        return self.filter(**{f"{self.path}__in": Committee.objects.visible_to(user)})


class MeetingQuerySet(OfCommitteeQuerySet):
    def held(self) -> Self:
        return self.filter(state=MeetingState.HELD)

    def planned(self) -> Self:
        return self.filter(state=MeetingState.PLANNED)

    def coming(self, today: datetime.date) -> Self:
        """Planned for today or later, the next first."""
        return self.planned().filter(day__gte=today).order_by("day", "starts_at", "pk")

    def waiting(self, today: datetime.date) -> Self:
        """Planned for a day that has passed: nobody wrote down yet whether they were held."""
        return self.planned().filter(day__lt=today)

    def done(self) -> Self:
        """Held or cancelled: what has been, the latest first."""
        return self.exclude(state=MeetingState.PLANNED)

    def for_list(self) -> Self:
        return self.select_related("committee__locality__country")

    def with_attendance(self) -> Self:
        """Annotates the seats that were asked, those that were there, and of these the voting ones."""
        there = Q(attendance__presence__in=["present", "represented"])
        return self.annotate(
            seats_asked=Count("attendance"),
            seats_there=Count("attendance", filter=there),
            votes_there=Count("attendance", filter=there & Q(attendance__voting=True)),
        ).order_by(*(self.query.order_by or self.model._meta.ordering))


class Meeting(SharedText, Demo):
    """One meeting of a committee. Its papers are closed once the minutes are approved."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=meeting_code, editable=False)
    committee = models.ForeignKey(Committee, models.CASCADE, related_name="meetings")
    kind = models.CharField(_("kind"), max_length=15, choices=MeetingKind, default=MeetingKind.ORDINARY)
    title = models.CharField(_("what it is about"), max_length=160, blank=True)
    day = models.DateField(_("day"))
    starts_at = models.TimeField(_("from"), null=True, blank=True)
    ends_at = models.TimeField(_("to"), null=True, blank=True)
    # Where committee members meet can put them in danger (domain.md §2.7).
    place = EncryptedTextField(_("place"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED)
    cancelled_reason = models.CharField(_("why it was cancelled"), max_length=300, blank=True)
    invited_on = models.DateField(_("invitation sent"), null=True, blank=True)
    # Grows with each change that a calendar has to hear of (RFC 5545).
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    # Of the day it was held: how many voting seats there were, and how many had to be there.
    voting_seats = models.PositiveSmallIntegerField(_("voting seats"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("quorum"), null=True, blank=True)
    guests = models.CharField(_("guests, as positions or institutions"), max_length=500, blank=True)
    minutes = models.TextField(_("minutes"), blank=True, max_length=20_000)
    minutes_state = models.CharField(
        _("minutes"), max_length=10, choices=MinutesState, default=MinutesState.NONE
    )
    minutes_comments_until = models.DateField(_("comments until"), null=True, blank=True)
    minutes_from_paper = models.BooleanField(_("typed in from paper"), default=False)
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-day", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="meeting_cancelled_with_reason",
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""),
            ),
            models.CheckConstraint(
                name="meeting_quorum_within_seats",
                condition=Q(quorum=None) | Q(voting_seats=None) | Q(quorum__lte=F("voting_seats")),
            ),
            models.CheckConstraint(
                name="meeting_minutes_after_it_was_held",
                condition=Q(minutes_state="none") | Q(state="held"),
            ),
            models.CheckConstraint(
                name="meeting_approved_has_day",
                condition=~Q(minutes_state="approved") | Q(approved_on__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("meeting_detail", args=[self.code])

    @property
    def is_held(self) -> bool:
        return self.state == MeetingState.HELD

    @property
    def is_planned(self) -> bool:
        return self.state == MeetingState.PLANNED

    @property
    def tone(self) -> str:
        """Of its state."""
        return MEETING_TONES[MeetingState(self.state)]

    @property
    def minutes_tone(self) -> str:
        """Of the state of its minutes (components/state.html)."""
        return MINUTES_TONES[MinutesState(self.minutes_state)]

    @property
    def is_closed(self) -> bool:
        """Its papers stand: the minutes are approved."""
        return self.minutes_state == MinutesState.APPROVED

    def is_past(self, today: datetime.date) -> bool:
        return self.day < today

    def is_waiting(self, today: datetime.date) -> bool:
        """The day has passed, and nobody wrote down whether it was held."""
        return self.is_planned and self.is_past(today)

    @property
    def takes_agenda(self) -> bool:
        """Points may still be put on the agenda."""
        return self.state != MeetingState.CANCELLED and not self.is_closed

    # Of a list with_attendance().
    seats_asked: int
    seats_there: int
    votes_there: int

    @property
    def attendance_share(self) -> int | None:
        """Seats that were there, in percent; None where nobody was asked."""
        return self.seats_there * 100 // self.seats_asked if self.seats_asked else None

    @property
    def quorum_reached(self) -> bool | None:
        """None where it was not written down."""
        if self.quorum is None or not self.seats_asked:
            return None
        return self.votes_there >= self.quorum > 0


class AgendaKind(models.TextChoices):
    INFORMATION = "information", _("For information")
    DISCUSSION = "discussion", _("For discussion")
    DECISION = "decision", _("For decision")


class OfMeetingQuerySet(OfCommitteeQuerySet):
    path = "meeting__committee"


class AgendaItem(SharedText, Demo):
    """One point of the agenda, and what was said about it."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=agenda_code, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("point"), max_length=200)
    kind = models.CharField(_("for"), max_length=12, choices=AgendaKind, default=AgendaKind.DISCUSSION)
    text = models.TextField(_("what it is about"), blank=True, max_length=3000)
    length = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    notes = models.TextField(_("what was said"), blank=True, max_length=5000)
    # What another committee sent on to this one.
    came_from = models.OneToOneField(
        "Forwarding", models.SET_NULL, null=True, blank=True, related_name="taken_up"
    )

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["meeting", "order", "pk"]

    def __str__(self) -> str:
        return self.title


def meeting_file_path(row: "MeetingFile", filename: str) -> str:
    """Where the encrypted content lies: not to be guessed, and without a word about it."""
    return f"meetings/{new_code('F', length=24)}"


class MeetingFile(Demo):
    """A document handed in for a meeting, checked by its content and kept encrypted."""

    code = models.CharField(_("code"), max_length=20, unique=True, default=meeting_file_code, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="files")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="files")
    title = models.CharField(_("what it is"), max_length=200, blank=True)
    name = models.CharField(_("file"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("size"))  # bytes, before encryption
    file = models.FileField(upload_to=meeting_file_path)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    added_at = models.DateTimeField(_("added"), auto_now_add=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["added_at", "pk"]

    def __str__(self) -> str:
        return self.title or self.name


class Presence(models.TextChoices):
    PRESENT = "present", _("Present")
    REPRESENTED = "represented", _("Sent somebody")
    EXCUSED = "excused", _("Excused")
    ABSENT = "absent", _("Absent")


# Whoever stands in may vote for the seat.
THERE = frozenset({Presence.PRESENT, Presence.REPRESENTED})


class Attendance(models.Model):
    """Whether a seat was there. Of the seat, not of a person."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendance")
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="attendance")
    appointment = models.ForeignKey(
        Appointment, models.SET_NULL, null=True, blank=True, related_name="attendance"
    )
    presence = models.CharField(_("presence"), max_length=12, choices=Presence)
    voting = models.BooleanField(_("votes"))  # as the seat was on that day

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["meeting", "seat"], name="seat_once_at_a_meeting")]

    def __str__(self) -> str:
        return f"{self.seat}: {self.get_presence_display()}"

    @property
    def was_there(self) -> bool:
        return self.presence in THERE


class MinutesCommentState(models.TextChoices):
    OPEN = "open", _("Open")
    TAKEN = "taken", _("Taken up")
    DECLINED = "declined", _("Not taken up")


class MinutesComment(Demo):
    """What somebody says about the draft of the minutes, and what the secretary answered."""

    code = models.CharField(
        _("code"), max_length=12, unique=True, default=minutes_comment_code, editable=False
    )
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="minutes_comments")
    item = models.ForeignKey(AgendaItem, models.SET_NULL, null=True, blank=True, related_name="comments")
    text = models.TextField(_("comment"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)
    state = models.CharField(
        _("state"), max_length=10, choices=MinutesCommentState, default=MinutesCommentState.OPEN
    )
    answer = models.CharField(_("answer"), max_length=500, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = OfMeetingQuerySet.as_manager()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
