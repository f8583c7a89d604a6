"""Every word of the portal's own that guidelines print: what a language must have in locale/."""

import ast

from core import rich_text
from frameworks.pillars import Pillar
from guidelines.models import EvidenceLevel
from localities.languages import LANGUAGES
from people.models import OrganizationKind, Sex
from tests.workshops.paper_words import ROOT, words_of, words_of_template
from workshops.states import WorkshopKind

PRINTED_LABELS = [EvidenceLevel, OrganizationKind, Pillar, Sex, WorkshopKind]
APP = ROOT / "guidelines"
# What refuses a document is said on the page: no paper is made with it.
ON_SCREEN = {"problems.py", "screen.py", "gather.py", "frozen.py"}
# Of the words of notes and references only these are printed; the others warn whoever writes.
OF_NOTES = {
    "Note %(number)s",
    "Back to the text, from note %(number)s",
    "The picture %(code)s is not there.",
    "The section %(code)s is not there.",
}
READING_AN_OLD_EDITION = {"This data was kept in a form that the portal no longer reads."}


def guidelines_paper_words():
    """Of each (context or "", word, its plural or "")."""
    found = {("", str(label), "") for labels in PRINTED_LABELS for label in labels.labels}
    found |= {("", str(name), "") for name in LANGUAGES.values()}
    folders = [*(APP / "papers").glob("*.py"), *(APP / "blocks").glob("*.py")]
    sources = [path for path in folders if path.name not in ON_SCREEN]
    for path in [*sources, APP / "document.py", ROOT / "core/prose.py", ROOT / "core/joints.py"]:
        found |= set(words_of(ast.parse(path.read_text(encoding="utf-8"))))
    notes = words_of(ast.parse((ROOT / f"{rich_text.__name__.replace('.', '/')}.py").read_text("utf-8")))
    found |= {word for word in notes if word[1] in OF_NOTES}
    reuse = words_of(ast.parse((APP / "services/reuse.py").read_text(encoding="utf-8")))
    found |= {word for word in reuse if word[1].startswith("Guidelines of ")}
    folder = ROOT / "templates"
    own = [folder / f"guidelines/{name}" for name in ("document.html", "print.css")]
    templates = [*own, *folder.glob("guidelines/_block*.html")]
    for path in [*templates, *folder.glob("core/paper/*")]:
        found |= set(words_of_template(path.read_text(encoding="utf-8")))
    return {word for word in found if word[1] not in READING_AN_OLD_EDITION}
