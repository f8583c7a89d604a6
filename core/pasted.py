"""A text with the tags of a word processor or a web page in it, as light markup: no word of it is lost.

What is light markup already stays as it is. The browser does the same at once when something is pasted
(static/js/paste.js); this is for whoever pasted without it.
"""

import re
from html.parser import HTMLParser

LONGEST = 300_000  # characters; more is no text of one form
UNSEEN = ("<!--", "<style", "<script", "<title", "<xml")  # with all that is in them
CLOSING = {"<!--": "-->"}
# In these the parser would take everything that follows for their content.
RAW = re.compile(
    r"</?(?:style|script|title|xml|textarea|xmp|iframe|noembed|noframes|noscript|plaintext)\b[^<>]*>", re.I
)
ADDRESS = re.compile(r"<((?:https?://|mailto:)[^\s<>]+)>")
MAIL = re.compile(r"<([^\s<>@/]+@[^\s<>@]+)>")
BLOCKS = {"p", "div", "section", "article", "ul", "ol", "table", "blockquote", "pre", "figure", "center"}
BOLD, ITALIC = {"b", "strong"}, {"i", "em", "cite"}
SAFE = ("https://", "http://", "mailto:")


def without_tags(text: str) -> str:
    """`text` without HTML: bold, italics, headings, lists, links and tables become light markup."""
    if len(text) > LONGEST:
        return text
    for opening in UNSEEN:
        text = _cut(text, opening, CLOSING.get(opening, f"</{opening[1:]}>"))
    text = RAW.sub("", text)
    text = re.sub(r"<!\[[^\]<>]{0,80}\]>", "", text)
    text = MAIL.sub(r"[\1](mailto:\1)", ADDRESS.sub(r"[\1](\1)", text))
    cleaner = _Cleaner()
    cleaner.feed(text)
    cleaner.close()
    cleaner.end_row()
    return cleaner.result()


def _cut(text: str, opening: str, closing: str) -> str:
    """Without what stands from each `opening` to its `closing`; one that is never closed stays."""
    lowered, kept, place = text.lower(), [], 0
    while (start := lowered.find(opening, place)) >= 0:
        end = lowered.find(closing, start)
        if end < 0:
            break
        kept.append(text[place:start])
        place = end + len(closing)
    return "".join([*kept, text[place:]])


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.lists: list[list[object]] = []  # [kind, number] of each list that is open
        self.links: list[str] = []
        self.row: list[str] | None = None
        self.rows = 0
        self.cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BOLD:
            self._write("**")
        elif tag in ITALIC:
            self._write("*")
        elif tag == "a":
            href = (dict(attrs).get("href") or "").strip()
            self.links.append(href if href.lower().startswith(SAFE) else "")
            self._write("[" if self.links[-1] else "")
        elif tag in {"td", "th"}:
            self._end_cell()
            self.cell = []
        elif tag == "tr":
            self.end_row()
            self.row = []
        elif tag == "br":
            self._write(" " if self.cell is not None else "\n")
        elif tag == "li":
            self._item()
        elif re.fullmatch("h[1-6]", tag):
            self._block("#" * min(int(tag[1]) + 1, 6) + " ")
        elif tag in BLOCKS:
            self._open_block(tag)

    def _open_block(self, tag: str) -> None:
        if tag in {"ul", "ol"}:
            self.lists.append([tag, 0])
        if tag == "table":
            self.rows = 0
        is_inside = len(self.lists) > (tag in {"ul", "ol"})  # a paragraph in a list is its line
        if not is_inside:
            self._block()

    def handle_endtag(self, tag: str) -> None:
        if tag in BOLD:
            self._write("**")
        elif tag in ITALIC:
            self._write("*")
        elif tag == "a" and self.links:
            href = self.links.pop()
            self._write(f"]({href})" if href else "")
        elif tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self.end_row()
            if tag == "table" and not self.lists:
                self._block()
        elif re.fullmatch("h[1-6]", tag) or tag in BLOCKS:
            if tag in {"ul", "ol"} and self.lists:
                self.lists.pop()
            if not self.lists:
                self._block()

    def _end_cell(self) -> None:
        """Also one that was never closed, or stands in no row."""
        if self.cell is None:
            return
        words = " ".join("".join(self.cell).split())
        self.cell = None
        if self.row is None:
            self._write(f" {words} ")
        else:
            self.row.append(words.replace("|", "\\|"))

    def end_row(self) -> None:
        self._end_cell()
        row, self.row = self.row, None
        if row:
            line = f"| {' | '.join(row)} |\n"
            self._write(line if self.rows else f"\n\n{line}|{'---|' * len(row)}\n")
            self.rows += 1

    def _item(self) -> None:
        kind = self.lists[-1] if self.lists else ["ul", 0]
        kind[1] = int(str(kind[1])) + 1
        sign = f"{kind[1]}. " if kind[0] == "ol" else "- "
        self._write("\n" + "    " * max(0, len(self.lists) - 1) + sign)

    def _block(self, start: str = "") -> None:
        self._write(" " if self.cell is not None else f"\n\n{start}")

    def handle_data(self, data: str) -> None:
        # A sign that was written as &lt; stays one, and never becomes a tag.
        self._write(re.sub(r"<(?=[A-Za-z/!?])", "< ", data.replace("\xa0", " ")))

    def _write(self, text: str) -> None:
        if self.cell is not None:
            self.cell.append(text)
        elif self.row is None or text.strip():
            self.out.append(text)

    def result(self) -> str:
        text = "".join(self.out).replace("\r\n", "\n")
        text = re.sub(r"\*{4}|(?<!\*)\*\*\s*\*\*(?!\*)", "", text)  # bold around nothing
        text = re.sub(r"[ \t]+\n", "\n", text)
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")
