"""What WeasyPrint may draw into a document: the files it was handed. Loads WeasyPrint: see core.pdf."""

from collections.abc import Mapping
from typing import Any

from weasyprint.urls import URLFetcher, URLFetcherResponse


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
