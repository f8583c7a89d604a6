"""Every word of the portal's own that the papers of a meeting print: what a language must have in locale/."""

import ast

from committees.composition import SeatRole, Side
from committees.models import AgendaKind, DecidedHow, DecisionResult, MeetingKind, Presence, VoteChoice
from tests.workshops.paper_words import ROOT, words_of, words_of_template

PRINTED_LABELS = [AgendaKind, DecidedHow, DecisionResult, MeetingKind, Presence, SeatRole, Side, VoteChoice]
BEHIND_THEM = ["quorum.py", "reports/votes.py"]


def committee_paper_words():
    """Of each (context or "", word, its plural or "")."""
    found = {("", str(label), "") for labels in PRINTED_LABELS for label in labels.labels}
    sources = [*(ROOT / "committees/papers").glob("*.py")]
    sources += [ROOT / "committees" / name for name in BEHIND_THEM]
    for path in sources:
        found |= set(words_of(ast.parse(path.read_text(encoding="utf-8"))))
    for path in (ROOT / "templates/committees/paper").glob("*"):
        found |= set(words_of_template(path.read_text(encoding="utf-8")))
    return found
