"""The cells of the coverage matrix: thousands of them, so a template would be slow."""

from functools import lru_cache

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from plans.reports.coverage import DOUBTED, ItemRow

register = template.Library()

# A shade for the screen, a sign for paper in black and white: full, half, empty, in doubt.
SIGNS = {"direct": "●", "partial": "◐", "supporting": "○", DOUBTED: "?"}
EMPTY = mark_safe("<td></td>")


@register.simple_tag
def coverage_cells(row: ItemRow) -> SafeString:
    """One `td` for each plan: sign and number, and the words for who hears the page."""
    cells = [_cell(cell.kind, cell.number, cell.label) if cell else EMPTY for cell in row.cells]
    return mark_safe("".join(cells))  # noqa: S308 - each was formatted safely


@lru_cache(maxsize=512)
def _cell(kind: str, number: int, label: str) -> SafeString:
    return format_html(
        '<td class="served served-{}">{}{}<span class="visually-hidden"> {}</span></td>',
        kind,
        SIGNS[kind],
        number,
        label,
    )
