"""What stands between the parts of a line: a comma between a place and its country, a colon after a label.

Each language has its own: an Arabic comma is not a Latin one, and in French a colon stands apart.
So does the sign of percent.
"""

from collections.abc import Iterable

from django.utils.translation import gettext, pgettext


def comma() -> str:
    return pgettext("between the parts of a list", ", ")


def semicolon() -> str:
    """Between parts that may hold commas themselves."""
    return pgettext("between the parts of a list", "; ")


def colon() -> str:
    return labelled("", "")


def listed(parts: Iterable[object]) -> str:
    """Those that say something, with a comma between them."""
    return comma().join(text for part in parts if (text := str(part)))


def labelled(label: object, value: object) -> str:
    """ "Unit: litres"."""
    return gettext("%(label)s: %(value)s") % {"label": label, "value": value}


def in_percent(share: int) -> str:
    """ "67%"."""
    return gettext("%(share)s%%") % {"share": share}
