"""The scorecard of an office as a PDF: the office, the counts, what the sides say, the method. No names."""

import datetime
from dataclasses import dataclass

from django.template.loader import render_to_string

from committees.models import Committee
from core.papers import speaking
from core.pdf import Rendered
from core.pdf.now import render_now
from localities.languages import direction, language_name
from plans.models import Assessment
from plans.reports.assessments import Sides, Trend
from plans.reports.scorecards import Scorecard
from plans.sides import Reader
from workshops.papers.languages import COMPLETE, FALLBACK, base_of


@dataclass(frozen=True)
class Head:
    """What every page of the paper carries."""

    language: str
    as_of: datetime.date

    @property
    def direction(self) -> str:
        return direction(self.language)


def language_of(committee: Committee, asked: str = "") -> str:
    """What the reader asks for, else the country's first language that papers know, else English."""
    spoken = [asked, *committee.locality.country.languages]
    return next((code for code in map(base_of, spoken) if code in COMPLETE), FALLBACK)


def languages_offered(committee: Committee) -> list[tuple[str, str]]:
    """Code and name, the committee's own first."""
    own = language_of(committee)
    codes = [own, *(code for code in COMPLETE if code != own)]
    return [(code, language_name(code)) for code in codes]


def scorecard_html(assessment: Assessment, *, reader: Reader, language: str, today: datetime.date) -> str:
    with speaking(language, texts=assessment.committee.locality.country.languages):
        card = Scorecard.of(assessment, today=today)
        trend = Trend.of(assessment, card)
        context = {
            "head": Head(language, card.counted_on),
            "assessment": assessment,
            "card": card,
            "sides": Sides.of(assessment, reader),
            "trend": trend,
        }
        return render_to_string("plans/paper/scorecard.html", context)


def scorecard_pdf(assessment: Assessment, *, reader: Reader, language: str, today: datetime.date) -> Rendered:
    return render_now(scorecard_html(assessment, reader=reader, language=language, today=today))
