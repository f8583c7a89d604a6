"""What a phone loads the first time: counted by Chromium itself, from the real server."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from playwright.sync_api import sync_playwright

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync"]


@contextmanager
def server() -> Iterator[str]:
    """gunicorn on a free port, with the settings and the database of this process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "gunicorn", "lapportal.wsgi", "--bind", f"127.0.0.1:{port}"]
    options = ["--threads", "4", "--graceful-timeout", "1", "--log-level", "warning"]
    process = subprocess.Popen([*command, *options])
    try:
        _wait_for(f"{address}/healthz")
        yield address
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url, timeout=2)  # noqa: S310  (our own server)
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(url)


def first_load(path: str, *, session: SessionStore) -> tuple[int, int]:
    """Bytes over the wire, compressed and with headers, and the number of requests, with a cold cache."""
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else FLAGS
    sizes: dict[str, int] = {}
    with server() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
        context = browser.new_context(viewport={"width": 360, "height": 740})
        context.add_cookies(
            [{"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": address}]
        )
        page = context.new_page()
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.on("Network.responseReceived", lambda event: _note(event, sizes))
        wire.on("Network.loadingFinished", lambda event: _weigh(event, sizes))
        answer = page.goto(address + path, wait_until="networkidle")
        assert answer.status == 200, f"{path} answered {answer.status}"
        browser.close()
    return sum(sizes.values()), len(sizes)


def _note(event: dict[str, Any], sizes: dict[str, int]) -> None:
    if event["response"]["url"].startswith("http"):  # an image inside the style sheet is no request
        sizes[event["requestId"]] = 0


def _weigh(event: dict[str, Any], sizes: dict[str, int]) -> None:
    if event["requestId"] in sizes:
        sizes[event["requestId"]] = int(event["encodedDataLength"])
