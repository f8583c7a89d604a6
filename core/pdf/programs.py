"""By which programs a document is drawn, in one word: after an upgrade of the portal another one.

What is found by its content alone would come from the old file for ever, mistakes and all.
"""

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LIBRARIES = ("django", "weasyprint", "pydyf", "fonttools")


@cache
def drawn_by() -> str:
    """What turns HTML into pages: the libraries, and all of core.pdf. Read once in the life of a process."""
    return digest_of_programs("core/pdf/*.py", libraries=LIBRARIES)


def digest_of_programs(*patterns: str, libraries: tuple[str, ...] = ()) -> str:
    """SHA-256 of the files below the portal's folder that fit, and of the libraries' versions."""
    digest = hashlib.sha256()
    for library in libraries:
        digest.update(f"{library} {version(library)}\0".encode())
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes() + b"\0")
    return digest.hexdigest()
