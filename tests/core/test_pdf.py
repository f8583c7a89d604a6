import gc
import io
import logging

import pytest
from pypdf import PdfReader

from core.pdf import render_pdf
from core.pdf.files import HandedOnly, RefusedAddress

PAGE = """<!doctype html><html lang="fr"><head><title>Un titre</title>{head}</head>
<body><h1>Bonjour</h1>{body}</body></html>"""
PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"><title>dot</title></svg>'


def page(*, head="", body=""):
    return PAGE.format(head=head, body=body)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/",
        "https://example.org/a.png",
        "ftp://example.org/a",
        "data:,x",
    ],
)
def test_handed_only_refuses_every_address_it_was_not_handed(url):
    with pytest.raises(RefusedAddress):
        HandedOnly({"handed:a.svg": PIXEL}).fetch(url)


def test_handed_only_gives_what_it_was_handed():
    assert HandedOnly({"handed:a.svg": PIXEL}).fetch("handed:a.svg").read() == PIXEL


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_render_pdf_draws_no_file_and_no_address(scheme, tmp_path, live_server, caplog):
    secret = tmp_path / "secret.css"
    secret.write_text("body::after { content: 'LEAKED' }")
    url = secret.as_uri() if scheme == "file" else f"{live_server.url}/healthz"
    html = page(
        head=f'<link rel="stylesheet" href="{url}"><style>@import url("{url}");</style>',
        body=f'<img src="{url}" alt="picture"><object data="{url}"></object>',
    )
    with caplog.at_level(logging.ERROR, logger="weasyprint"):
        rendered = render_pdf(html)
    text = PdfReader(io.BytesIO(rendered.content)).pages[0].extract_text()
    assert "Bonjour" in text
    assert "LEAKED" not in text
    assert "not handed to the document" in caplog.text


def test_render_pdf_is_tagged_and_says_its_title_and_language():
    reader = PdfReader(io.BytesIO(render_pdf(page()).content))
    assert reader.metadata.title == "Un titre"
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in reader.trailer["/Root"]["/Metadata"].get_data()


def test_render_pdf_counts_its_pages():
    assert render_pdf(page(body='<p style="break-before: page">2</p>')).pages == 2


def test_render_pdf_gives_the_same_bytes_for_the_same_html():
    assert render_pdf(page()).content == render_pdf(page()).content


def test_render_pdf_leaves_the_search_for_garbage_as_it_was():
    usual = gc.get_threshold()
    render_pdf("<html lang='en'><title>A</title><p>one")
    assert gc.get_threshold() == usual
    with pytest.raises(ValueError, match="Unsupported"):
        _broken()
    assert gc.get_threshold() == usual


def _broken():
    from core.pdf import _fewer_collections

    with _fewer_collections(), _fewer_collections():
        assert gc.get_threshold()[0] > 700
        raise ValueError("Unsupported")
