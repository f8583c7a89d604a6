"""The same document on a page of the portal. Words that the portal adds are in the reader's language there,
the text and its data in the document's."""

from collections.abc import Callable
from typing import Any

from django.urls import reverse

from guidelines.models import Edition, Guidelines
from guidelines.papers.paper import Paper


def on_screen(
    document: dict[str, Any], *, picture: Callable[[str], str], shown: set[str] | None = None
) -> Paper:
    """`picture` gives the address of a picture's content; `shown` limits which are shown at all."""
    codes = [code for code in document["pictures"] if shown is None or code in shown]
    return Paper.of(document, addresses={code: picture(code) for code in codes}, notes="web")


def draft_on_screen(guidelines: Guidelines, document: dict[str, Any]) -> Paper:
    return on_screen(document, picture=lambda code: reverse("picture_file", args=[guidelines.code, code]))


def edition_on_screen(edition: Edition) -> Paper:
    """From what was frozen and nothing else."""
    code = edition.guidelines.code
    return on_screen(edition.content, picture=lambda picture: reverse("picture_file", args=[code, picture]))


def public_edition_on_screen(edition: Edition) -> Paper:
    """With the pictures that may leave the portal today: consent may have been taken back (F36)."""
    shown = set(edition.pictures.publishable().values_list("code", flat=True))
    code, number = edition.guidelines.code, edition.number
    return on_screen(
        edition.content,
        picture=lambda picture: reverse("public_picture", args=[code, number, picture]),
        shown=shown,
    )
