"""The tags of a PDF, mended where WeasyPrint 70 leaves out what PDF/UA-1 (ISO 14289-1) asks for.

WeasyPrint tells nobody which tag stands for which box. `_remember` watches while the tags are made
and writes the box on each; `mend_tags` then reads the HTML element that the box came from.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.pdf import tags as weasyprint_tags

from core.pdf.tables import mend_table
from core.pdf.tree import Tree

DECORATION = {"presentation", "none"}
# Scripts of India draw some signs before the letter that they follow.
OTHER_ORDER = re.compile("[\u0900-\u0dff]")
PRINT_FLAG = 4  # ISO 32000-1, table 165
AT_THE_TOP = ("@top", "@left-top", "@right-top")


def _remember(original: Callable[..., Iterator[Any]]) -> Callable[..., Iterator[Any]]:
    def build(box: Any, parent: Any, pdf: Any, page_number: int, nums: Any, *rest: Any) -> Iterator[Any]:
        if isinstance(box, weasyprint_tags.AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.PageBox):
            _remember_letters(rest[-1], pdf, page_number)
        aside = _aside(box)
        if aside:  # a screen reader passes over it: running heads, page numbers, decoration
            drawn, marks = rest[-1], vars(pdf).setdefault("aside", defaultdict(dict))
            for each in list(_drawn(box)):
                if each in drawn:
                    number = drawn.pop(each)["mcid"]
                    nums[number] = b"null"
                    marks[page_number][number] = aside
            return
        for element in original(box, parent, pdf, page_number, nums, *rest):
            if not hasattr(element, "box"):  # else one from below, that is only handed on
                element.box = box
                element.page = page_number
            yield element

    return build


def _remember_letters(drawn: Any, pdf: Any, page_number: int) -> None:
    """Lines whose shapes do not stand in the order of their letters."""
    spoken = vars(pdf).setdefault("spoken", {})
    for box, kid in drawn.items():
        if isinstance(box, boxes.TextBox) and OTHER_ORDER.search(box.text):
            spoken[pdf.page_references[page_number], kid["mcid"]] = box.text


def _say_letters(element: Any, tree: Tree, spoken: dict[Any, str]) -> None:
    for line in tree.children(element) if spoken else ():
        kids = line["K"]
        if len(kids) == 1 and (text := spoken.get((line["Pg"], kids[0]))):
            line["ActualText"] = pydyf.String(text)


def _aside(box: Any) -> dict[str, str]:
    """How what nobody reads aloud is marked; empty for all that is read."""
    if isinstance(box, boxes.MarginBox):
        side = "/Header" if box.at_keyword.startswith(AT_THE_TOP) else "/Footer"
        return {"Type": "/Pagination", "Subtype": side}
    element = box.element
    if element is None or not isinstance(box, boxes.ReplacedBox):
        return {}
    hidden = element.get("aria-hidden") == "true" or element.get("role") in DECORATION
    if hidden or (element.tag == "img" and element.get("alt") == ""):
        return {"Type": "/Layout"}
    return {}


def _drawn(box: Any) -> Iterator[Any]:
    """The box and all in it, as WeasyPrint marks them."""
    if isinstance(box, weasyprint_tags.AbsolutePlaceholder):
        box = box._box
    yield box
    for child in getattr(box, "children", ()):
        yield from _drawn(child)


# A private name of WeasyPrint: requirements/ pins the release, and a test fails when the name moves.
weasyprint_tags._build_box_tree = _remember(weasyprint_tags._build_box_tree)


def mend_tags(document: Any, pdf: Any) -> None:
    """WeasyPrint's finisher: called with the whole PDF before it is written."""
    tree = Tree(pdf)
    tree.join_pages()
    for element in tree.walk():
        mend = MENDED.get(element["S"])
        if mend:
            mend(element, tree)
        _say_language(element)
        _say_letters(element, tree, vars(pdf).get("spoken", {}))
    tree.drop_empty()
    tree.mark_aside()
    for each in pdf.objects:
        if isinstance(each, dict) and each.get("Type") == "/Annot":
            each["F"] = each.get("F", 0) | PRINT_FLAG


def _say_language(element: Any) -> None:
    """Also where it is the document's own: a text may stand inside a passage in another language."""
    box = getattr(element, "box", None)
    source = None if box is None else box.element
    if source is None or source.tag in {"html", "body"}:
        return
    if said := source.get("lang"):
        element["Lang"] = pydyf.String(said)


def _words(source: Any) -> str:
    return " ".join("".join(source.itertext()).split())


def _figure(element: Any, tree: Tree) -> None:
    source = element.box.element
    if "Alt" not in element and (said := source.get("aria-label") or source.get("title")):
        element["Alt"] = pydyf.String(said)
    # WeasyPrint gives the place in its own units; a PDF counts in points from below.
    box, page = element.box, tree.page_heights[element.page]
    x, y = box.content_box_x() * 0.75, page - box.content_box_y() * 0.75
    place = (x, y - box.height * 0.75, x + box.width * 0.75, y)
    element["A"]["BBox"] = pydyf.Array(place)
    element["A"]["Placement"] = "/Block"


def _link(element: Any, tree: Tree) -> None:
    """A link is announced by its words, not by the name of its goal."""
    source = element.box.element
    said = "" if source is None else source.get("aria-label") or source.get("title") or _words(source)
    annotation = element.box.link_annotation
    if said and annotation is not None:
        annotation["Contents"] = pydyf.String(said)


def _list(element: Any, tree: Tree) -> None:
    source = element.box.element
    if source is None or source.tag == "dl":
        return
    numbering = "/Decimal" if source.tag == "ol" else "/Disc"
    if element.box.style["list_style_type"] == "none":
        numbering = "/None"
    element["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})


def _item(element: Any, tree: Tree) -> None:
    """What an item says is its body, also when it is more than one line of text."""
    kids = tree.children(element)
    if not any(each["S"] == "/LBody" for each in kids):
        tree.wrap([each for each in kids if each["S"] != "/Lbl"], element, "/LBody")


def _other(element: Any, tree: Tree) -> None:
    """Footnotes: WeasyPrint knows no tag for the call, its note and the note's number."""
    tag = element.box.element_tag or ""
    if tag.endswith("::footnote-call"):
        element["S"] = "/Reference"
    elif tag.endswith("::footnote-marker"):
        element["S"] = "/Lbl"
    elif isinstance(element.box, boxes.FootnoteAreaBox):
        for note in tree.children(element):
            note["S"] = "/Note"
            note["ID"] = pydyf.String(f"note-{note.number}")


MENDED: dict[str, Callable[[Any, Tree], None]] = {
    "/Figure": _figure,
    "/Link": _link,
    "/L": _list,
    "/LI": _item,
    "/NonStruct": _other,
    "/Table": mend_table,
}
