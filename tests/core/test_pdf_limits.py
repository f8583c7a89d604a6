import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.pdf import render_pdf
from core.pdf.limits import Cancelled, RenderFailed, TookTooLong, TookTooMuch, render_limited

ROOT = Path(__file__).resolve().parents[2]
PAGE = '<!doctype html><html lang="en"><title>T</title><h1>Hello</h1><img alt="Dot" src="h:1">{}</html>'
DOT = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
SHORT = PAGE.format("")
LONG = PAGE.format("<table>" + "<tr><td>a</td><td>b</td></tr>" * 40_000 + "</table>")


def limited(html=SHORT, files=None, *, archival=False, seconds=60, megabytes=1024, **more):
    files = files or {"h:1": DOT}
    return render_limited(html, files, archival=archival, seconds=seconds, megabytes=megabytes, **more)


@pytest.mark.parametrize("archival", [False, True])
def test_render_limited_gives_the_same_as_without_limits(archival):
    assert limited(archival=archival) == render_pdf(SHORT, files={"h:1": DOT}, archival=archival)


def test_render_limited_stops_what_takes_too_long():
    begun = time.monotonic()
    with pytest.raises(TookTooLong):
        limited(LONG, seconds=2)
    assert time.monotonic() - begun < 6


def test_render_limited_stops_what_takes_too_much_memory():
    with pytest.raises(TookTooMuch):
        limited(LONG, megabytes=250)


def test_render_limited_stops_when_nobody_waits_and_leaves_no_process():
    asked = []

    def keep_going():
        asked.append(children())
        return len(asked) < 2

    with pytest.raises(Cancelled):
        limited(LONG, keep_going=keep_going)
    assert len(asked) == 2
    assert len(asked[0]) == 1
    assert not Path(f"/proc/{asked[0][0]}").exists()


def children():
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_render_limited_tells_what_broke():
    with pytest.raises(RenderFailed, match="not handed to the document"):
        limited('<style>@color-profile --p { src: url("http://127.0.0.1/") }</style>')


def test_child_knows_no_key(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "very secret")
    seen = []

    def look():
        seen.extend(Path(f"/proc/{child}/environ").read_bytes() for child in children())
        return False

    with pytest.raises(Cancelled):
        limited(LONG, keep_going=look)
    assert seen
    assert not any(b"SECRET" in each or b"KEYS" in each or b"DATABASE" in each for each in seen)


BUILD = """
import hashlib, sys
from core.pdf import render_pdf
print(hashlib.sha256(render_pdf(sys.stdin.read()).content).hexdigest())
"""


def test_same_document_is_the_same_bytes_in_any_process():
    cells = "".join(f"<tr><th scope='row'>R{n}</th><td lang='fr'>é{n}</td></tr>" for n in range(90))
    html = PAGE.replace('<img alt="Dot" src="h:1">', "").format(
        f"<table><caption>C</caption><thead><tr><th>A<th>B</thead>{cells}</table>"
        "<p>नेपाली العربية</p><ul><li>x</ul>"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", BUILD],
            input=html,
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "LANG": language, "PYTHONUTF8": "1"},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone, language in (("1", "Asia/Kathmandu", "C"), ("77", "America/Bogota", "fr_FR.UTF-8"))
    }
    assert len(made) == 1


def test_render_limited_says_what_its_own_process_held_and_not_ours():
    """Linux counts, for a new process, what the one held that started it."""
    ours = bytearray(b"x") * (400 << 20)
    assert 30 < limited().megabytes < 300
    assert len(ours) == 400 << 20
