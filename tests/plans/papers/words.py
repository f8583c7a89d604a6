"""Every word of the portal's own that a plan's papers print: what a language must have in locale/."""

import ast

from frameworks.pillars import Pillar
from plans.models import ActKind, BudgetSource, Frequency, IndicatorKind, SectionKind, Split, Strength
from tests.workshops.paper_words import ROOT, words_of, words_of_template

PRINTED_LABELS = [ActKind, BudgetSource, Frequency, IndicatorKind, Pillar, SectionKind, Split, Strength]


def plan_paper_words():
    """Of each (context or "", word, its plural or "")."""
    found = {("", str(label), "") for labels in PRINTED_LABELS for label in labels.labels}
    for path in (ROOT / "plans/papers").glob("*.py"):
        found |= set(words_of(ast.parse(path.read_text(encoding="utf-8"))))
    folder = ROOT / "templates/plans"
    for path in [*folder.glob("paper/*"), folder / "_document.html"]:
        found |= set(words_of_template(path.read_text(encoding="utf-8")))
    return found
