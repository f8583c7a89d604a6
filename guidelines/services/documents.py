"""Beginning guidelines: from the template, each country, language and version once."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from core.conflicts import save_unless_changed
from frameworks.models import Framework
from guidelines.models import Guidelines, Section
from guidelines.section_template import section_bodies
from guidelines.services.holding import GuidelinesClosed, held, held_country
from guidelines.signatories import ensure
from guidelines.tracking import keep_beginnings
from localities.levels import usual_level
from localities.models import Country

# What is closed with the texts; who may read the editions is not.
KEPT_WITH_THE_TEXT = frozenset({"title", "language", "nap", "level"})


class NapOfAnotherCountry(ValueError):
    """Guidelines rest on a National Action Plan of their own country."""


@transaction.atomic
def start_guidelines(
    country: Country,
    *,
    title: str,
    language: str,
    nap: Framework | None,
    by: User | None,
    is_demo: bool = False,
) -> Guidelines:
    """New guidelines for `country` with all sections of the template."""
    if nap is not None and nap.country_id != country.pk:
        raise NapOfAnotherCountry(nap.code)
    held_country(country)  # two at once would take the same number
    guidelines = Guidelines.objects.create(
        country=country,
        title=title,
        language=language,
        version=next_version(country, language),
        nap=nap,
        level=usual_level(country),
        updated_by=by,
        is_demo=is_demo,
    )
    starts = section_bodies(nap=nap.title if nap else None)
    sections = Section.objects.bulk_create(
        Section(
            guidelines=guidelines,
            order=order,
            heading=start.heading,
            body=body,
            updated_by=by,
            is_demo=is_demo,
        )
        for order, (start, body) in enumerate(starts, start=1)
    )
    keep_beginnings(sections, by=by)
    ensure(country)
    record(by, "started guidelines", guidelines, country=country.code)
    return guidelines


@transaction.atomic
def save_guidelines(
    guidelines: Guidelines, *, fields: list[str], opened_version: int, by: User
) -> Guidelines:
    """What they are called and rest on: of the form's `fields`, all else as it stands now (a state may have
    changed since the form was opened). Raises GuidelinesClosed or EditConflict."""
    row = held(guidelines)
    typed = {name: getattr(guidelines, name) for name in fields if name in KEPT_WITH_THE_TEXT | {"is_public"}}
    if not row.is_open and KEPT_WITH_THE_TEXT & typed.keys():
        raise GuidelinesClosed(row)
    for name, value in typed.items():
        setattr(row, name, value)
    save_unless_changed(row, opened_version=opened_version, by=by)
    record(by, "changed guidelines", row)
    return row


def next_version(country: Country, language: str) -> int:
    """The number of the next document in that language: 1 where there is none yet."""
    before = Guidelines.objects.filter(country=country, language=language)
    return (before.aggregate(last=Max("version"))["last"] or 0) + 1
