"""Into which groups the values of an indicator are told apart (F53). Totals of people, never single cases."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from people.models import AgeBand
from plans.models import Indicator, IndicatorKind, Split

Groups = tuple[tuple[str, str | Promise], ...]

GROUPS: dict[Split, Groups] = {
    Split.SEX: (("women", _("Women and girls")), ("men", _("Men and boys")), ("unstated", _("Not stated"))),
    Split.AGE: tuple((band.value, band.label) for band in AgeBand),
    Split.DISABILITY: (("with", _("With a disability")), ("without", _("Without"))),
    Split.DISPLACEMENT: (("displaced", _("Displaced or returned")), ("host", _("Not displaced"))),
    Split.RESIDENCE: (("town", _("In a town")), ("country", _("In the country"))),
}

# Only numbers and shares can be told apart.
SPLITTABLE = frozenset({IndicatorKind.NUMBER, IndicatorKind.PERCENT})


def splits_of(indicator: Indicator) -> list[Split]:
    """By what the values of this indicator are asked for, in the order of Split."""
    if indicator.kind not in SPLITTABLE:
        return []
    return [split for split in Split if split.value in indicator.split_by]
