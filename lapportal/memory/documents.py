"""Documents that an office should know, by what they are. Names of files may hold anything: not shown."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext

from committees.models import Committee, MeetingFile
from lapportal.memory.reading import Reading
from plans.models import Attachment, AttachmentKind, Edition, LocalActionPlan

MOST = 60


@dataclass(frozen=True)
class Document:
    """One document: what it is, of what, from when; and the page on which it lies."""

    title: str
    of: str
    day: datetime.date
    url: str


def documents_of(
    committees: Iterable[Committee],
    plans: Iterable[LocalActionPlan],
    laws: Iterable[Any],
    *,
    reading: Reading,
) -> list[Document]:
    """Of its committees' meetings, its plans and the laws of its place; the newest first."""
    plan_keys = [plan.pk for plan in plans]
    found = [
        *of_meetings(committees, reading),
        *of_plans(plan_keys),
        *of_acts(plan_keys, [law.pk for law in laws]),
    ]
    return sorted(found, key=lambda each: each.day, reverse=True)[:MOST]


def of_meetings(committees: Iterable[Committee], reading: Reading) -> list[Document]:
    """For who may read drafts only."""
    here = [committee.pk for committee in committees]
    readable = reading.paper_committees().filter(pk__in=here).values("pk")
    rows = MeetingFile.objects.filter(meeting__committee__in=readable).select_related("meeting__committee")
    return [
        Document(
            row.title or gettext("Document of a meeting"),
            str(row.meeting.committee),
            row.meeting.day,
            row.meeting.get_absolute_url(),
        )
        for row in rows.order_by("-added_at")[:MOST]
    ]


def of_plans(plans: list[int]) -> list[Document]:
    """Each plan as it was adopted and amended."""
    rows = Edition.objects.filter(plan__in=plans).select_related("plan").defer("content")
    return [
        Document(
            gettext("Adopted plan, edition %(number)s") % {"number": row.number},
            str(row.plan),
            row.adopted_on,
            row.get_absolute_url(),
        )
        for row in rows
    ]


def of_acts(plans: list[int], laws: list[int]) -> list[Document]:
    acts = Attachment.objects.filter(kind=AttachmentKind.ADOPTION, plan__in=plans)
    texts = Attachment.objects.filter(kind=AttachmentKind.LAW, law__in=laws)
    rows = (acts | texts).select_related("plan", "law")
    found: list[tuple[Attachment, Any]] = [(row, row.plan or row.law) for row in rows]
    return [
        Document(
            row.title or row.get_kind_display(),
            str(of),
            timezone.localdate(row.added_at),
            of.get_absolute_url(),
        )
        for row, of in found
    ]
