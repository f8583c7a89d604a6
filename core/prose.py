"""Light markup in long texts: Markdown in, safe HTML out.

HTML in the text is shown as text, never obeyed. Links go to web and mail addresses only, images
are not drawn: a text can neither run a script nor make the reader's browser or the PDF fetch
anything.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core import numbers

if TYPE_CHECKING:
    from core.rich_text import Shown

SAFE_LINKS = ("https://", "http://", "mailto:")
CELL_CLASSES = {"text-align:right": "text-end", "text-align:center": "text-center"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = with_tables(MarkdownIt("commonmark", {"html": False})).disable("image")
    parser.validateLink = lambda url: url.strip().lower().startswith(SAFE_LINKS)  # type: ignore[method-assign]
    return parser


def with_tables(parser: MarkdownIt) -> MarkdownIt:
    parser.enable("table")
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _open_table(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    # A wide table scrolls in its own box: the page must not. A box that scrolls takes the focus.
    wrap = f'<div class="table-wrap" role="group" aria-label="{_("Table")}" tabindex="0">'
    return f'{wrap}<table class="table table-cards">\n'


def _close_table(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def to_html(
    text: str,
    *,
    top_heading: int = 3,
    pictures: "Mapping[str, Shown] | None" = None,
    sections: Mapping[str, str] | None = None,
    notes: str = "",
    prefix: str = "note",
) -> SafeString:
    """`text` as HTML. Its highest heading becomes h`top_heading`; no level is skipped below it.

    With `pictures`, `sections` or `notes` ("web", "print") the text of a document that has them; one cut in
    pieces by blocks of data is written by core.rich_text.pieces_to_html, so that its notes hold for all."""
    if pictures is not None or sections is not None or notes:
        from core.rich_text import pieces_to_html  # which is made of this module

        return pieces_to_html(
            [text],
            top_heading=top_heading,
            pictures=pictures,
            sections=sections,
            notes=notes or "web",
            prefix=prefix,
        )[0]
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    place_headings(tokens, top_heading)
    fit_tables(tokens)
    html = parser.renderer.render(tokens, parser.options, env)
    html = numbers.in_html(html, from_right=numbers.is_from_right(text))
    return mark_safe(html)  # noqa: S308 - HTML is off


def tokens_of(text: str) -> Sequence[Token]:
    """`text` taken apart, for papers that are not HTML."""
    return _parser().parse(text)


def place_headings(tokens: Sequence[Token], top: int) -> None:
    """Headings in order: the page has its own above, and a reader jumps from one to the next."""
    levels = [int(token.tag[1]) for token in tokens if token.type == "heading_open"]
    if not levels:
        return
    shift, previous = top - min(levels), top - 1
    for token in tokens:
        if token.type == "heading_open":
            previous = max(top, min(int(token.tag[1]) + shift, previous + 1, 6))
            token.tag = f"h{previous}"
        elif token.type == "heading_close":
            token.tag = f"h{previous}"


def fit_tables(tokens: Sequence[Token]) -> None:
    """Cells know their heading, which they show when a phone turns the table into cards.

    No inline style for alignment: the site's policy forbids it.
    """
    headings: list[str] = []
    column = 0
    for index, token in enumerate(tokens):
        if token.type == "tr_open":
            column = 0
        elif token.type == "thead_open":
            headings = []
        elif token.type == "th_open":
            headings.append(_plain(tokens[index + 1]))
            token.attrSet("scope", "col")
        elif token.type == "td_open":
            if 0 < column < len(headings) and headings[column]:
                token.attrSet("data-label", headings[column])
            column += 1
        style = str(token.attrs.pop("style", "")) if token.type in {"th_open", "td_open"} else ""
        if style in CELL_CLASSES:
            token.attrSet("class", CELL_CLASSES[style])


def _plain(inline: Token) -> str:
    """The text of a cell without its markup."""
    return "".join(child.content for child in inline.children or []).strip()
