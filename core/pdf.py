"""HTML in, PDF/UA out, and nothing fetched from anywhere on the way."""

from collections.abc import Mapping
from dataclasses import dataclass

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

    document = HTML(string=html, url_fetcher=HandedOnly(files)).render(pdf_variant=VARIANT, pdf_tags=True)
    content = document.write_pdf(pdf_variant=VARIANT)
    return Rendered(content, len(document.pages))
