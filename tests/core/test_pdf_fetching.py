"""What a document names is not fetched: a real file and a real listening socket see that nobody comes."""

import base64
import io
import socket
import threading

import pytest
from pypdf import PdfReader
from weasyprint.urls import URLFetchingError

from core.pdf import render_pdf

PIXEL = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>{}</text></svg>'


class Listener:
    """Counts who knocks, and answers with a redirect to a secret."""

    def __init__(self, secret):
        self.visits = []
        self.secret = secret
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.socket.getsockname()[1]}/a.svg"
        threading.Thread(target=self.answer, daemon=True).start()

    def answer(self):
        while True:
            try:
                visitor, _where = self.socket.accept()
            except OSError:
                return
            with visitor:
                self.visits.append(visitor.recv(100))
                visitor.sendall(f"HTTP/1.0 302 Found\r\nLocation: {self.secret}\r\n\r\n".encode())


@pytest.fixture
def secret(tmp_path):
    path = tmp_path / "secret.svg"
    path.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="20"><text y="15">LEAKED</text></svg>'
    )
    return path.as_uri()


@pytest.fixture
def listener(secret):
    listening = Listener(secret)
    yield listening
    listening.socket.close()


INLINE = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' width="9" height="9">{}</svg>'
)
WAYS = {
    "img": '<img src="{url}" alt="x">',
    "object": '<object data="{url}">x</object>',
    "embed": '<embed src="{url}">',
    "link": '<link rel="stylesheet" href="{url}">',
    "attachment": '<link rel="attachment" href="{url}">',
    "attached": '<a rel="attachment" href="{url}">x</a>',
    "import": '<style>@import url("{url}");</style>',
    "background": '<style>body {{ background: url("{url}") }}</style>',
    "content": '<style>p::after {{ content: url("{url}") }}</style><p>x</p>',
    "list": '<style>ul {{ list-style-image: url("{url}") }}</style><ul><li>x</li></ul>',
    "font": '<style>@font-face {{ font-family: F; src: url("{url}") }} * {{ font: 9pt F }}</style>x',
    "svg-href": INLINE.format('<image href="{url}" width="9" height="9"/>'),
    "svg-xlink": INLINE.format('<image xlink:href="{url}" width="9" height="9"/>'),
    "svg-use": INLINE.format('<use xlink:href="{url}#a"/>'),
    "svg-style": INLINE.format(
        '<style>@import url("{url}");</style><rect fill="url({url}#a)" width="9" height="9"/>'
    ),
    "base": '<base href="{url}"><img src="secret.svg" alt="x">',
    "srcdoc": '<iframe src="{url}"></iframe>',
}


def page(body):
    return (
        f'<!doctype html><html lang="en"><head><title>T</title></head><body><p>Seen</p>{body}</body></html>'
    )


def text_of(rendered):
    reader = PdfReader(io.BytesIO(rendered.content))
    assert not reader.attachments
    return "".join(each.extract_text() for each in reader.pages)


@pytest.mark.parametrize("way", WAYS)
def test_render_pdf_fetches_nothing(way, secret, listener):
    for url in (secret, listener.address):
        assert "LEAKED" not in text_of(render_pdf(page(WAYS[way].format(url=url))))
    assert listener.visits == []


@pytest.mark.parametrize("way", ["svg-href", "svg-xlink", "svg-use", "svg-style"])
def test_picture_that_was_handed_fetches_nothing_either(way, secret, listener):
    for url in (secret, listener.address):
        files = {"handed:1": WAYS[way].format(url=url).encode()}
        assert "LEAKED" not in text_of(render_pdf(page('<img src="handed:1" alt="x">'), files=files))
    assert listener.visits == []


def test_profile_of_colours_is_not_fetched_and_breaks_the_document(secret, listener):
    for url in (secret, listener.address):
        with pytest.raises(URLFetchingError):
            render_pdf(page(f'<style>@color-profile --p {{ src: url("{url}") }}</style>'))
    assert listener.visits == []


def test_data_address_is_not_drawn_and_reads_nothing(secret, listener):
    for url in (secret, listener.address):
        inner = WAYS["svg-xlink"].format(url=url).replace("</svg>", "<text>DATA</text></svg>")
        data = "data:image/svg+xml;base64," + base64.b64encode(inner.encode()).decode()
        text = text_of(render_pdf(page(f'<img src="{data}" alt="x">')))
        assert "DATA" not in text
        assert "LEAKED" not in text
    assert listener.visits == []


def test_external_entity_of_a_picture_is_not_read(secret):
    path = secret.removeprefix("file://")
    svg = (
        f'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY e SYSTEM "file://{path}">]>'
        '<svg xmlns="http://www.w3.org/2000/svg" width="99" height="20"><text y="9">a &e; b</text></svg>'
    )
    assert "LEAKED" not in text_of(render_pdf(page('<img src="h:1" alt="x">'), files={"h:1": svg.encode()}))
