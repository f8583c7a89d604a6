"""Workshops held in the country, and who came to all of them together.

Only sums over the country: small numbers, and those that would give them away, are not shown (BR17). Of
workshops at high risk nothing is told, not even that they were, before their days may be known
(domain.md §2.7)."""

from collections import Counter
from collections.abc import Mapping

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.utils.translation import gettext as _

from core.joints import in_percent
from core.suppression import suppress
from guidelines.blocks.asked import Asked
from guidelines.blocks.values import (
    Bar,
    BlockValue,
    ChartValue,
    Column,
    Part,
    RowGroup,
    TableValue,
    TextValue,
)
from guidelines.models import Block
from localities.coverage import percent
from localities.models import Country
from people.models import Sex
from workshops.models import Attendance, Participation, Tally, Workshop
from workshops.models.workshop import WorkshopQuerySet
from workshops.safety import last_day_hidden_on
from workshops.states import RiskLevel, WorkshopKind
from workshops.turnout import DEFAULT_TARGET

AUTHORITIES, OTHERS = True, False


def workshops_composition(asked: Asked) -> BlockValue:
    country = asked.guidelines.country
    hidden = {"risk_level": RiskLevel.HIGH, "ends_on__gte": last_day_hidden_on(asked.today)}
    held = Workshop.objects.held().filter(locality__country=country).exclude(**hidden)
    kinds = dict(held.order_by().values_list("kind").annotate(number=Count("pk")))
    return BlockValue(
        Block.WORKSHOPS,
        _("Workshops held, and who came"),
        asked.today,
        _("Registrations and head-counts of the workshops, as recorded in the portal."),
        parts=(_of_kinds(kinds), *_of_people(held, country)) if kinds else (),
        empty="" if kinds else _("No workshop is held yet."),
    )


def _of_kinds(kinds: dict[str, int]) -> TableValue:
    rows = tuple((str(kind.label), str(kinds[kind])) for kind in WorkshopKind if kind in kinds)
    columns = (Column(_("Kind of workshop"), 4), Column(_("Held"), 1, is_number=True))
    return TableValue(_("Workshops held"), columns, (RowGroup("", rows),))


def _of_people(held: WorkshopQuerySet, country: Country) -> tuple[Part, ...]:
    """All of them together; nobody by workshop, day or place."""
    groups: Counter[bool] = Counter()
    sexes: Counter[str] = Counter()
    for is_authority, sex, number in _counted(held):
        groups[is_authority] += number
        sexes[sex] += number
    total, threshold = groups.total(), country.small_cell_threshold
    if not total:
        return (TextValue(_("Who came is not recorded yet.")),)
    if total < threshold:
        words = _("Fewer than %(threshold)s people so far: too few to say more.")
        return (TextValue(words % {"threshold": threshold}),)
    shares = suppress({AUTHORITIES: groups[AUTHORITIES], OTHERS: groups[OTHERS]}, threshold=threshold)
    counts = suppress({sex.value: sexes[sex] for sex in Sex}, threshold=threshold)
    parts = (_of_authorities(shares, total), _of_sexes(counts, total))
    if None in (*shares.values(), *counts.values()):
        words = _(
            "Numbers under %(threshold)s, and numbers from which they could be worked out, are not shown."
        )
        return (*parts, TextValue(words % {"threshold": threshold}))
    return parts


def _counted(held: WorkshopQuerySet) -> list[tuple[bool, str, int]]:
    by = ("counted_as_local_authority", "sex")
    there = {"workshop__in": held.order_by().values("pk")}
    came = Participation.objects.filter(_came(held), **there)
    named = came.order_by().values_list(*by)
    unnamed = Tally.objects.filter(**there).order_by().values_list(*by)
    return [*named.annotate(number=Count("pk")), *unnamed.annotate(number=Sum("count"))]


def _came(held: WorkshopQuerySet) -> Q:
    """Who was marked as there; everybody registered where nobody was marked at all. Which workshops were
    marked is found once: asked for each of thousands of people it takes most of the time of the block."""
    marks = Attendance.objects.order_by()
    there = Exists(marks.filter(participation=OuterRef("pk")))
    of_these = marks.filter(participation__workshop__in=held.order_by().values("pk"))
    return ~Q(workshop__in=of_these.values("participation__workshop")) | Q(there)


def _of_authorities(shares: Mapping[bool, int | None], total: int) -> Part:
    """BR1: about 60 % of those who come govern locally."""
    authorities, others = shares[AUTHORITIES], shares[OTHERS]
    if authorities is None or others is None:
        words = _("%(total)s people came. The share of local authorities is not shown.")
        return TextValue(words % {"total": total})
    share = percent(authorities, total)
    caption = _("Local authorities: %(share)s%% of %(total)s people (the aim is %(target)s%%)") % {
        "share": share,
        "total": total,
        "target": DEFAULT_TARGET,
    }
    bars = (
        Bar(_("Local authorities"), authorities, f"{authorities} ({in_percent(share)})"),
        Bar(_("Others"), others, f"{others} ({in_percent(100 - share)})"),
    )
    return ChartValue(caption, bars, total)


def _of_sexes(counts: Mapping[str, int | None], total: int) -> TableValue:
    """A line for each number that may be shown; the hidden ones stand together, as a label would tell."""
    rows = [
        (str(sex.label), str(number), in_percent(percent(number, total)))
        for sex in Sex
        if (number := counts[sex])
    ]
    if None in counts.values():
        rows.append((_("In small numbers"), _("not shown"), _("not shown")))
    columns = (
        Column(_("Sex"), 3),
        Column(_("People"), 1, is_number=True),
        Column(_("Share"), 1, is_number=True),
    )
    return TableValue(_("Women and men who came"), columns, (RowGroup("", tuple(rows)),))
