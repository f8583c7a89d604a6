"""What the workshop produced, drawn for paper; what is too small to be passed on is gone already
(workshops.reports.results)."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import number_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from workshops.charts import Bar, change
from workshops.reports.results import ChampionCounts, RankedItem, Results
from workshops.reports.turnout import Cell


@dataclass(frozen=True)
class Awareness:
    """The same test before and after (F09)."""

    bars: list[Bar]
    sentence: str
    answers: str


def awareness_of(results: Results) -> Awareness | None:
    """None where there are no two averages that may be shown."""
    score = results.awareness
    if score is None or score.before is None or score.after is None or score.change is None:
        return None
    return Awareness(
        bars=change(
            (_("Before"), float(score.before), _of(score.before, score.maximum)),
            (_("After"), float(score.after), _of(score.after, score.maximum)),
            maximum=score.maximum,
        ),
        sentence=_change(score.change, score.maximum),
        answers=_("%(before)s answers before, %(after)s after.")
        % {"before": score.before_count, "after": score.after_count},
    )


def _of(average: Decimal, maximum: int) -> str:
    return _("%(average)s of %(maximum)s") % {"average": number_format(average, 1), "maximum": maximum}


def _change(points: Decimal, maximum: int) -> str:
    words = {
        "points": number_format(abs(points), 1),
        "percent": round(abs(points) * 100 / maximum),
    }
    if points > 0:
        return _("The average rose by %(points)s points (%(percent)s%% of the maximum).") % words
    if points < 0:
        return _("The average fell by %(points)s points (%(percent)s%% of the maximum).") % words
    return _("The average stayed the same.")


def bars_of(ranking: list[RankedItem], *, letters: int = 1000) -> list[Bar]:
    """The items of the NAP by the votes of all groups together (F21)."""
    return [
        Bar(
            Truncator(f"{item.provision.code} {item.provision.text}").chars(letters),
            str(item.votes),
            item.width,
            item.width,
            item.place,
        )
        for item in ranking
    ]


def areas_of(champions: ChampionCounts) -> list[Cell]:
    """Champions by area; the areas of few together, as a name of a place alone would tell who it is."""
    shown = [cell for cell in champions.areas if cell.count is not None]
    few = [Cell(_("Areas with small numbers"), None)] if len(shown) < len(champions.areas) else []
    return shown + few
