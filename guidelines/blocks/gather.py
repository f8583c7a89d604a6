"""Data of the country as it stands today, as the value that every paper shows.

Words are in the language that is on: the caller overrides it with the document's.
"""

import datetime
import logging
from collections.abc import Callable, Iterable

from django.core.exceptions import ObjectDoesNotExist
from django.utils.translation import gettext as _

from guidelines.blocks.asked import Asked
from guidelines.blocks.contributors import contributors
from guidelines.blocks.nap_items import nap_items_by_pillar
from guidelines.blocks.planning import planning_calendar
from guidelines.blocks.plans import adopted_plans, plan_template
from guidelines.blocks.practices import good_practices
from guidelines.blocks.reach import coverage_chart, localities_reached
from guidelines.blocks.resolutions import resolutions
from guidelines.blocks.values import BlockValue
from guidelines.blocks.workshops import workshops_composition
from guidelines.models import Block, Guidelines

logger = logging.getLogger(__name__)

READERS: dict[str, Callable[[Asked], BlockValue]] = {
    Block.NAP_ITEMS: nap_items_by_pillar,
    Block.CALENDAR: planning_calendar,
    Block.COVERAGE: coverage_chart,
    Block.LOCALITIES: localities_reached,
    Block.PLANS: adopted_plans,
    Block.WORKSHOPS: workshops_composition,
    Block.PRACTICES: good_practices,
    Block.RESOLUTIONS: resolutions,
    Block.PLAN_TEMPLATE: plan_template,
    Block.CONTRIBUTORS: contributors,
}

# What odd data raises: one block says so, the document stands. Whatever the database says goes on.
ODD_DATA = (ArithmeticError, AttributeError, LookupError, ObjectDoesNotExist, TypeError, ValueError)


def gather(kind: str, guidelines: Guidelines, *, today: datetime.date) -> BlockValue:
    """One block as of `today`. What cannot be shown is a value with a `problem`."""
    return read(kind, Asked(guidelines, today))


def gather_all(
    kinds: Iterable[str], guidelines: Guidelines, *, today: datetime.date
) -> dict[str, BlockValue]:
    """Several blocks of one document; what two of them need is read once."""
    asked = Asked(guidelines, today)
    return {kind: read(kind, asked) for kind in dict.fromkeys(kinds)}


def read(kind: str, asked: Asked) -> BlockValue:
    reader = READERS.get(kind)
    if reader is None:
        return broken(kind, asked.today, _("No data has this name: %(name)s") % {"name": kind})
    try:
        return reader(asked)
    except ODD_DATA:
        logger.exception("block %s of %s cannot be read", kind, asked.guidelines.code)
        return broken(kind, asked.today, _("This data could not be read. The portal's keepers can see why."))


def broken(kind: str, day: datetime.date, problem: str) -> BlockValue:
    """A block that cannot be shown: said on the page, refused on paper."""
    title = str(Block(kind).label) if kind in Block.values else kind
    return BlockValue(kind, title, day, "", problem=problem)
