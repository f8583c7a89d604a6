"""Light markup of a long document: pictures, notes and references to sections, beside what core.prose has.

    ![words](picture:PIC-XXXXXX)     a picture of the document; alone on a line it is a figure
    a word[^1]   [^1]: the note      a note: at the foot of the page on paper, after the text on a screen
    [words](#S-XXXXXX)               a reference to a section; without words, its number and heading

A section's text may be cut in pieces by blocks of data: its notes belong to all of them.
"""

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, cast

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from core import numbers
from core.prose import SAFE_LINKS, fit_tables, place_headings, with_tables

PICTURE = re.compile(r"picture:(PIC-[0-9A-Z]{4,10})", re.IGNORECASE)
MOST_REPEATED = 100_000  # characters of notes that are printed once more: each call prints its note
FENCE = re.compile("```|~~~")
SECTION = re.compile(r"#(S-[0-9A-Z]{4,10})", re.IGNORECASE)


@dataclass(frozen=True)
class Shown:
    """A picture as a text shows it. `url` is an address of the site, or `picture:CODE` on paper."""

    url: str
    alt: str
    caption: str = ""
    credit: str = ""
    width: int = 0  # pixels
    height: int = 0


@dataclass(frozen=True)
class Reading:
    """A section's text taken apart: the tokens of each piece, and of each note by its label."""

    pieces: list[list[Token]]
    notes: dict[str, list[Token]] = field(default_factory=dict)

    def children(self) -> Iterator[Token]:
        """What stands in the lines, notes included."""
        for tokens in (*self.pieces, *self.notes.values()):
            for token in tokens:
                yield from token.children or []


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = with_tables(MarkdownIt("commonmark", {"html": False}))
    parser.use(footnote_plugin, inline=False, move_to_end=False, always_match_refs=True)
    parser.validateLink = _is_safe  # type: ignore[method-assign]
    return parser


def _is_safe(url: str) -> bool:
    url = url.strip()
    return bool(url.lower().startswith(SAFE_LINKS) or PICTURE.fullmatch(url) or SECTION.fullmatch(url))


def read(texts: Sequence[str]) -> Reading:
    """The pieces of one section's text, with the notes of all of them."""
    reading = Reading([])
    for text in texts:
        kept: list[Token] = []
        open_notes: list[list[Token]] = []
        for token in _parser().parse(text, {}):
            if token.type == "footnote_reference_open":
                open_notes.append(reading.notes.setdefault(token.meta["label"], []))
            elif token.type == "footnote_reference_close":
                open_notes.pop()
            else:
                (open_notes[-1] if open_notes else kept).append(token)
        reading.pieces.append(kept)
    return reading


def lines_of_code(text: str) -> set[int]:
    """The lines of a text, the first is 0, that are blocks of code: what stands there is shown as typed."""
    return {line for token in _code_in(text) for line in range(*(token.map or (0, 0)))}


def _code_in(text: str) -> list[Token]:
    """Its blocks of code. The lines themselves are not read: that is most of the work."""
    parser = _parser()
    tokens: list[Token] = []
    parser.block.parse(text, parser, {}, tokens)
    return [token for token in tokens if token.type in ("fence", "code_block")]


def _never_closed(text: str) -> Iterator[str]:
    """The signs that begin code which goes on to the text's end."""
    lines = text.split("\n") if FENCE.search(text) else []
    for code in _code_in(text) if lines else []:
        first, end = code.map or (0, 0)
        last = lines[end - 1].strip()
        is_closed = end - 1 > first and last.startswith(code.markup) and set(last) == set(code.markup)
        if code.markup and not code.level and not is_closed:
            yield code.markup


def pieces_to_html(
    texts: Sequence[str],
    *,
    top_heading: int = 3,
    pictures: Mapping[str, Shown] | None = None,
    sections: Mapping[str, str] | None = None,
    notes: str = "web",
    prefix: str = "note",
) -> list[SafeString]:
    """Each piece of one section's text as HTML. On a screen the notes stand after the last piece.

    `sections` gives number and heading for each code that may be referred to. `prefix` makes the notes'
    addresses their own on a page with several sections: the section's code."""
    reading = read(texts)
    writer = _Writer(reading, pictures or {}, sections or {}, is_print=notes == "print", prefix=prefix)
    place_headings([token for tokens in reading.pieces for token in tokens], top_heading)
    written = [writer.html(tokens) for tokens in reading.pieces]
    if writer.called and not writer.is_print and written:
        written[-1] += writer.list_of_notes()
    from_right = any(map(numbers.is_from_right, texts))
    return [mark_safe(numbers.in_html(html, from_right=from_right)) for html in written]  # noqa: S308 - as made


def problems_in(texts: Sequence[str], *, pictures: Container[str], sections: Container[str]) -> list[str]:
    """What a text refers to that is not there, in words. It can be saved; it is not ready to be published."""
    reading, found, called = read(texts), [], set()
    for child in reading.children():
        url = str(child.attrs.get("src") or child.attrs.get("href") or "")
        if child.type == "image":
            code = picture_code(url)
            if code is None:
                found.append(
                    _("A picture from elsewhere is not shown: add it to the pictures of the document.")
                )
            elif code not in pictures:
                found.append(_("The picture %(code)s is not there.") % {"code": code})
        elif child.type == "link_open" and (to := SECTION.fullmatch(url)) and to[1].upper() not in sections:
            found.append(_("The section %(code)s is not there.") % {"code": to[1].upper()})
        elif child.type == "footnote_ref":
            called.add(child.meta["label"])
    missing = _("The note [^%(label)s] is called, but its text is missing.")
    found += [missing % {"label": label} for label in sorted(called - set(reading.notes))]
    unseen = _("The note [^%(label)s] is called nowhere: it will not be shown.")
    found += [unseen % {"label": label} for label in reading.notes if label not in called]
    endless = _("Code that begins with %(sign)s has no end: all that follows it is shown as it is typed.")
    found += [endless % {"sign": sign} for text in texts for sign in _never_closed(text)]
    return list(dict.fromkeys(found))


def picture_code(url: str) -> str | None:
    """The code in the address of a picture; None for one from elsewhere."""
    found = PICTURE.fullmatch(url)
    return found[1].upper() if found else None


def pictures_in(texts: Sequence[str]) -> list[str]:
    """The codes of the pictures that a text shows, each once."""
    images = (child for child in read(texts).children() if child.type == "image")
    codes = (picture_code(str(image.attrs.get("src", ""))) for image in images)
    return list(dict.fromkeys(code for code in codes if code))


class _Writer:
    """Tokens of one section into HTML, with what they refer to."""

    def __init__(
        self,
        reading: Reading,
        pictures: Mapping[str, Shown],
        sections: Mapping[str, str],
        *,
        is_print: bool,
        prefix: str,
    ) -> None:
        self.reading, self.pictures, self.sections = reading, pictures, sections
        self.is_print, self.prefix = is_print, prefix
        self.called: dict[str, int] = {}  # labels of notes, with how often each is called
        self.in_note = False
        self.repeated = 0

    def html(self, tokens: list[Token]) -> SafeString:
        fit_tables(tokens)
        tokens = self._figures(tokens)
        for token in tokens:
            if token.children:
                token.children = list(self._lines(token.children))
        parser = _parser()
        return mark_safe(parser.renderer.render(tokens, parser.options, {}))  # noqa: S308 - HTML is off

    def _figures(self, tokens: list[Token]) -> list[Token]:
        """Paragraphs that hold pictures alone become figures."""
        found, place = [], 0
        while place < len(tokens):
            images = _only_images(tokens[place + 1]) if tokens[place].type == "paragraph_open" else []
            if images:
                found += [_raw(self._figure(image), is_block=True) for image in images]
                place += 3
            else:
                found.append(tokens[place])
                place += 1
        return found

    def _figure(self, image: Token) -> SafeString:
        picture = self._picture(image)
        if picture is None:
            return format_html('<p class="not-there">{}</p>\n', self._without(image))
        said = format_html_join(
            " ",
            '<span class="{}">{}</span>',
            [("caption", picture.caption)] * bool(picture.caption)
            + [("credit", picture.credit)] * bool(picture.credit),
        )
        words = format_html("<figcaption>{}</figcaption>", said) if said else ""
        return format_html('<figure class="picture">{}{}</figure>\n', _img(picture, image), words)

    def _picture(self, image: Token) -> Shown | None:
        return self.pictures.get(picture_code(str(image.attrs.get("src", ""))) or "")

    def _without(self, image: Token) -> str:
        code = picture_code(str(image.attrs.get("src", "")))
        if code is None:
            return _("A picture from elsewhere is not shown: add it to the pictures of the document.")
        return _("The picture %(code)s is not there.") % {"code": code}

    def _lines(self, children: Sequence[Token]) -> Iterator[Token]:
        closing: list[Token | None] = []  # what ends the links that are open
        for place, child in enumerate(children):
            if child.type == "image":
                picture = self._picture(child)
                yield _raw(
                    _img(picture, child)
                    if picture
                    else format_html('<span class="not-there">{}</span>', self._without(child))
                )
            elif child.type == "footnote_ref":
                yield _raw(self._note(child.meta["label"]))
            elif child.type == "link_open":
                is_empty = children[place + 1].type == "link_close"
                opening, end = self._link(child, is_empty=is_empty)
                closing.append(end)
                yield opening
            elif child.type == "link_close":
                yield closing.pop() or child
            else:
                yield child

    def _link(self, link: Token, *, is_empty: bool) -> tuple[Token, Token | None]:
        url = str(link.attrs.get("href", ""))
        if PICTURE.fullmatch(url):
            return _raw(mark_safe("<span>")), _raw(mark_safe("</span>"))
        found = SECTION.fullmatch(url)
        if found is None:
            return link, None
        code = found[1].upper()
        if code not in self.sections:
            words = _("The section %(code)s is not there.") % {"code": code} if is_empty else ""
            return _raw(format_html('<span class="not-there">{}', words)), _raw(mark_safe("</span>"))
        words = self.sections[code] if is_empty else ""
        return _raw(format_html('<a class="crossref" href="#{}">{}', code, words)), None

    def _note(self, label: str) -> SafeString:
        if label not in self.reading.notes or self.in_note:
            return format_html("[^{}]", label)
        self.called[label] = self.called.get(label, 0) + 1
        if self.is_print:
            if self.called[label] > 1 and self.repeated > MOST_REPEATED:
                return format_html("[^{}]", label)
            note = self._note_in_line(label)
            self.repeated += len(note) if self.called[label] > 1 else 0
            return format_html('<span class="footnote">{}</span>', note)
        number = list(self.called).index(label) + 1
        address = f"{self.prefix}-{number}"
        again = f"-{self.called[label]}" if self.called[label] > 1 else ""
        return format_html(
            '<sup class="note-call"><a href="#{0}" id="{0}-from{1}" aria-label="{2}">{3}</a></sup>',
            address,
            again,
            _("Note %(number)s") % {"number": number},
            number,
        )

    def _note_in_line(self, label: str) -> SafeString:
        """A note on paper stands in its line: paragraphs follow each other."""
        inlines = [token for token in self.reading.notes[label] if token.type == "inline"]
        return format_html_join(" ", "{}", [(self._inline(token.children or []),) for token in inlines])

    def _inline(self, children: Sequence[Token]) -> SafeString:
        self.in_note = True
        changed = list(self._lines(children))
        self.in_note = False
        parser = _parser()
        renderer = cast(RendererHTML, parser.renderer)
        return mark_safe(renderer.renderInline(changed, parser.options, {}))  # noqa: S308 - HTML is off

    def list_of_notes(self) -> SafeString:
        """The notes as they are called, each with the ways back."""
        rows = []
        for number, (label, times) in enumerate(self.called.items(), start=1):
            address = f"{self.prefix}-{number}"
            ends = ["", *(f"-{time}" for time in range(2, times + 1))]
            back = format_html_join(
                "",
                ' <a class="note-back" href="#{}-from{}" aria-label="{}">↩</a>',
                [
                    (address, end, _("Back to the text, from note %(number)s") % {"number": number})
                    for end in ends
                ],
            )
            rows.append((address, self._note_in_line(label), back))
        return format_html('<ol class="notes">{}</ol>\n', format_html_join("", '<li id="{}">{}{}</li>', rows))


def _only_images(inline: Token) -> list[Token]:
    children = inline.children or []
    images = [child for child in children if child.type == "image"]
    rest = [child for child in children if child.type not in {"image", "softbreak", "hardbreak"}]
    return [] if any(child.content.strip() or child.type != "text" for child in rest) else images


def _img(picture: Shown, image: Token) -> SafeString:
    """What it shows in words comes from the picture, unless the text says it in its own."""
    size: Any = format_html(' width="{}" height="{}"', picture.width, picture.height) if picture.width else ""
    return format_html('<img src="{}" alt="{}"{}>', picture.url, image.content.strip() or picture.alt, size)


def _raw(html: SafeString, *, is_block: bool = False) -> Token:
    """HTML of ours among the tokens."""
    return Token("html_block" if is_block else "html_inline", "", 0, content=html)
