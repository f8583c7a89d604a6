"""What would go wrong in print, by section: broken blocks of data, letters that no font has."""

import datetime
from collections.abc import Iterator

from django.utils.translation import gettext

from core.pdf.fonts import missing_letters
from guidelines.blocks.frozen import problems_of
from guidelines.models import Guidelines, Section
from guidelines.outline import outline_of


def publishing_problems(guidelines: Guidelines, *, today: datetime.date) -> list[tuple[Section, str]]:
    return [*_blocks(guidelines, today), *_letters(guidelines)]


def _blocks(guidelines: Guidelines, today: datetime.date) -> Iterator[tuple[Section, str]]:
    for section, block in problems_of(guidelines, today):
        said = gettext("In the section “%(section)s” a block of data is broken: %(problem)s")
        yield section, said % {"section": section.heading, "problem": block.problem}


def _letters(guidelines: Guidelines) -> Iterator[tuple[Section, str]]:
    """Which script and which section: boxes are never printed."""
    for entry in outline_of(guidelines.sections.all()):
        section = entry.section
        for missing in missing_letters(f"{section.heading}\n{section.body}"):
            said = gettext(
                "The section “%(section)s” has letters that no installed font has "
                "(%(script)s: %(letters)s). Write them otherwise, or have a font installed."
            )
            yield (
                section,
                said
                % {
                    "section": section.heading,
                    "script": missing.script,
                    "letters": " ".join(missing.letters),
                },
            )
