"""Light markup in long texts: Markdown in, safe HTML out.

HTML in the text is shown as text, never obeyed. Links go to web and mail addresses only, images
are not drawn: a text can neither run a script nor make the reader's browser or the PDF fetch
anything.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

SAFE_LINKS = ("https://", "http://", "mailto:")
CELL_CLASSES = {"text-align:right": "text-end", "text-align:center": "text-center"}


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    parser.validateLink = lambda url: url.strip().lower().startswith(SAFE_LINKS)  # type: ignore[method-assign]
    parser.add_render_rule("table_open", _open_table)
    parser.add_render_rule("table_close", _close_table)
    return parser


def _open_table(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    # A wide table scrolls in its own box: the page must not. A box that scrolls takes the focus.
    wrap = f'<div class="table-wrap" role="group" aria-label="{_("Table")}" tabindex="0">'
    return f'{wrap}<table class="table">\n'


def _close_table(renderer: Any, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    return "</table></div>\n"


def to_html(text: str, *, top_heading: int = 3) -> SafeString:
    """`text` as HTML. Its highest heading becomes h`top_heading`; no level is skipped below it."""
    parser = _parser()
    env: dict[str, Any] = {}
    tokens = parser.parse(text, env)
    _place_headings(tokens, top_heading)
    for token in tokens:
        _fit_cell(token)
    return mark_safe(parser.renderer.render(tokens, parser.options, env))  # noqa: S308 - HTML is off


def _place_headings(tokens: Sequence[Token], top: int) -> None:
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


def _fit_cell(token: Token) -> None:
    """Table cells without inline style, which the site's policy forbids; heads say what they head."""
    if token.type == "th_open":
        token.attrSet("scope", "col")
    if token.type in {"th_open", "td_open"} and "style" in token.attrs:
        style = str(token.attrs.pop("style"))
        if style in CELL_CLASSES:
            token.attrSet("class", CELL_CLASSES[style])
