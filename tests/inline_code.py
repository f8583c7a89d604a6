"""What a browser refuses under `default-src 'self'`, found in templates and in pages."""

import re

PATTERNS = {
    "script without src": re.compile(r"<script(?![^>]*\bsrc=)", re.I),
    "style element": re.compile(r"<style\b", re.I),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "handler attribute": re.compile(r"<[^>]*\s(hx-)?on[a-z:-]+\s*=", re.I),
    "javascript: link": re.compile(r"javascript:", re.I),
    "third-party file": re.compile(r"<(script|link|img|iframe)\b[^>]*\b(src|href)=[\"']?(https?:)?//", re.I),
}


def inline_code(html: str) -> set[str]:
    """The kinds of inline code and foreign files in `html`."""
    return {what for what, pattern in PATTERNS.items() if pattern.search(html)}
