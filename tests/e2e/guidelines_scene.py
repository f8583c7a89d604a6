"""The people and the country of the play about guidelines: Sierra Leone, its 19 councils, two ministries."""

import struct
import zlib
from types import SimpleNamespace

from django.utils import timezone

from accounts.roles import Role
from localities.models import Country, Locality
from tests.factories.accounts import AssignmentFactory, UserFactory

DESK = {"viewport": {"width": 1280, "height": 800}}
TELEPHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
TODAY = timezone.localdate()
GENDER = "Ministry of Social Welfare, Gender and Children's Affairs"
COUNCILS_MINISTRY = "Decentralization Secretariat of the local-government ministry"
COUNCILS = 19


def sierra_leone(watched, sign_in):
    """A coordinator at a desk; a facilitator on a telephone and an oversight reader who review; a visitor."""
    country = Country.objects.get(code="SL")
    pages = {}
    for name, role, screen in (
        ("coordinator", Role.NATIONAL_COORDINATOR, DESK),
        ("facilitator", Role.FACILITATOR, TELEPHONE),
        ("reader", Role.OVERSIGHT_READER, DESK),
    ):
        user = AssignmentFactory(
            role=role, country=country, user=UserFactory(display_name=f"Sia {name.title()}")
        ).user
        pages[name] = watched(**screen)
        sign_in(pages[name], user)
    councils = Locality.objects.filter(country=country, depth=2)
    assert councils.count() == COUNCILS
    return SimpleNamespace(country=country, councils=councils, visitor=watched(**TELEPHONE), **pages)


def picture(width=320, height=160):
    """A small PNG, grey with a band: real bytes."""
    rows = b"".join(
        b"\x00" + bytes([60 if height // 3 < y < height // 2 else 200]) * width for y in range(height)
    )

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def scan():
    """A whole PDF of nothing but a page."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n"
        b"startxref\n0\n%%EOF\n"
    )


def send(page):
    """The one primary button of the page's form."""
    page.locator("main form button.btn-primary").last.click()
    page.wait_for_load_state()
