"""What an independent checker says of a PDF that the portal made.

`outloud` (PDF/UA-1 as veraPDF tests it, and what a reader of the tags would still stumble over) and
`pdfua` as a second opinion. Neither knows the program that made the file.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

# Warnings that a right document may get, each with the reason.
TOLERATED: dict[str, str] = {
    "PAG-001": "rows of a list that differ by a number alone look like a running head to the checker; "
    "that running heads are put aside is held by tests/core/test_pdf_tags.py",
    "ORD-001": "the markers of a list are painted after its texts; a reader follows the tags, not the paint",
    "TBL-010": "a table of two columns with a heading for each row has more headings than values",
}


def assert_accessible(pdf: bytes, *, tolerate: dict[str, str] | None = None) -> None:
    """No error and no warning of either checker, but those tolerated: {rule: reason}."""
    said = findings(pdf)
    allowed = TOLERATED | (tolerate or {})
    if only_page_furniture_is_put_aside(pdf):
        allowed["TAG-002"] = "a long running head reads like prose; nothing else is put aside"
    wrong = [line for rule, line in said if rule not in allowed]
    assert not wrong, "\n".join(["The checker says:", *wrong])


def only_page_furniture_is_put_aside(pdf: bytes) -> bool:
    """Whether all text that readers skip is marked as what a page repeats: heads and feet, the watermark,
    the head of a table that goes on."""
    import pikepdf

    with pikepdf.open(BytesIO(pdf)) as document:
        return all(map(_is_furniture, (mark for page in document.pages for mark in _put_aside(page))))


def _is_furniture(mark: Any) -> bool:
    return mark is not None and str(mark.get("/Type")) == "/Pagination"


def _put_aside(page: Any) -> Iterator[Any]:
    """The properties of each artifact in which text is shown; None for one without."""
    import pikepdf

    marks: list[tuple[str, Any]] = []
    for operands, operator in pikepdf.parse_content_stream(page):
        if str(operator) in {"BDC", "BMC"}:
            properties = operands[1] if len(operands) > 1 else None
            marks.append(
                (str(operands[0]), properties if isinstance(properties, pikepdf.Dictionary) else None)
            )
        elif str(operator) == "EMC":
            marks.pop()
        elif str(operator) in {"Tj", "TJ"}:
            yield from (properties for tag, properties in marks if tag == "/Artifact")


def findings(pdf: bytes) -> list[tuple[str, str]]:
    """(rule, line in words) for every error and warning of the two checkers."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "checked.pdf")
        path.write_bytes(pdf)
        return [*_outloud(path), *_pdfua(path)]


def _outloud(path: Path) -> list[tuple[str, str]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the checker's own libraries, not of the portal
        from outloud import check

        result: Any = check(str(path))
    assert result.error is None, result.error
    crashed = [run.rule for run in result.runs if run.status == "crashed"]
    assert not crashed, f"rules of the checker broke: {crashed}"
    return [
        (
            each.rule,
            f"{each.severity} {each.rule} page {each.page}: {each.message} ({each.evidence}) {each.location}",
        )
        for each in result.sorted_findings()
        if each.severity != "info"
    ]


def _pdfua(path: Path) -> list[tuple[str, str]]:
    from pdfua import Severity, validate

    report = validate(path)
    return [
        (each.rule_id, f"{each.severity.name} {each.rule_id} {each.location}: {each.message}")
        for each in report.findings
        if each.severity >= Severity.WARNING
    ]
