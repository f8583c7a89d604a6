"""The sections that new guidelines start from, with texts that a ministry can keep or change.

The order follows the guidelines adopted in Nepal, Sierra Leone and the DRC as far as they were
read (domain.md §2.1); the texts are our own. What only the country knows is marked *To complete*.
The texts are in data/sections, one file a section, one line a paragraph.
"""

from dataclasses import dataclass
from pathlib import Path

TEXTS = Path(__file__).parent / "data" / "sections"


@dataclass(frozen=True)
class SectionStart:
    """Heading, and the file with the text and its blocks; `{nap}` and `{nap_sentence}` are filled in."""

    heading: str
    file: str

    def body(self, words: dict[str, str]) -> str:
        return (TEXTS / self.file).read_text(encoding="utf-8").format(**words)


SECTIONS = (
    SectionStart("Foreword and endorsements", "1-foreword.md"),
    SectionStart("The resolutions and the National Action Plan in brief", "2-resolutions.md"),
    SectionStart("Why localize, and on which legal basis", "3-why.md"),
    SectionStart("The local planning and budget calendar and its entry points", "4-calendar.md"),
    SectionStart("From pillar to office to action", "5-actions.md"),
    SectionStart("Roles", "6-roles.md"),
    SectionStart("Budgeting and resource mobilisation", "7-budget.md"),
    SectionStart("Monitoring and reporting", "8-monitoring.md"),
    SectionStart("Annexes", "9-annexes.md"),
)


def section_bodies(*, nap: str | None) -> list[tuple[SectionStart, str]]:
    """Each start with its text, with or without a National Action Plan."""
    words = {
        "nap": f"the {nap}" if nap else "the commitments of the state",
        "nap_sentence": (
            f"The {nap} says what the state has promised in each of them."
            if nap
            else "These Guidelines rest on no National Action Plan: local plans align with the "
            "resolutions directly."
        ),
    }
    return [(start, start.body(words)) for start in SECTIONS]
