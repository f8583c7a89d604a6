"""Every word of the portal's own that the papers print: what a language must have in locale/."""

import ast
import re
from pathlib import Path

from django.utils.translation.template import templatize

from frameworks.pillars import Pillar
from localities.categories import ActorCategory
from localities.languages import LANGUAGES
from people.consent import Purpose
from people.models import AgeBand, Sex
from workshops.models import CommitmentState, Criterion, Effect, Half, ItemKind, PolicyKind, Theme, Trend
from workshops.papers.sheets import PURPOSES
from workshops.states import WorkshopKind, WorkshopState

ROOT = Path(__file__).resolve().parent.parent.parent
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
# The page that offers the papers speaks the portal's language, not the event's.
ON_SCREEN = {"offers.py"}
BEHIND_THEM = ["turnout.py", "reports/stages.py", "reports/programme.py"]
PRINTED_LABELS = [
    ActorCategory, AgeBand, CommitmentState, Criterion, Effect, Half, ItemKind, Pillar, PolicyKind,
    Sex, Theme, Trend, WorkshopKind, WorkshopState,
]  # fmt: skip


def paper_words():
    """Of each (context or "", word, its plural or "")."""
    found = {("", str(label), "") for labels in PRINTED_LABELS for label in labels.labels}
    found |= {("", str(Purpose(purpose).label), "") for purpose in PURPOSES}
    found |= {("", str(name), "") for name in LANGUAGES.values()}
    sources = [path for path in (ROOT / "workshops/papers").glob("*.py") if path.name not in ON_SCREEN]
    sources += [ROOT / "workshops" / name for name in BEHIND_THEM]
    sources += (ROOT / "workshops").rglob("*programme_template*.py")  # written in the event's language
    sources += [ROOT / "core/joints.py"]
    for path in sources:
        found |= set(words_of(ast.parse(path.read_text(encoding="utf-8"))))
    folder = ROOT / "templates"
    templates = [
        *folder.glob("core/paper/*"),
        *folder.glob("workshops/paper/*"),
        *folder.glob("components/chart_*"),
    ]
    for path in templates:
        found |= set(words_of_template(path.read_text(encoding="utf-8")))
    return found | {("", "In small numbers", "")}


def words_of(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS:
            texts = [arg.value for arg in node.args if isinstance(arg, ast.Constant)]
            if not texts or not isinstance(texts[0], str):
                continue
            if node.func.id == "pgettext":
                yield texts[0], texts[1], ""
            elif node.func.id == "ngettext":
                yield "", texts[0], texts[1]
            else:
                yield "", texts[0], ""


def words_of_template(source):
    python = templatize(source)
    for call in re.finditer(r"\b(?:n?p?gettext|_)\(", python):
        words = next(iter(words_of(tree)), None) if (tree := call_at(python[call.start() :])) else None
        if words:
            yield words


def call_at(text):
    """The call that `text` begins with."""
    for end in (match.end() for match in re.finditer(r"\)", text)):
        try:
            return ast.parse(text[:end].strip())
        except SyntaxError:
            continue
    return None
