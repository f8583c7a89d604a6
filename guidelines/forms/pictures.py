"""Forms of pictures: the file once, its words as often as one likes."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.forms import show_long_texts
from core.uploads import PictureField
from guidelines.models import Picture

# Words that say that there is a picture, not what it shows; the site's languages and their neighbours.
SAYING_NOTHING = frozenset(
    "image images picture photo photograph photography pic figure illustration drawing chart map logo graph "
    "screenshot scan foto fotografia imagen imagem dessin carte schéma фото зображення малюнок рисунок карта "
    "صورة رسم خريطة चित्र तस्वीर तस्बिर फोटो लուսանկար նկար სურათი ფოტო".split()
)
FILE_NAME = re.compile(
    r"\S+\.(jpe?g|png|gif|webp|tiff?|bmp|heic|svg|pdf)$"
    r"|^(img|dsc[nf]?|dcim|pxl|mvimg|whatsapp image|screenshot|scan|photo|image|picture|foto)"
    r"[\s_-]*\d[\w\s.:_-]*$",
    re.IGNORECASE,
)
FEWEST_LETTERS = 6


def says_nothing(words: str) -> bool:
    """Whether the words only say that something is there: a file's name, "image", "photo of"."""
    said = re.sub(r"[^\w\s]", " ", words).casefold().split()
    told = [word for word in said if word not in SAYING_NOTHING | {"a", "an", "the", "of", "une", "un", "de"}]
    return not told or sum(map(len, told)) < FEWEST_LETTERS or bool(FILE_NAME.search(words.strip()))


class PictureForm(forms.ModelForm):
    """The words of a picture."""

    class Meta:
        model = Picture
        fields = ["alt", "caption", "credit", "shows_people", "consent"]
        widgets = {
            "alt": forms.Textarea(attrs={"rows": 2}),
            "caption": forms.Textarea(attrs={"rows": 2}),
            "credit": forms.TextInput(attrs={"autocomplete": "off"}),
            "consent": forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        }
        labels = {
            "shows_people": _("People can be recognised in it"),
            "consent": _("If so: how they agreed to be shown"),
            "credit": _("Who made it"),
        }
        help_texts = {
            "alt": _(
                "For who does not see it: what it shows, in a sentence. “Women and men of the council "
                "sign the plan at a long table.”"
            ),
            "caption": _("Stands under the picture. May stay empty."),
            "credit": _("An institution, or a person who wants to be named. May stay empty."),
            "consent": _(
                "For example: “Asked at the workshop on 3 March; signed sheets are with the ministry.” "
                "No names. Without consent a picture is not published."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        show_long_texts(self)

    def clean_alt(self) -> str:
        alt = " ".join(str(self.cleaned_data["alt"]).split())
        if says_nothing(alt):
            raise forms.ValidationError(
                gettext(
                    "Say in words what the picture shows: who does not see it hears this sentence. "
                    "A file's name or the word “image” does not help."
                ),
                code="says_nothing",
            )
        return alt

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("shows_people") and not (cleaned.get("consent") or "").strip():
            self.add_error(
                "consent",
                gettext("Say how the people agreed to be shown, or choose a picture without people."),
            )
        return cleaned


class PictureNewForm(PictureForm):
    """A picture with its file."""

    file = PictureField(label=_("Picture"))
    field_order = ["file", "alt", "caption", "credit", "shows_people", "consent"]
