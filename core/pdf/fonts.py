"""Which letters the installed fonts have. A document that would show boxes is refused in words instead."""

import ctypes
import ctypes.util
import unicodedata
from dataclasses import dataclass
from functools import cache

SAMPLES = 5
# Not drawn: controls, joiners, spaces; what is left of selectors between two shapes of one letter.
UNDRAWN = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp", "Cs"})
SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class Missing:
    """A script of which no installed font has these letters."""

    script: str
    letters: str


class LettersMissing(Exception):
    """No installed font has letters of the text."""

    def __init__(self, missing: tuple[Missing, ...]) -> None:
        self.missing = missing
        super().__init__("; ".join(f"{each.script}: {' '.join(each.letters)}" for each in missing))


def missing_letters(text: str) -> tuple[Missing, ...]:
    """The letters of `text` that would be boxes, by script; a few of each."""
    installed = _Installed.once()
    found: dict[str, list[str]] = {}
    for letter in sorted(set(text)):
        if not letter.isascii() and not installed.has(letter) and _is_drawn(letter):
            found.setdefault(_script_of(letter), []).append(letter)
    return tuple(Missing(name, "".join(letters[:SAMPLES])) for name, letters in found.items())


def _script_of(letter: str) -> str:
    from fontTools.unicodedata import script, script_name  # large tables, that the site seldom needs

    return script_name(script(letter))


def _is_drawn(letter: str) -> bool:
    return unicodedata.category(letter) not in UNDRAWN and ord(letter) not in SELECTORS


class _FontSet(ctypes.Structure):
    _fields_ = [
        ("nfont", ctypes.c_int),
        ("sfont", ctypes.c_int),
        ("fonts", ctypes.POINTER(ctypes.c_void_p)),
    ]


class _Installed:
    """All letters of all installed fonts, as fontconfig knows them: WeasyPrint asks the same library."""

    def __init__(self) -> None:
        self.library = library = ctypes.CDLL(ctypes.util.find_library("fontconfig") or "libfontconfig.so.1")
        for name in ("FcInitLoadConfigAndFonts", "FcPatternCreate", "FcObjectSetCreate", "FcCharSetCreate"):
            getattr(library, name).restype = ctypes.c_void_p
        library.FcFontList.restype = ctypes.POINTER(_FontSet)
        config, pattern, wanted, letters = (
            ctypes.c_void_p(make())
            for make in (
                library.FcInitLoadConfigAndFonts,
                library.FcPatternCreate,
                library.FcObjectSetCreate,
                library.FcCharSetCreate,
            )
        )
        library.FcObjectSetAdd(wanted, b"charset")
        fonts = library.FcFontList(config, pattern, wanted)
        for index in range(fonts.contents.nfont):
            own = ctypes.c_void_p()
            font = ctypes.c_void_p(fonts.contents.fonts[index])
            if library.FcPatternGetCharSet(font, b"charset", 0, ctypes.byref(own)) == 0:
                library.FcCharSetMerge(letters, own, None)
        library.FcFontSetDestroy(fonts)
        library.FcObjectSetDestroy(wanted)
        library.FcPatternDestroy(pattern)
        self.letters = letters

    @classmethod
    @cache
    def once(cls) -> "_Installed":
        """Read once a process: a font installed later is seen after the next start."""
        return cls()

    def has(self, letter: str) -> bool:
        return bool(self.library.FcCharSetHasChar(self.letters, ctypes.c_uint32(ord(letter))))
