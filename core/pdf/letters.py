"""Which letters a drawn shape stands for: what a voice says and a search finds.

Where several shapes are drawn for one syllable (Devanagari) or a letter and its marks (Arabic), WeasyPrint
70 gives all letters to the last shape and none to the others. Here each shape that is a letter's own says
that letter, and what still has none is said to be nothing that is seen.
"""

import io
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont
from weasyprint import pdf as weasyprint_pdf

NOTHING_SEEN = "\u200b"


def mend_letters(font: Any) -> None:
    """`font.to_unicode`: shape → letters."""
    if font.bitmap or all(len(text) == 1 for text in font.to_unicode.values()):
        return
    own = _letters_of_shapes(font.file_content, font.index)
    if any(not text and shape not in own for shape, text in font.to_unicode.items()):
        own = _letters_of_variants(font.file_content, font.index) | own
    for shape, text in font.to_unicode.items():
        if len(text) != 1:
            letters = own.get(shape, "")
            # A ligature may be a letter too (U+FB02): a search looks for what was written.
            known = letters if letters in text or not text else _without_signs(text)
            font.to_unicode[shape] = known or _without_signs(text) or NOTHING_SEEN


def _without_signs(text: str) -> str:
    """A shape without a letter of its own, as a conjunct: the signs around it have their own shapes."""
    kept = "".join(letter for letter in text if unicodedata.category(letter) not in {"Mc", "Cf"})
    return kept or text


@lru_cache(maxsize=16)
def _letters_of_shapes(content: bytes, index: int) -> dict[int, str]:
    with TTFont(io.BytesIO(content), fontNumber=index, lazy=True) as font:
        names = font.getReverseGlyphMap()
        return {names[name]: chr(code) for code, name in sorted(font.getBestCmap().items(), reverse=True)}


@lru_cache(maxsize=16)
def _letters_of_variants(content: bytes, index: int) -> dict[int, str]:
    """Of half forms, ligatures and other variants: the letters that the font makes them from."""
    with TTFont(io.BytesIO(content), fontNumber=index, lazy=True) as font:
        said = {name: chr(code) for code, name in sorted(font.getBestCmap().items(), reverse=True)}
        changes = list(_changes(font["GSUB"].table)) if "GSUB" in font else []
        for _again in range(3):  # variants of variants
            for made, source in changes:
                if made not in said and all(name in said for name in source):
                    said[made] = "".join(said[name] for name in source)
        return {font.getGlyphID(name): text for name, text in said.items()}


def _changes(table: Any) -> Iterator[tuple[str, list[str]]]:
    """(shape, the shapes that it stands for) for every single and every ligature substitution."""
    for lookup in table.LookupList.Lookup:
        for each in lookup.SubTable:
            change = getattr(each, "ExtSubTable", each)
            if change.LookupType == 1:
                yield from ((made, [source]) for source, made in change.mapping.items())
            elif change.LookupType == 4:
                for first, ligatures in change.ligatures.items():
                    yield from ((each.LigGlyph, [first, *each.Component]) for each in ligatures)


def _mended(original: Callable[..., Any]) -> Callable[..., Any]:
    def build(pdf: Any, fonts: Any, *rest: Any) -> Any:
        for font in fonts.values():
            mend_letters(font)
        return original(pdf, fonts, *rest)

    return build


# As in core.pdf.tagging: requirements/ pins the release, and tests/papers/ fails when the name moves.
weasyprint_pdf.build_fonts_dictionary = _mended(weasyprint_pdf.build_fonts_dictionary)
