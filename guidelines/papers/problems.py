"""Why a document cannot be printed as it stands: a block that cannot be shown, letters that no font has."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from core.pdf.fonts import missing_letters


@dataclass(frozen=True)
class PaperProblem:
    """One sentence, and the section that it is about; without a code it is about the whole document."""

    words: str
    section_code: str = ""


class PaperRefused(Exception):
    """No file is made of a text that would be printed wrong. What is said holds every reason."""

    def __init__(self, problems: list[PaperProblem]) -> None:
        super().__init__(" ".join(problem.words for problem in problems))
        self.problems = problems


def paper_problems(document: dict[str, Any]) -> list[PaperProblem]:
    """By section, in the order of reading."""
    return [
        *_letters(_("The title"), document["title"], ""),
        *_in_sections(document),
        *_on_the_first_pages(document),
        *_of_pictures(document),
    ]


def _on_the_first_pages(document: dict[str, Any]) -> Iterator[PaperProblem]:
    """Who signs, who signed, where the text was tried out: typed by people as the text is."""
    yield from _letters(_("The National Action Plan"), document["nap"] or "", "")
    parts = (document[name] for name in ("signatories", "endorsements", "field_tests"))
    yield from _letters(_("The endorsements and field tests"), "\n".join(_texts(list(parts))), "")


def _of_pictures(document: dict[str, Any]) -> Iterator[PaperProblem]:
    for picture in document["pictures"].values():
        words = "\n".join(picture[name] for name in ("alt", "caption", "credit"))
        yield from _letters(_("The picture “%(words)s”") % {"words": picture["alt"]}, words, "")


def _in_sections(document: dict[str, Any]) -> Iterator[PaperProblem]:
    for section in document["sections"]:
        name = f"{section['number']} {section['heading']}"
        for part in section["parts"]:
            if "block" in part and part["block"]["problem"]:
                said = _("Section %(section)s: the block “%(block)s” cannot be shown. %(problem)s")
                words = {
                    "section": name,
                    "block": part["block"]["title"],
                    "problem": part["block"]["problem"],
                }
                yield PaperProblem(said % words, section["code"])
        texts = [section["heading"], *(text for part in section["parts"] for text in _texts(part))]
        yield from _letters(_("Section %(section)s") % {"section": name}, "\n".join(texts), section["code"])


def _texts(value: Any) -> Iterator[str]:
    """Every text in a part: its own, and all the words of a block."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _letters(where: str, text: str, code: str) -> Iterator[PaperProblem]:
    for missing in missing_letters(text):
        said = _("%(where)s: no installed font has these letters: %(letters)s (%(script)s).")
        words = {"where": where, "letters": missing.letters, "script": missing.script}
        yield PaperProblem(said % words, code)
