"""HTML in, PDF/UA out, and nothing fetched from anywhere on the way."""

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Lock

VARIANT = "pdf/ua-1"


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    content: bytes
    pages: int


def render_pdf(html: str, *, files: Mapping[str, bytes] | None = None) -> Rendered:
    """`html` as a tagged PDF. The same HTML gives the same bytes: no clock is read."""
    # Here, not above: WeasyPrint takes half a second and 30 MB, and most processes never draw a PDF.
    from weasyprint import HTML

    from core.pdf_files import HandedOnly

    with _fewer_collections():
        page = HTML(string=html, url_fetcher=HandedOnly(files))
        document = page.render(pdf_variant=VARIANT, pdf_tags=True)
        content = document.write_pdf(pdf_variant=VARIANT)
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
