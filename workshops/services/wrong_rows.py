"""The rows that were not understood, given back to be corrected and handed in again."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from workshops.models import ParticipantImport, Verdict
from workshops.services.imports import sketch_of
from workshops.spreadsheets import Sheet, write_xlsx


def wrong_rows(each: ParticipantImport) -> bytes:
    """A workbook with the headings of the list, its wrong rows unchanged, and why in a further column."""
    sketch = sketch_of(each)
    width = max(sketch.numbers, default=0) + 1
    headings = [""] * width
    for number, heading in zip(sketch.numbers, sketch.headings, strict=True):
        headings[number] = heading
    sheet = Sheet(
        _("Wrong rows"),
        [*headings, _("What is wrong")],
        _rows(each, width),
        widths={width: 80},
    )
    return write_xlsx([sheet], title=each.code)


def _rows(each: ParticipantImport, width: int) -> Iterator[list[str]]:
    for row in each.rows.filter(verdict=Verdict.WRONG).order_by("number").iterator(chunk_size=1000):
        cells = [*json.loads(row.values)["row"], *[""] * width][:width]
        yield [*cells, " ".join(json.loads(row.reasons))]
