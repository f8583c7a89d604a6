"""The tree of tags as a whole: what is one thing in the HTML is one tag, however many pages it covers."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

import pydyf

# What may go on over a page's end. A figure or a link has places of its own on each page.
GOES_ON = frozenset(
    "/NonStruct /Div /Part /Art /Sect /BlockQuote /P /L /LI /LBody /Table /THead /TBody /TFoot /TR /TH /TD "
    "/H1 /H2 /H3 /H4 /H5 /H6 /Caption".split()
)
REPEATED = frozenset({"/THead", "/TFoot"})  # printed again on each page, said once
MAY_BE_EMPTY = frozenset({"/TD", "/TH", "/TR"})  # a place in a grid


class Tree:
    def __init__(self, pdf: Any) -> None:
        self.pdf = pdf
        self.root = pdf.objects[int(pdf.objects[_number(pdf.catalog["StructTreeRoot"])]["K"][0].split()[0])]
        self.pages = [pdf.objects[number] for number in pdf.pages["Kids"][::3]]
        self.page_heights = [page["MediaBox"][3] for page in self.pages]
        self.aside: dict[int, dict[int, dict[str, str]]] = vars(pdf).get("aside", defaultdict(dict))
        parents = pdf.objects[_number(pdf.objects[_number(pdf.catalog["StructTreeRoot"])]["ParentTree"])]
        self.marks = dict(zip(parents["Nums"][::2], parents["Nums"][1::2], strict=True))

    def children(self, element: Any) -> list[Any]:
        """The tags right below, without marked content and annotations."""
        found = (self.pdf.objects[_number(kid)] for kid in element["K"] if isinstance(kid, bytes))
        return [each for each in found if each.get("Type") == "/StructElem"]

    def walk(self, element: Any = None) -> Iterator[Any]:
        """Every tag that came from a box, parents first. The tree may be changed below what was given."""
        waiting = [element or self.root]
        while waiting:
            each = waiting.pop()
            if hasattr(each, "box"):
                yield each
            waiting.extend(reversed(self.children(each)))

    def wrap(self, kids: list[Any], parent: Any, tag: str) -> None:
        """Put `kids` of `parent` under a new tag, at the end of `parent`."""
        gone = [each.reference for each in kids]
        kind = {"Type": "/StructElem", "S": tag, "K": pydyf.Array(gone), "Pg": parent["Pg"]}
        around = pydyf.Dictionary(kind | {"P": parent.reference})
        self.pdf.add_object(around)
        for each in kids:
            each["P"] = around.reference
        parent["K"][:] = [*(kid for kid in parent["K"] if kid not in gone), around.reference]

    def join_pages(self) -> None:
        """Put together what a page's end tore apart: a table over three pages is one table."""
        waiting = [self.root]
        while waiting:
            parent = waiting.pop()
            kept = self._joined(parent)
            waiting.extend(kept)

    def _joined(self, parent: Any) -> list[Any]:
        open_: dict[tuple[int, str], Any] = {}
        kept, gone = [], set()
        for child in self.children(parent):
            key = _source_of(child)
            first = open_.get(key) if key else None
            if first is not None and first.until < child.page:
                self._append(first, child)
                gone.add(child.reference)
                continue
            kept.append(child)
            if key:
                child.until = child.page
                open_[key] = child
        if gone:
            parent["K"][:] = [kid for kid in parent["K"] if kid not in gone]
        return kept

    def _append(self, first: Any, more: Any) -> None:
        first.until = more.page
        if more["S"] in REPEATED and not self._has_annotations(more):
            self._put_aside(more)
        else:
            for child in self.children(more):
                child["P"] = first.reference
            first["K"].extend(more["K"])
        more.clear()

    def _has_annotations(self, element: Any) -> bool:
        return any(each["S"] in {"/Link", "/Form", "/Figure"} for each in self._below(element))

    def _below(self, element: Any) -> Iterator[Any]:
        yield element
        for child in self.children(element):
            yield from self._below(child)

    def _put_aside(self, element: Any) -> None:
        """All that is drawn of it is passed over by a screen reader."""
        page = element.page
        for each in list(self._below(element)):
            for kid in each["K"]:
                if isinstance(kid, int):
                    self.aside[page][kid] = {"Type": "/Pagination"}
                    self.marks[page][kid] = b"null"
            if each is not element:
                each.clear()

    def drop_empty(self, element: Any = None) -> bool:
        """Drop tags with nothing in them. Whether `element` itself has nothing in it."""
        element = element or self.root
        empty = {child.reference for child in self.children(element) if self.drop_empty(child)}
        if empty:
            for number in map(_number, empty):
                self.pdf.objects[number].clear()
            element["K"][:] = [kid for kid in element["K"] if kid not in empty]
        return not element["K"] and element["S"] not in MAY_BE_EMPTY and element is not self.root

    def mark_aside(self) -> None:
        """Write `Artifact` around what was put aside, in the pages' own drawing."""
        for page, marks in self.aside.items():
            drawing = self.pdf.objects[_number(self.pages[page]["Contents"])].stream
            for place, item in enumerate(drawing):
                if isinstance(item, pydyf.Dictionary) and item.get("MCID") in marks:
                    drawing[place - 1] = b"/Artifact"
                    drawing[place] = pydyf.Dictionary(marks[item["MCID"]])


def _number(reference: bytes) -> int:
    return int(reference.split()[0])


def _source_of(element: Any) -> tuple[int, str] | None:
    """What it stands for: the same on each page that it covers."""
    box = getattr(element, "box", None)
    if (
        box is None
        or box.element is None
        or element["S"] not in GOES_ON
        or box.element_tag != box.element.tag
    ):
        return None
    return id(box.element), element["S"]
