"""Drawing a PDF in a process of its own, with limits of time and memory, that can be stopped.

A document that never ends, or that eats all memory, ends its own process and no other.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from core.pdf import Rendered
from core.pdf.child import TOO_MUCH

ROOT = Path(__file__).resolve().parents[2]
LOOK_EVERY = 1.0  # seconds
# What the child needs to find libraries and fonts. No key, no password, no address of a database.
ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "XDG_CACHE_HOME", "FONTCONFIG_FILE")
# As Python, GLib, Pango and the loader of libraries say it; a thread that gets no stack is told "temporarily
# unavailable".
NO_MEMORY = ("MemoryError", "allocat", "memory", "temporarily unavailable", "failed to map segment")


class RenderStopped(Exception):
    """There is no PDF."""


class TookTooLong(RenderStopped):
    """It was not ready in the time that a document may take."""


class TookTooMuch(RenderStopped):
    """It needed more memory than a document may take."""


class Cancelled(RenderStopped):
    """Nobody waits for it any more."""


class RenderFailed(RenderStopped):
    """It broke; the message says how."""


def render_limited(
    html: str,
    files: Mapping[str, bytes] | None = None,
    *,
    archival: bool = False,
    seconds: int,
    megabytes: int,
    keep_going: Callable[[], bool] = lambda: True,
) -> Rendered:
    """As `render_pdf`, but not for longer than `seconds` and in no more than `megabytes`.

    `keep_going` is asked about once a second; when it says no, all stops.
    """
    command = [sys.executable, "-m", "core.pdf.child", str(os.getpid()), str(seconds), str(megabytes)]
    environment = {name: os.environ[name] for name in ENVIRONMENT if name in os.environ}
    with subprocess.Popen(  # noqa: S603  # our own module, with three numbers
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        env=environment | {"PYTHONDONTWRITEBYTECODE": "1"},
    ) as child:
        try:
            content, errors = _wait(child, _work(html, files or {}, archival), seconds, keep_going)
        finally:
            child.kill()
    if child.returncode == 0:
        first, _newline, pdf = content.partition(b"\n")
        said = json.loads(first)
        return Rendered(pdf, said["pages"], said["megabytes"])
    raise _reason(child.returncode, errors.decode(errors="replace"))


def _work(html: str, files: Mapping[str, bytes], archival: bool) -> bytes:
    text = html.encode()
    lengths = [[address, len(content)] for address, content in files.items()]
    said = json.dumps({"html": len(text), "files": lengths, "archival": archival}).encode()
    return b"".join([said, b"\n", text, *files.values()])


def _wait(
    child: subprocess.Popen[bytes], work: bytes, seconds: int, keep_going: Callable[[], bool]
) -> tuple[bytes, bytes]:
    until = time.monotonic() + seconds
    handed: bytes | None = work
    while True:
        try:
            return child.communicate(handed, timeout=LOOK_EVERY)
        except subprocess.TimeoutExpired:
            handed = None  # it has it, or gets the rest with the next look
        if time.monotonic() > until:
            raise TookTooLong(f"not ready after {seconds} seconds")
        if not keep_going():
            raise Cancelled("nobody waits for it")


def _reason(status: int, errors: str) -> RenderStopped:
    last = errors.strip().splitlines()[-1:] or [""]
    if status == TOO_MUCH or any(word in last[0] for word in NO_MEMORY):
        return TookTooMuch(last[0] or "out of memory")
    if status in {-24, -9}:  # SIGXCPU: its share of the processor is used up; then the kernel kills
        return TookTooLong("its share of the processor is used up")
    return RenderFailed(f"status {status}: {last[0][:500]}")
