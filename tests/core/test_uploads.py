"""core.uploads: what is inside a file counts, not its name."""

from io import BytesIO

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from core.uploads import LARGEST, UploadField, clean_name

PDF = b"%PDF-1.4\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"
GPS = 0x8825


def picture(kind="JPEG", size=(40, 30), mode="RGB", **options):
    written = BytesIO()
    Image.new(mode, size).save(written, kind, **options)
    return written.getvalue()


def cleaned(name, content):
    return UploadField().clean(SimpleUploadedFile(name, content))


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("act.pdf", PDF, "application/pdf"),
        ("ACT.PDF", PDF, "application/pdf"),
        ("photo.jpg", picture(), "image/jpeg"),
        ("photo.jpeg", picture(mode="CMYK"), "image/jpeg"),
        ("drawing.png", picture("PNG", mode="RGBA"), "image/png"),
        ("drawing.png", picture("PNG", mode="P", transparency=0), "image/png"),
        ("drawing.png", picture("PNG", mode="I;16"), "image/png"),
    ],
)
def test_clean_takes_what_is_what_it_says(name, content, kind):
    checked = cleaned(name, content)
    assert checked.content_type == kind
    assert checked.name.endswith({"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png"}[kind])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("act.docx", PDF, "kind"),
        ("act", PDF, "kind"),
        ("act.pdf.exe", PDF, "kind"),
        ("act.pdf", picture(), "not_what_it_says"),
        ("act.pdf", b"<html><script>alert(1)</script>", "not_what_it_says"),
        ("photo.jpg", PDF, "not_what_it_says"),
        ("photo.jpg", picture("PNG"), "not_what_it_says"),
        ("photo.png", b"MZ\x90\x00", "not_what_it_says"),
        ("act.pdf", PDF[:20], "cut_off"),
        ("act.pdf", PDF + b"x" * 5000, "cut_off"),
        ("photo.jpg", picture()[:100], "broken"),
        ("photo.png", picture("PNG", size=(300, 300))[:60], "broken"),
        ("photo.png", picture("PNG")[:33] + b"\x00" * 60, "broken"),
        ("act.pdf", b"", "empty"),
        ("act.pdf", PDF[:-6] + b" " * LARGEST + b"%%EOF", "too_large"),
        ("photo.png", picture("PNG", size=(8000, 5001), mode="1"), "too_many_pixels"),
    ],
)
def test_clean_refuses_in_words(name, content, code):
    with pytest.raises(forms.ValidationError) as refused:
        cleaned(name, content)
    assert [error.code for error in refused.value.error_list] == [code]
    assert refused.value.messages[0].endswith(".")


def test_clean_refuses_half_a_picture_also_after_a_pdf_was_drawn(monkeypatch):
    """WeasyPrint tells Pillow, for the whole process, to fill up what is missing."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    for name, half in (("photo.png", picture("PNG", size=(300, 300))[:60]), ("photo.jpg", picture()[:-40])):
        with pytest.raises(forms.ValidationError, match="broken"):
            cleaned(name, half)
    assert ImageFile.LOAD_TRUNCATED_IMAGES is True


def test_clean_refuses_a_bomb_before_it_is_opened():
    """A header that promises 30,000 × 30,000 dots in a file of some bytes."""
    small = picture("PNG")
    bomb = small[:16] + (30_000).to_bytes(4, "big") * 2 + small[24:]
    with pytest.raises(forms.ValidationError):
        cleaned("photo.png", bomb)


def test_clean_leaves_out_where_and_with_what_a_photo_was_taken():
    image = Image.new("RGB", (40, 30))
    exif = image.getexif()
    exif[0x010F] = "Maker of the camera"
    exif[0x0112] = 6  # lies on its side
    exif.get_ifd(GPS)[1] = "S"
    written = BytesIO()
    image.save(written, "JPEG", exif=exif, comment=b"Taken at her house")
    assert b"Maker of the camera" in written.getvalue()
    content = cleaned("photo.jpg", written.getvalue()).content
    with Image.open(BytesIO(content)) as clean:
        assert clean.size == (30, 40)  # upright
        assert not clean.getexif()
    assert b"Maker" not in content
    assert b"her house" not in content


def test_clean_without_a_file():
    assert UploadField(required=False).clean(None) is None
    with pytest.raises(forms.ValidationError):
        UploadField().clean(None)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Arrêté n° 12 2026.pdf", "Arrêté n° 12 2026.pdf"),
        ("قرار.pdf", "قرار.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\acts\\act.pdf", "act.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("exe\u202efdp.pdf", "exefdp.pdf"),
        (".pdf.pdf", "pdf.pdf"),
        ("x" * 300 + ".pdf", "x" * 120 + ".pdf"),
    ],
)
def test_clean_name(name, kept):
    assert clean_name(name, "application/pdf") == kept
