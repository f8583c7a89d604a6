"""A process that draws one PDF and ends: `python -m core.pdf.child PARENT SECONDS MEGABYTES`.

It reads its work from the standard input and writes the PDF to the standard output (core.pdf.limits says
in which form). It knows no database, no settings and no key, and it dies with the worker that started it.
"""

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import BinaryIO

PR_SET_PDEATHSIG = 1
NICENESS = 10  # the pages of the site go first
TOO_MUCH = 3  # exit status


def main(parent: int, seconds: int, megabytes: int) -> int:
    die_with(parent)
    os.nice(NICENESS)
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        html, files, archival = read_work(sys.stdin.buffer)
        from core.pdf import render_pdf

        rendered = render_pdf(html, files=files, archival=archival)
        said = {"pages": rendered.pages, "megabytes": most_held()}
        sys.stdout.buffer.write(json.dumps(said).encode() + b"\n")
        sys.stdout.buffer.write(rendered.content)
        sys.stdout.buffer.flush()
    except MemoryError:
        return TOO_MUCH
    return 0


def die_with(parent: int) -> None:
    """A worker that is killed takes its child along: nobody would read what it draws."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before the line above
        sys.exit("the worker is gone")


def most_held() -> int:
    """The megabytes that this process held at most.

    Not `ru_maxrss` of Linux: that begins with what the process held that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        peak = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(peak.split()[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def read_work(source: BinaryIO) -> tuple[str, dict[str, bytes], bool]:
    """One line that says how long each part is, then the parts."""
    said = json.loads(source.readline())
    html = source.read(said["html"]).decode()
    return html, {address: source.read(length) for address, length in said["files"]}, said["archival"]


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:4])))
