"""Beginning guidelines: from the template, each country, language and version once."""

from django.db import transaction
from django.db.models import Max

from accounts.models import User, record
from frameworks.models import Framework
from guidelines.markers import mark_of
from guidelines.models import Guidelines, Section
from guidelines.section_template import section_bodies
from localities.models import Country


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
    guidelines = Guidelines.objects.create(
        country=country,
        title=title,
        language=language,
        version=next_version(country, language),
        nap=nap,
        updated_by=by,
        is_demo=is_demo,
    )
    starts = section_bodies(nap=nap.title if nap else None)
    Section.objects.bulk_create(
        Section(
            guidelines=guidelines,
            order=order,
            heading=start.heading,
            body=f"{body}\n\n{mark_of(start.block)}\n" if start.block else body,
            updated_by=by,
            is_demo=is_demo,
        )
        for order, (start, body) in enumerate(starts, start=1)
    )
    record(by, "started guidelines", guidelines, country=country.code)
    return guidelines


def next_version(country: Country, language: str) -> int:
    """The number of the next document in that language: 1 where there is none yet."""
    before = Guidelines.objects.filter(country=country, language=language)
    return (before.aggregate(last=Max("version"))["last"] or 0) + 1
