"""What a web process loads before it can answer."""

import os
import subprocess
import sys

from django.conf import settings

HEAVY = (
    "weasyprint",
    "fontTools",
    "openpyxl",
    "python_calamine",
    "PIL",
    "docx",
    "lxml",
    "snowballstemmer",
    "diff_match_patch",
    "icalendar",
)
START = f"""
import django, sys
django.setup()
import lapportal.urls
print(*[name for name in {HEAVY} if name in sys.modules])
"""


def test_start_loads_no_library_that_only_some_pages_need():
    """They take more than half of the time and a third of the memory of a start."""
    ran = subprocess.run(
        [sys.executable, "-c", START],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "lapportal.settings_test"},
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )
    assert ran.stdout.split() == []
