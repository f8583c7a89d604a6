"""HTML in, PDF/UA out, and nothing fetched from anywhere on the way."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

VARIANT = "pdf/ua-1"
# PDF/A-3a: for keeping (ISO 19005-3). Level a, because the tags are part of what is kept.
ARCHIVAL_VARIANT = "pdf/a-3a"


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    content: bytes
    pages: int
    megabytes: int = field(default=0, compare=False)  # that the process held at most, where it was one


def render_pdf(html: str, *, files: Mapping[str, bytes] | None = None, archival: bool = False) -> Rendered:
    """`html` as a tagged PDF. The same HTML gives the same bytes: no clock is read.

    `files` are the pictures that it may draw, by the address that it names. PDF/UA-1; with `archival`
    PDF/A-3a as well, in the same file: sRGB said, every font inside.
    """
    # Here, not above: WeasyPrint takes half a second and 30 MB, and most processes never draw a PDF.
    import core.pdf.letters  # noqa: F401 - mends what the fonts say of their letters
    from core.pdf.archival import OUTPUT_INTENT, say_both, srgb
    from core.pdf.files import HandedOnly
    from core.pdf.page import Page
    from core.pdf.tagging import mend_tags

    variant = ARCHIVAL_VARIANT if archival else VARIANT
    with _fewer_collections():
        page = Page(string=html, url_fetcher=HandedOnly(files))
        options: dict[str, Any] = {"pdf_variant": variant, "pdf_tags": True}
        if archival:
            options["output_intent"] = OUTPUT_INTENT
            document = page.render(color_profiles={OUTPUT_INTENT: srgb()}, **options)
        else:
            document = page.render(**options)

        def finish(document: Any, pdf: Any) -> None:
            mend_tags(document, pdf)
            if archival:
                say_both(pdf)

        content = document.write_pdf(finisher=finish, **options)
    return Rendered(content, len(document.pages))


# A layout makes hundreds of thousands of objects that all stay until it is done: looking for garbage
# among them every 700 takes a fifth of the time. Seldom, not never: long documents must not fill the memory.
SELDOM = 100_000
_rendering = 0
_usual: list[int] = []  # the thresholds to go back to
_lock = Lock()


@contextmanager
def _fewer_collections() -> Iterator[None]:
    """While anybody in this process draws a PDF, garbage is looked for seldom."""
    global _rendering
    with _lock:
        _rendering += 1
        if _rendering == 1:
            _usual[:] = gc.get_threshold()
            gc.set_threshold(SELDOM, *_usual[1:])
    try:
        yield
    finally:
        with _lock:
            _rendering -= 1
            if _rendering == 0:
                gc.set_threshold(*_usual)
