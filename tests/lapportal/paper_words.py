"""Every word of the portal's own that the hand-over pack prints: what a language must have in locale/."""

import ast

from committees.composition import SeatRole, Side
from people.models import HowEnded, TrainingTopic
from plans.models import (
    ActivityState,
    AssessmentState,
    AttachmentKind,
    HostPlan,
    IntegrationState,
    LawKind,
    LawState,
)
from plans.states import PlanState
from tests.workshops.paper_words import ROOT, words_of, words_of_template

PRINTED_LABELS = [
    ActivityState, AssessmentState, AttachmentKind, HostPlan, HowEnded, IntegrationState, LawKind, LawState,
    PlanState, SeatRole, Side, TrainingTopic,
]  # fmt: skip
# Their words stand on pages of the site, which speaks English.
ON_SCREEN = {"stages.py", "welcome.py"}
DAYS_IN_OFFICE = {
    "%(first)s to %(last)s", "until %(last)s", "since %(first)s", "since a day that is not known",
}  # fmt: skip
DUTIES = {"Leads the National Action Plan", "In charge of local planning"}


def pack_words():
    """Of each (context or "", word, its plural or "")."""
    found = {("", str(label), "") for labels in PRINTED_LABELS for label in labels.labels}
    found |= {("", word, "") for word in DAYS_IN_OFFICE | DUTIES}
    sources = [path for path in (ROOT / "lapportal/memory").glob("*.py") if path.name not in ON_SCREEN]
    for path in [*sources, ROOT / "plans/quarters.py"]:
        found |= set(words_of(ast.parse(path.read_text(encoding="utf-8"))))
    for path in (ROOT / "templates/lapportal/paper").glob("*"):
        found |= set(words_of_template(path.read_text(encoding="utf-8")))
    return found
