"""HTML in, PDF/UA out, and nothing fetched from anywhere on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

VARIANT = "pdf/ua-1"


class RefusedAddress(ValueError):
    """The document asked for something that it was not handed."""


class HandedOnly(URLFetcher):
    """Answers for the files that the document was handed, by their exact address; refuses all else.

    So neither a file of the server nor an address inside its network can be drawn into a PDF.
    """

    def __init__(self, files: Mapping[str, bytes] | None = None) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.files = dict(files or {})

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url not in self.files:
            raise RefusedAddress(f"not handed to the document: {url[:100]}")
        return URLFetcherResponse(url, self.files[url])


@dataclass(frozen=True)
class Rendered:
    """A finished PDF."""

    content: bytes
    pages: int


def render_pdf(html: str, *, files: Mapping[str, bytes] | None = None) -> Rendered:
    """`html` as a tagged PDF. The same HTML gives the same bytes: no clock is read."""
    document = HTML(string=html, url_fetcher=HandedOnly(files)).render(pdf_variant=VARIANT, pdf_tags=True)
    content = document.write_pdf(pdf_variant=VARIANT)
    return Rendered(content, len(document.pages))
