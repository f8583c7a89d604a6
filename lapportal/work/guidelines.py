"""What waits in Guidelines: comments, field tests, signatures, the launch, the roll-out (F31, F45)."""

import datetime
from typing import Any

from django.db.models import Count, DateField, Exists, F, Max, Min, OuterRef, Subquery
from django.db.models.functions import Coalesce, TruncDate
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from accounts.roles import Capability
from guidelines.models import (
    Edition,
    Endorsement,
    FieldTest,
    Guidelines,
    GuidelinesMove,
    GuidelinesState,
    ReviewComment,
    ReviewState,
    Rollout,
    Section,
    Signatory,
)
from guidelines.states import OPEN_STATES, OUT_STATES
from lapportal.work.reader import Reader
from lapportal.work.tasks import Task, TaskKind

TEST_TAKES = datetime.timedelta(days=60)  # then one would expect to hear of it
ARRIVES_IN = datetime.timedelta(days=90)  # a launch that nobody hears of after that needs somebody
S = GuidelinesState


def tasks_of(reader: Reader) -> list[Task]:
    """Two queries."""
    if not reader.user.scope.anywhere(Capability.WRITE_GUIDELINES):
        return []
    rows = list(_rows(reader))
    unsigned = _unsigned([row for row in rows if row.state == S.VALIDATED])
    return [task for row in rows for task in _of(reader, row, unsigned.get(row.pk, []))]


def _rows(reader: Reader) -> Any:
    """The guidelines of countries where the user writes them, with what may wait in each."""
    scope = reader.user.scope
    rows = Guidelines.objects.exclude(state=S.RETIRED).select_related("country")
    if not scope.everywhere(Capability.WRITE_GUIDELINES):
        rows = rows.filter(country__in=scope.countries(Capability.WRITE_GUIDELINES))
    comments = ReviewComment.objects.filter(
        guidelines=OuterRef("pk"), parent=None, state=ReviewState.OPEN
    ).order_by()
    tests = FieldTest.objects.filter(guidelines=OuterRef("pk"), ends_on=None).order_by()
    moved = GuidelinesMove.objects.filter(guidelines=OuterRef("pk"), now=OuterRef("state")).order_by("-at")
    stale = Section.objects.filter(
        guidelines=OuterRef("pk"), source_version__gt=0, source__row_version__gt=F("source_version")
    )  # 0: nothing is translated yet
    return rows.annotate(
        since=Coalesce(Subquery(moved.values("on")[:1]), TruncDate("created_at", output_field=DateField())),
        open_comments=_one(comments, Count("pk")),
        commented_at=_one(comments, Min("created_at")),
        test_since=_one(tests, Min("starts_on")),
        last_edition=_one(Edition.objects.filter(guidelines=OuterRef("pk")).order_by(), Max("number")),
        is_rolled=Exists(Rollout.objects.filter(guidelines=OuterRef("pk"))),
        stale=_one(stale.order_by(), Count("pk")),
    )


def _one(rows: Any, figure: Any) -> Subquery:
    """One number over the rows of each guidelines."""
    return Subquery(rows.values("guidelines").annotate(figure=figure).values("figure"))


def _unsigned(rows: list[Any]) -> dict[int, list[str]]:
    """The institutions whose endorsement of the next edition is missing, by guidelines. One query, and
    none when nothing is validated."""
    found: dict[int, list[str]] = {}
    if not rows:
        return found
    signed = Endorsement.objects.filter(
        guidelines__in=[row.pk for row in rows], withdrawn_on=None, signatory__isnull=False
    )
    required = (
        Signatory.objects.required()
        .filter(country__in={row.country_id for row in rows})
        .annotate(
            **{
                f"signed_{row.pk}": Exists(
                    signed.filter(
                        signatory=OuterRef("pk"),
                        guidelines=row.pk,
                        edition_number=(row.last_edition or 0) + 1,
                    )
                )
                for row in rows
            }
        )
    )
    for signatory in required:
        for row in rows:
            if row.country_id == signatory.country_id and not getattr(signatory, f"signed_{row.pk}"):
                found.setdefault(row.pk, []).append(signatory.institution)
    return found


def _of(reader: Reader, row: Any, unsigned: list[str]) -> list[Task]:
    return [
        *_comments(reader, row),
        *_tests(reader, row),
        *_translation(reader, row),
        *(_signature(reader, row, institution) for institution in unsigned),
        *_launch(reader, row),
        *_spread(reader, row),
    ]


def _task(reader: Reader, row: Any, what: str, **fields: Any) -> Task:
    return reader.task(TaskKind.GUIDELINES, what, of=str(row), place=row.country, **fields)


def _comments(reader: Reader, row: Any) -> list[Task]:
    if not row.open_comments or row.state not in OPEN_STATES:
        return []
    what = ngettext("Answer %(n)s comment", "Answer %(n)s comments", row.open_comments)
    return [
        _task(
            reader,
            row,
            what % {"n": row.open_comments},
            day=row.commented_at.date(),
            then=gettext("While a comment is open, the text cannot be validated."),
            url=reverse("guidelines_comments", args=[row.code]),
        )
    ]


def _tests(reader: Reader, row: Any) -> list[Task]:
    if row.test_since is None or row.test_since + TEST_TAKES > reader.today:
        return []
    return [
        _task(
            reader,
            row,
            gettext("Write down what the field test found"),
            day=row.test_since + TEST_TAKES,
            is_due=True,
            then=gettext("Without its findings the text cannot be validated."),
            url=reverse("guidelines_review", args=[row.code]),
        )
    ]


def _translation(reader: Reader, row: Any) -> list[Task]:
    if not row.stale or row.state not in OPEN_STATES:
        return []
    what = ngettext(
        "Bring %(n)s section of the translation up to date",
        "Bring %(n)s sections of the translation up to date",
        row.stale,
    )
    return [
        _task(
            reader,
            row,
            what % {"n": row.stale},
            day=row.since,
            then=gettext("The text that it was translated from has changed since."),
            url=reverse("guidelines_translation", args=[row.code]),
        )
    ]


def _signature(reader: Reader, row: Any, institution: str) -> Task:
    return _task(
        reader,
        row,
        gettext("Get the endorsement of: %(institution)s") % {"institution": institution},
        day=row.since,
        then=gettext("Without it the guidelines cannot be launched."),
        url=reverse("guidelines_review", args=[row.code]),
    )


def _launch(reader: Reader, row: Any) -> list[Task]:
    if row.state != S.ENDORSED:
        return []
    return [
        _task(
            reader,
            row,
            gettext("Launch the guidelines"),
            day=row.since,
            then=gettext("Every institution that has to has signed; until the launch nobody can use them."),
            url=reverse("guidelines_launch", args=[row.code]),
        )
    ]


def _spread(reader: Reader, row: Any) -> list[Task]:
    """Launched for three months, and it came to no locality yet."""
    if row.state not in OUT_STATES or row.is_rolled or row.since + ARRIVES_IN > reader.today:
        return []
    return [
        _task(
            reader,
            row,
            gettext("Roll the guidelines out"),
            day=row.since + ARRIVES_IN,
            is_due=True,
            then=gettext("Printed and in no council yet: they help nobody."),
            url=reverse("guidelines_rollout", args=[row.code]),
        )
    ]
