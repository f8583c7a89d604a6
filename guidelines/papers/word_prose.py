"""Light markup of guidelines as WordprocessingML: paragraphs, lists, tables, pictures, notes, references."""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from markdown_it.token import Token

from core.rich_text import SECTION, Reading, picture_code, read
from core.word import NAMESPACE, Paragraph, Run, Table, Writer

LOWEST_HEADING = 6
WIDEST_PICTURE = 5_900_000  # English metric units: 164 mm


def bookmark(code: str) -> str:
    """How Word calls the place of a section: letters, digits and underscores."""
    return code.replace("-", "_")


@dataclass
class Notes:
    """The notes of the whole document, as they are called. Word numbers them."""

    texts: list[str] = field(default_factory=list)

    def add(self, inside: str) -> int:
        self.texts.append(inside)
        return len(self.texts)


@dataclass
class WordProse:
    """Writes the texts of a document. `draw` makes the XML of a picture, "" where its content is lost;
    `new_list` gives the id of a numbered list that begins with a number."""

    writer: Writer
    notes: Notes
    names: Mapping[str, str]  # number and heading of each section
    draw: Callable[[str, str], str]
    captions: Mapping[str, str]
    new_list: Callable[[int], int]
    table: Callable[[Table], str]

    def pieces(self, texts: Sequence[str], *, top: int) -> Iterator[list[str]]:
        """The XML of each piece of one section, its highest heading at level `top`."""
        reading = read(texts)
        levels = [
            int(token.tag[1]) for tokens in reading.pieces for token in tokens if token.type == "heading_open"
        ]
        shift = top - min(levels) if levels else 0
        for tokens in reading.pieces:
            yield list(_Piece(self, reading, shift).written(tokens))

    def paragraph(self, inside: str, style: str = "", *, number: int | None = None, level: int = 0) -> str:
        return self.writer.line(inside, style=style, number=number, level=level)


class _Piece:
    """The tokens of one piece, from first to last."""

    def __init__(self, prose: WordProse, reading: Reading, shift: int) -> None:
        self.prose, self.reading, self.shift = prose, reading, shift
        self.style = ""
        self.lists: list[int | None] = []
        self.rows: list[list[str]] = []
        self.in_table = False

    def written(self, tokens: Sequence[Token]) -> Iterator[str]:
        for token in tokens:
            yield from self._take(token)

    def _take(self, token: Token) -> Iterator[str]:
        if token.type == "heading_open":
            self.style = f"Heading{min(int(token.tag[1]) + self.shift, LOWEST_HEADING)}"
        elif token.type in ("heading_close", "blockquote_close"):
            self.style = ""
        elif token.type == "blockquote_open":
            self.style = "Quote"
        elif token.type == "ordered_list_open":
            self.lists.append(self.prose.new_list(int(token.attrs.get("start", 1))))
        elif token.type == "bullet_list_open":
            self.lists.append(None)
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "table_open":
            self.rows, self.in_table = [], True
        elif token.type == "tr_open":
            self.rows.append([])
        elif token.type == "table_close":
            self.in_table = False
            head, *rows = self.rows
            yield self.prose.table(Table(head, [1] * len(head), rows))
            yield self.prose.paragraph("")
        elif token.type in ("fence", "code_block"):
            code = Run(token.content.rstrip("\n"), is_code=True)
            yield self.prose.writer.paragraph(Paragraph([code]))
        elif token.type == "inline":
            yield from self._say(token)

    def _say(self, token: Token) -> Iterator[str]:
        children = token.children or []
        if self.in_table:
            self.rows[-1].append(
                "".join(child.content or " " * (child.type == "softbreak") for child in children)
            )
            return
        inside = self.line(children)
        is_item = bool(self.lists) and not self.style.startswith("Heading")
        if not is_item:
            yield self.prose.paragraph(inside, self.style)
        else:
            number = self.lists[-1]
            style = "ListBullet" if number is None else "ListNumber"
            yield self.prose.paragraph(inside, style, number=number, level=len(self.lists) - 1)
        for code in (
            picture_code(str(child.attrs.get("src", ""))) for child in children if child.type == "image"
        ):
            if code and code in self.prose.captions:
                yield self.prose.paragraph(self.prose.writer.run(Run(self.prose.captions[code])), "Caption")

    def line(self, children: Sequence[Token], *, in_note: bool = False) -> str:
        run = self.prose.writer.run
        bold = italic = 0
        parts: list[str] = []
        ends: list[str] = []
        for place, child in enumerate(children):
            if child.type in ("strong_open", "strong_close"):
                bold += child.nesting
            elif child.type in ("em_open", "em_close"):
                italic += child.nesting
            elif child.type == "image":
                parts.append(self._picture(child))
            elif child.type == "footnote_ref":
                parts.append("" if in_note else self._note(child.meta["label"]))
            elif child.type == "link_open":
                is_empty = children[place + 1].type == "link_close"
                start, end = self._link(
                    str(child.attrs.get("href", "")), children[place + 1], is_empty=is_empty
                )
                parts.append(start)
                ends.append(end)
            elif child.type == "link_close":
                parts.append(ends.pop() if ends else "")
            elif child.type in ("softbreak", "hardbreak"):
                parts.append(run(Run("\n" if child.type == "hardbreak" else " ")))
            elif child.content:
                is_code = child.type == "code_inline"
                parts.append(run(Run(child.content, bold=bold > 0, italic=italic > 0, is_code=is_code)))
        return "".join(parts)

    def _link(self, address: str, inside: Token, *, is_empty: bool) -> tuple[str, str]:
        """A reference leads to its section; behind other links stands their address."""
        found = SECTION.fullmatch(address)
        if found is None:
            says_it = inside.content == address or is_empty
            return "", "" if says_it else self.prose.writer.run(Run(f" ({address})"))
        code = found[1].upper()
        if code not in self.prose.names:
            return "", ""
        words = self.prose.writer.run(Run(self.prose.names[code])) if is_empty else ""
        return f"<w:hyperlink w:anchor={quoteattr(bookmark(code))}>{words}", "</w:hyperlink>"

    def _picture(self, image: Token) -> str:
        code = picture_code(str(image.attrs.get("src", "")))
        return self.prose.draw(code, image.content) if code else ""

    def _note(self, label: str) -> str:
        if label not in self.reading.notes:
            return self.prose.writer.run(Run(f"[^{label}]"))
        lines = [token.children or [] for token in self.reading.notes[label] if token.type == "inline"]
        inside = self.prose.writer.run(Run(" ")) + "".join(self.line(line, in_note=True) for line in lines)
        number = self.prose.notes.add(inside)
        return (
            '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/><w:vertAlign w:val="superscript"/></w:rPr>'
            f'<w:footnoteReference w:id="{number}"/></w:r>'
        )


def footnotes_xml(notes: Notes, *, rtl: bool) -> bytes:
    """The part of the file that holds the notes; Word wants two separators in it first."""
    bidi = "<w:pPr><w:bidi/></w:pPr>" if rtl else ""
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
        for kind, number in (("separator", -1), ("continuationSeparator", 0))
    )
    written = "".join(
        f'<w:footnote w:id="{number}"><w:p>{bidi}{mark}{text}</w:p></w:footnote>'
        for number, text in enumerate(notes.texts, start=1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    return f"{head}<w:footnotes {NAMESPACE}>{separators}{written}</w:footnotes>".encode()


def picture_xml(part: Any, content: bytes, alt: str) -> str:
    """A picture in its line, not wider than the text, with words for who does not see it."""
    from docx.oxml.xmlchemy import serialize_for_reading

    inline = part.new_pic_inline(io.BytesIO(content), None, None)
    if inline.extent.cx > WIDEST_PICTURE:
        inline = part.new_pic_inline(io.BytesIO(content), WIDEST_PICTURE, None)
    inline.docPr.set("descr", alt)
    inline.docPr.set("name", escape(alt[:60]))
    return f"<w:r><w:drawing>{serialize_for_reading(inline)}</w:drawing></w:r>"
