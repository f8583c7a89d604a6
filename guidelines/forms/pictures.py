"""Forms of pictures: the file once, its words as often as one likes."""

import re
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.models import SharedText
from core.uploads import PictureField
from guidelines.forms.known import KnownRowForm
from guidelines.models import Picture
from workshops.models import Workshop
from workshops.states import WorkshopState

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


class WorkshopField(forms.ModelChoiceField):
    """Workshops with place and month: the day of one at high risk is not for everybody."""

    def offer(self, user: User, picture: Picture) -> None:
        """Those of the country that `user` may see; and the one that stands there."""
        seen = Workshop.objects.visible_to(user).exclude(state=WorkshopState.CANCELLED)
        seen = seen.filter(locality__country=picture.guidelines.country_id)
        self.known = set(seen.values_list("pk", flat=True))
        listed: Any = Workshop.objects.for_reader(user).listed_on(timezone.localdate())
        listed = listed.filter(Q(pk__in=seen.values("pk")) | Q(pk=picture.workshop_id))
        self.queryset = listed.select_related("locality").order_by("-listed_on", "code")

    def label_from_instance(self, obj: Any) -> str:
        if obj.pk not in self.known:
            return gettext("A workshop that you cannot see")
        return f"{obj.title} · {obj.locality} · {date_format(obj.starts_on, 'YEAR_MONTH_FORMAT')}"


class PictureForm(KnownRowForm):
    """The words of a picture, and where it was made."""

    workshop = WorkshopField(
        label=_("Made at the workshop"),
        queryset=Workshop.objects.none(),
        to_field_name="code",
        required=False,
        empty_label=_("At no workshop of the portal"),
        help_text=_(
            "Should the workshop be at high risk, now or later, its pictures go into no guidelines. "
            "It is not printed."
        ),
    )

    class Meta:
        model = Picture
        fields = ["alt", "caption", "credit", "shows_people", "consent", "workshop"]
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

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        self.user = user
        super().__init__(*args, **kwargs)
        cast(WorkshopField, self.fields["workshop"]).offer(user, self.instance)
        if self.instance.workshop is not None:
            self.initial["workshop"] = self.instance.workshop.code

    def for_row(self, row: SharedText) -> "PictureForm":
        return type(self)(instance=row, user=self.user)

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
    field_order = ["file", *PictureForm.Meta.fields]
