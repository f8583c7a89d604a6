"""Localities reached and not reached: one bar, and the table behind it (BR24, F32)."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from core.joints import in_percent, labelled
from guidelines.blocks.asked import Asked
from guidelines.blocks.localities import CountedLocality, Coverage, HowFar
from guidelines.blocks.values import Bar, BlockValue, ChartValue, Column, RowGroup, TableValue
from guidelines.models import Block
from localities.coverage import percent


def coverage_chart(asked: Asked) -> BlockValue:
    coverage = asked.coverage
    chart = ChartValue(_sentence(coverage), _bars(coverage), coverage.total)
    return BlockValue(
        Block.COVERAGE,
        _("Localities reached"),
        asked.today,
        _source(),
        parts=(chart,) if coverage.total else (),
        empty="" if coverage.total else _nothing(),
    )


def localities_reached(asked: Asked) -> BlockValue:
    coverage = asked.coverage
    columns = (Column(_("Locality"), 4), Column(_("Level"), 3), Column(_("Since"), 3))
    groups = tuple(
        RowGroup(
            labelled(how_far.label, len(localities)),
            tuple(_row(each) for each in localities),
        )
        for how_far, localities in coverage.groups()
    )
    return BlockValue(
        Block.LOCALITIES,
        _("Localities reached and not reached"),
        asked.today,
        _source(),
        parts=(TableValue(_sentence(coverage), columns, groups),) if coverage.total else (),
        empty="" if coverage.total else _nothing(),
    )


def _row(locality: CountedLocality) -> tuple[str, ...]:
    since = date_format(locality.since) if locality.since else "–"
    return (locality.name, locality.kind, since)


def _bars(coverage: Coverage) -> tuple[Bar, ...]:
    """In the order of `HowFar`, empty parts left out; what is not reached stays, for the last part is drawn
    white, and never alone, for one part is drawn dark."""
    first, *_others, rest = HowFar
    kept = {rest} if any(coverage.counts[each] for each in HowFar if each != rest) else {first, rest}
    counts = ((each, coverage.counts[each]) for each in HowFar)
    return tuple(
        Bar(str(each.label), count, f"{count} ({in_percent(percent(count, coverage.total))})")
        for each, count in counts
        if count or each in kept
    )


def _sentence(coverage: Coverage) -> str:
    numbers = {"reached": coverage.reached, "total": coverage.total, "percent": coverage.percent}
    words = _("%(reached)s of %(total)s localities are reached (%(percent)s%%). Level: %(level)s")
    return words % {**numbers, "level": coverage.level_name}


def _source() -> str:
    return _(
        "Records of this portal: plans adopted, workshops held and Guidelines rolled out in or below each "
        "locality. Each locality is counted once, by the furthest."
    )


def _nothing() -> str:
    return _("The country’s localities of this level are not in the portal yet.")
