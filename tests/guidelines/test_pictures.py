"""Pictures of guidelines: what is taken in, which words it needs, where it is shown, and when it may go."""

import hashlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.models import AuditEvent
from core.stored_files import read_encrypted
from guidelines.forms.pictures import says_nothing
from guidelines.models import Guidelines, Picture
from tests.factories.guidelines import EditionFactory, GuidelinesFactory, PictureFactory, SectionFactory

pytestmark = pytest.mark.usefixtures("media")
WORDS = {"alt": "A street lamp at the market, lit in the evening"}


def png(size=(40, 30), mode="RGB", **options):
    written = BytesIO()
    Image.new(mode, size, options.pop("color", 0)).save(written, "PNG", **options)
    return written.getvalue()


def sent(content=None, name="lamp.png", **words):
    return WORDS | words | {"file": SimpleUploadedFile(name, png() if content is None else content)}


@pytest.fixture
def new(guidelines):
    return reverse("picture_new", args=[guidelines.code])


def url(picture, what):
    return reverse(f"picture_{what}", args=[picture.guidelines.code, picture.code])


@pytest.fixture
def picture(signed_in, coordinator, new):
    signed_in(coordinator).post(new, sent())
    return Picture.objects.get()


def test_picture_new_keeps_it_encrypted_with_its_size(signed_in, coordinator, guidelines, new):
    response = signed_in(coordinator).post(new, sent(caption="The lamp", credit="The council"))
    picture = Picture.objects.get()
    assert response.url == reverse("picture_list", args=[guidelines.code]) + f"#{picture.code}"
    assert (picture.width, picture.height, picture.content_type) == (40, 30, "image/png")
    content = read_encrypted(picture.file)
    assert content.startswith(b"\x89PNG")
    assert picture.digest == hashlib.sha256(content).hexdigest()
    assert picture.size == len(content)
    with picture.file.open("rb") as stored:
        assert not stored.read().startswith(b"\x89PNG")
    assert picture.added_by == coordinator
    assert "lamp" not in str(AuditEvent.objects.get(verb="added picture").detail).lower()


def test_picture_new_makes_a_wide_one_fit_and_forgets_where_it_was_taken(signed_in, coordinator, new):
    image = Image.new("RGB", (5000, 2000), "red")
    exif = image.getexif()
    exif[0x010F] = "Maker of the camera"
    written = BytesIO()
    image.save(written, "JPEG", exif=exif)
    signed_in(coordinator).post(new, sent(written.getvalue(), "wide.jpg"))
    picture = Picture.objects.get()
    assert (picture.width, picture.height) == (2400, 960)
    assert b"Maker of the camera" not in read_encrypted(picture.file)


SVG = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.svg", SVG, "Only JPEG and PNG"),
        ("x.png", SVG, "not a PNG file"),
        ("x.html", b"<html><script>alert(1)</script>", "Only JPEG and PNG"),
        ("x.jpg", b"<?php system('id'); ?>", "not a JPEG file"),
        ("x.pdf", b"%PDF-1.4\nstartxref\n9\n%%EOF\n", "Only JPEG and PNG"),
        ("x.gif", b"GIF89a" + b"\x00" * 40, "Only JPEG and PNG"),
        ("x.png", b"\x89PNG\r\n\x1a\n<script>alert(1)</script>", "cannot be opened"),
        ("x.png", png()[:60], "cannot be opened"),
        ("x.png", png((30_000, 10)), "12,000 dots"),
        ("x.png", png((10, 30_000)), "12,000 dots"),
        ("x.png", png((9000, 5000), "1"), "40 million"),
        ("x.png", b"", "empty"),
    ],
)
def test_picture_new_refuses_in_words(name, content, said, signed_in, coordinator, new):
    response = signed_in(coordinator).post(new, sent(content, name))
    assert response.status_code == 422
    assert said in str(response.context["form"].errors["file"])
    assert WORDS["alt"] in response.content.decode()
    assert not Picture.objects.exists()


def test_picture_new_refuses_two_hundred_megabytes(signed_in, coordinator, new, settings, tmp_path):
    """The file as it lies on disk when it arrives; not one of them is opened."""
    large = tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.seek(200 * 1024 * 1024 - 1)
        file.write(b"\0")
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    with large.open("rb") as opened:
        response = signed_in(coordinator).post(new, WORDS | {"file": opened})
    assert response.status_code == 422
    assert "larger than 10 MB" in str(response.context["form"].errors["file"])


def test_picture_new_refuses_a_bomb_before_it_is_opened(signed_in, coordinator, new):
    small = png()
    bomb = small[:16] + (30_000).to_bytes(4, "big") * 2 + small[24:]
    assert signed_in(coordinator).post(new, sent(bomb)).status_code == 422


def test_picture_new_writes_anew_what_carries_more_than_a_picture(signed_in, coordinator, new):
    hidden = png(pnginfo=None) + b"<script>alert(1)</script><?php system('id'); ?>"
    signed_in(coordinator).post(new, sent(hidden))
    content = read_encrypted(Picture.objects.get().file)
    assert b"script" not in content
    assert b"php" not in content


@pytest.mark.parametrize(
    ("mode", "kind", "name"), [("CMYK", "JPEG", "x.jpg"), ("I;16", "PNG", "x.png"), ("P", "PNG", "x.png")]
)
def test_picture_new_takes_unusual_colours(mode, kind, name, signed_in, coordinator, new):
    written = BytesIO()
    Image.new(mode, (3000, 20), 30_000 if mode == "I;16" else 0).save(written, kind)
    assert signed_in(coordinator).post(new, sent(written.getvalue(), name)).status_code == 302
    with Image.open(BytesIO(read_encrypted(Picture.objects.get().file))) as kept:
        assert kept.mode in {"L", "RGB"}
        assert kept.width == 2400
        if mode == "I;16":
            assert 100 < kept.getpixel((5, 5)) < 130  # neither white nor black


def test_picture_new_takes_the_first_of_a_moving_one(signed_in, coordinator, new):
    written = BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    frames[0].save(written, "PNG", save_all=True, append_images=frames[1:])
    assert b"acTL" in written.getvalue()
    signed_in(coordinator).post(new, sent(written.getvalue()))
    assert b"acTL" not in read_encrypted(Picture.objects.get().file)


@pytest.mark.parametrize(
    ("words", "is_nothing"),
    [
        ("image", True),
        ("Image.", True),
        ("A picture", True),
        ("Photo of", True),
        ("IMG_2041", True),
        ("IMG-20260308-WA0012", True),
        ("DSC01234.JPG", True),
        ("market lamp.png", True),
        ("Screenshot 2026-03-08 at 10.22", True),
        ("صورة", True),
        ("photo 3", True),
        ("Women sign the plan", False),
        ("Map of the nineteen councils", False),
        ("نساء يوقعن الخطة", False),
        ("Photo of the lamp at the market", False),
    ],
)
def test_says_nothing(words, is_nothing):
    assert says_nothing(words) is is_nothing


@pytest.mark.parametrize(
    ("words", "field"),
    [
        ({"alt": ""}, "alt"),
        ({"alt": "IMG_2041.jpg"}, "alt"),
        ({"alt": "x" * 301}, "alt"),
        ({"shows_people": "on"}, "consent"),
        ({"shows_people": "on", "consent": "  "}, "consent"),
    ],
)
def test_picture_new_asks_for_words_and_consent(words, field, signed_in, coordinator, new):
    response = signed_in(coordinator).post(new, sent(**words))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert "Choose the file once more" in response.content.decode()


def test_picture_new_twice_is_one(signed_in, coordinator, new):
    key = {"sent_form": "8f4b1a52-6f0b-4c1f-9a5b-222222222222"}
    client = signed_in(coordinator)
    assert client.post(new, sent(**key)).url == client.post(new, sent(**key)).url
    assert Picture.objects.count() == 1


def test_picture_edit_changes_the_words_only(signed_in, coordinator, picture):
    digest = picture.digest
    signed_in(coordinator).post(url(picture, "edit"), {"alt": "Two lamps at the market of Kenema"})
    picture.refresh_from_db()
    assert (picture.alt, picture.digest) == ("Two lamps at the market of Kenema", digest)


def test_picture_edit_is_closed_with_the_text_that_shows_it(signed_in, coordinator, picture):
    SectionFactory(guidelines=picture.guidelines, body=f"![](picture:{picture.code})")
    picture.guidelines.state = "validated"
    picture.guidelines.save()
    response = signed_in(coordinator).post(url(picture, "edit"), {"alt": "Other words for the lamp"})
    assert response.status_code == 409
    assert "Other words for the lamp" in response.content.decode()
    assert Picture.objects.get().alt == WORDS["alt"]


def test_picture_consent_is_taken_back_of_a_launched_text_as_well(signed_in, coordinator, guidelines):
    shown = PictureFactory(guidelines=guidelines, shows_people=True, consent="In writing")
    SectionFactory(guidelines=guidelines, heading="Roles", body=f"![](picture:{shown.code})")
    EditionFactory(guidelines=guidelines).pictures.add(shown)
    Guidelines.objects.filter(pk=guidelines.pk).update(state="launched")
    client = signed_in(coordinator)
    assert url(shown, "consent") in client.get(url(shown, "edit")).content.decode()
    page = client.get(url(shown, "consent")).content.decode()
    assert "Roles" in page
    assert client.post(url(shown, "consent")).status_code == 302
    shown.refresh_from_db()
    assert (shown.consent, Picture.objects.publishable().exists()) == ("", False)
    assert client.get(url(shown, "consent")).url == url(shown, "edit")


def test_picture_file_of_an_edition_is_shown_to_who_reads_editions_only(
    signed_in, secretary, guidelines, picture
):
    other = PictureFactory(guidelines=guidelines)
    EditionFactory(guidelines=guidelines).pictures.add(picture)
    client = signed_in(secretary)
    assert client.get(url(picture, "file")).status_code == 200
    assert client.get(url(other, "file")).status_code == 403
    Picture.objects.update(shows_people=True, consent="")
    assert client.get(url(picture, "file")).status_code == 403


def test_picture_remove_says_where_it_stands(signed_in, coordinator, picture):
    section = SectionFactory(
        guidelines=picture.guidelines, heading="Lamps", body=f"![](picture:{picture.code})"
    )
    client = signed_in(coordinator)
    response = client.post(url(picture, "remove"))
    assert response.status_code == 409
    assert "Lamps" in response.content.decode()
    section.delete()
    EditionFactory(guidelines=picture.guidelines, number=3, content={"pictures": {picture.code: {}}})
    assert "edition 3" in client.post(url(picture, "remove")).content.decode()
    assert Picture.objects.exists()


def test_picture_remove_takes_the_file_away(
    signed_in, coordinator, picture, media, django_capture_on_commit_callbacks
):
    assert [path for path in media.rglob("*") if path.is_file()]
    with django_capture_on_commit_callbacks(execute=True):
        signed_in(coordinator).post(url(picture, "remove"))
    assert not Picture.objects.exists()
    assert not [path for path in media.rglob("*") if path.is_file()]


def test_picture_file_is_shown_and_never_run(signed_in, oversight, outsider, picture):
    response = signed_in(oversight).get(url(picture, "file"))
    assert response["Content-Type"] == "image/png"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response["Cache-Control"]
    assert response.content.startswith(b"\x89PNG")
    assert signed_in(outsider).get(url(picture, "file")).status_code == 404


def test_picture_file_of_other_guidelines_is_unknown(signed_in, administrator, picture):
    other = GuidelinesFactory(country=picture.guidelines.country)
    assert (
        signed_in(administrator).get(reverse("picture_file", args=[other.code, picture.code])).status_code
        == 404
    )


def test_picture_file_that_is_lost(signed_in, coordinator, guidelines):
    lost = PictureFactory(guidelines=guidelines)
    assert signed_in(coordinator).get(url(lost, "file")).status_code == 404


@pytest.mark.parametrize("what", ["edit", "remove"])
def test_pictures_are_changed_by_writers_only(what, signed_in, oversight, outsider, picture):
    assert signed_in(oversight).post(url(picture, what)).status_code == 403
    assert signed_in(outsider).post(url(picture, what)).status_code == 404
    new = reverse("picture_new", args=[picture.guidelines.code])
    assert signed_in(oversight).get(new).status_code == 403
    assert signed_in(outsider).get(new).status_code == 404


def test_picture_list_says_where_each_is_used(signed_in, coordinator, oversight, guidelines):
    page = signed_in(coordinator).get(reverse("picture_list", args=[guidelines.code])).content.decode()
    assert "No picture yet" in page
    used = PictureFactory(guidelines=guidelines)
    PictureFactory(guidelines=guidelines, shows_people=True)
    SectionFactory(guidelines=guidelines, heading="Lamps", body=f"![](picture:{used.code})")
    page = signed_in(coordinator).get(reverse("picture_list", args=[guidelines.code])).content.decode()
    assert "<dd>Lamps</dd>" in page
    assert "No consent: not published" in page
    assert page.count("Change the words: ") == 2
    assert page.count("Remove: ") == 1  # the one that nothing shows
    assert (
        "Change the words"
        not in signed_in(oversight).get(reverse("picture_list", args=[guidelines.code])).content.decode()
    )


@pytest.mark.parametrize("number", [1, 5])
def test_picture_list_asks_as_often_for_five_as_for_one(
    number, signed_in, coordinator, guidelines, django_assert_num_queries
):
    PictureFactory.create_batch(number, guidelines=guidelines)
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        assert client.get(reverse("picture_list", args=[guidelines.code])).status_code == 200
