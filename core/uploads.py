"""Files handed in: scans of acts, evidence, pictures. What counts is what is inside, not the name."""

import struct
import unicodedata
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

LARGEST = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 12_000  # pixels; a strip of 30,000 × 10 has few, and still no page shows it
PICTURE_BOX = (2400, 3400)  # pixels; what a page of paper shows at 300 dots per inch
LONGEST_NAME = 120
ACCEPTED = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
ACCEPTED_PICTURES = ".jpg,.jpeg,.png,image/jpeg,image/png"

PDF, JPEG, PNG = "application/pdf", "image/jpeg", "image/png"
# What a name promises; the first ending of a type is the one that the file is kept with.
ENDINGS = {".pdf": PDF, ".jpg": JPEG, ".jpeg": JPEG, ".png": PNG}
NAMES = {PDF: "PDF", JPEG: "JPEG", PNG: "PNG"}

# What Pillow raises for a file that is broken, each seen.
BROKEN = (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error)


@dataclass(frozen=True)
class CheckedFile:
    """A file whose content was looked at: what it really is, with what it may carry of the place and
    the device where a photo was taken left out."""

    name: str
    content_type: str
    content: bytes
    width: int = 0  # pixels, of a picture
    height: int = 0


class UploadField(forms.FileField):
    """One PDF, JPEG or PNG. Cleans to a CheckedFile, or to None when nothing was chosen."""

    default_error_messages = {
        "required": _("Choose the file first."),
        "empty": _("The file is empty."),
        "missing": _("The file did not arrive. Choose it once more."),
        "too_large": _(
            "The file is larger than 10 MB. Scan it in grey at 150 dots per inch, or send fewer pages."
        ),
        "kind": _("Only PDF, JPEG and PNG files are taken."),
        "not_what_it_says": _("This is not a %(kind)s file, although its name says so."),
        "cut_off": _("The PDF is cut off: its end is missing. Scan it again, or send it again."),
        "broken": _("The picture cannot be opened: the file is broken. Save or scan it again."),
        "too_many_pixels": _("The picture has more than 40 million dots. Save it smaller."),
        "too_long_side": _("The picture is more than 12,000 dots wide or high. Save it smaller."),
        "max_length": ngettext_lazy(
            "The file's name may have %(max)d character.",
            "The file's name may have %(max)d characters.",
            "max",
        ),
    }

    endings = ENDINGS
    box: tuple[int, int] | None = None  # a larger picture is made to fit

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("PDF, JPEG or PNG, up to 10 MB."))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED}))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> CheckedFile | None:
        uploaded = super().clean(data, None)
        return self._checked(uploaded) if isinstance(uploaded, UploadedFile) else None

    def _checked(self, uploaded: UploadedFile) -> CheckedFile:
        if (uploaded.size or 0) > LARGEST:
            raise self._refused("too_large")
        name = uploaded.name or ""
        promised = self.endings.get(PurePath(name).suffix.lower())
        if promised is None:
            raise self._refused("kind")
        content = uploaded.read()
        found = content_type_of(content)
        if found != promised:
            raise self._refused("not_what_it_says", kind=NAMES[promised])
        if found == PDF:
            if not is_whole_pdf(content):
                raise self._refused("cut_off")
            return CheckedFile(clean_name(name, found), found, content)
        return self._bare_picture(name, content, found)

    def _bare_picture(self, name: str, content: bytes, kind: str) -> CheckedFile:
        try:
            bare, (width, height) = bare_picture(content, kind, box=self.box)
            return CheckedFile(clean_name(name, kind), kind, bare, width, height)
        except TooManyPixels:
            raise self._refused("too_many_pixels") from None
        except TooLongSide:
            raise self._refused("too_long_side") from None
        except BROKEN:
            raise self._refused("broken") from None

    def _refused(self, code: str, **words: Any) -> forms.ValidationError:
        return forms.ValidationError(self.error_messages[code], code=code, params=words or None)


class PictureField(UploadField):
    """A picture for a text: JPEG or PNG, made to fit a page."""

    default_error_messages = {
        "required": _("Choose the picture first."),
        "too_large": _("The file is larger than 10 MB. Save the picture smaller, or as JPEG."),
        "kind": _("Only JPEG and PNG pictures are taken. Save it as one of these."),
    }
    endings = {ending: kind for ending, kind in ENDINGS.items() if kind != PDF}
    box = PICTURE_BOX

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("JPEG or PNG, up to 10 MB. Where it was taken is left out of it."))
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": ACCEPTED_PICTURES}))
        super().__init__(**kwargs)


class TooManyPixels(Exception):
    """Opened, the picture would fill the memory: a small file can hold a huge one."""


class TooLongSide(Exception):
    """The picture is a strip that no page can show."""


def content_type_of(content: bytes) -> str | None:
    """What the first bytes say that it is; None for what is not taken."""
    if content.startswith(b"%PDF-"):
        return PDF
    if content.startswith(b"\xff\xd8\xff"):
        return JPEG
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    return None


def is_whole_pdf(content: bytes) -> bool:
    """Whether it ends as a PDF ends; scanners may add a few bytes after that."""
    return b"%%EOF" in content[-2048:] and b"startxref" in content[-4096:]


def bare_picture(
    content: bytes, kind: str, *, box: tuple[int, int] | None = None
) -> tuple[bytes, tuple[int, int]]:
    """The picture written anew, upright, without place, time and device of the photo (EXIF); made to fit
    `box`; and its size."""
    from PIL import Image, ImageOps  # large: only who hands in a picture waits for it

    form = NAMES[kind]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # our own limit is lower
        try:
            opened = Image.open(BytesIO(content), formats=[form])
        except Image.DecompressionBombError:
            raise TooManyPixels from None
        with opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise TooManyPixels
            if max(opened.size) > LONGEST_SIDE:
                raise TooLongSide
            with _whole_or_broken():
                opened.load()
            picture = ImageOps.exif_transpose(opened)
    picture = _in_plain_colours(picture, kind)
    if box and (picture.width > box[0] or picture.height > box[1]):
        if picture.mode in {"1", "P"}:
            picture = picture.convert("L" if picture.mode == "1" else "RGB")
        picture.thumbnail(box)
    picture.info.clear()
    written = BytesIO()
    picture.save(written, form, optimize=True, **({"quality": 88} if kind == JPEG else {}))
    return written.getvalue(), picture.size


@contextmanager
def _whole_or_broken() -> Iterator[None]:
    """Half a picture is a broken one. WeasyPrint, once loaded, tells Pillow to fill up what is missing."""
    from PIL import ImageFile

    fills_up, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = fills_up


def _in_plain_colours(picture: Any, kind: str) -> Any:
    """Kinds of pixels that every reader of the format shows."""
    if kind == JPEG:
        return picture if picture.mode in {"L", "RGB"} else picture.convert("RGB")
    if picture.mode.startswith("I"):  # 16 bits a dot: the upper half, or all would be white
        return picture.convert("I").point(lambda value: value / 256).convert("L")
    if "transparency" in picture.info:
        return picture.convert("RGBA")
    return picture if picture.mode in {"1", "L", "LA", "P", "RGB", "RGBA"} else picture.convert("RGB")


def clean_name(name: str, kind: str) -> str:
    """The file's own name without folders and without characters that hide or mislead, ending as it is."""
    stem = PurePath(name.replace("\\", "/")).stem
    kept = "".join(
        sign for sign in stem if unicodedata.category(sign)[0] in "LMNPSZ" and sign not in '<>:"/|?*'
    )
    kept = " ".join(kept.split()).strip(". ")[:LONGEST_NAME] or "file"
    return kept + next(ending for ending, promised in ENDINGS.items() if promised == kind)
