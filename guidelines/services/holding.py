"""The guidelines' row, held while they or a section of them are written."""

from django.utils.translation import gettext

from guidelines.models import Guidelines
from localities.models import Country


class GuidelinesClosed(Exception):
    """The texts may not be written in this state."""

    def __init__(self, guidelines: Guidelines) -> None:
        said = gettext("The texts cannot be changed now: the guidelines are in the state “%(state)s”.")
        super().__init__(said % {"state": guidelines.get_state_display()})


def held(guidelines: Guidelines) -> Guidelines:
    """The guidelines as they stand now; nobody else writes to them until the transaction ends.

    `no_key`: rows that only refer to them may be written meanwhile, else two that hold a document each and
    write about the other's would wait for each other for ever."""
    return Guidelines.objects.select_for_update(no_key=True).get(pk=guidelines.pk)


def held_country(country: Country) -> Country:
    """The same for what is numbered or required in a country. Whoever needs both holds the country first."""
    return Country.objects.select_for_update(no_key=True).get(pk=country.pk)


def held_open(guidelines: Guidelines) -> Guidelines:
    """The same. Raises GuidelinesClosed when the texts may not be changed."""
    row = held(guidelines)
    if not row.is_open:
        raise GuidelinesClosed(row)
    return row
