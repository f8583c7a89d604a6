"""The languages of the portal's countries, by name. The code of a text is BCP 47, as in HTML's `lang`."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

LANGUAGES: dict[str, str | Promise] = {
    "ach": _("Acholi"),
    "ar": _("Arabic"),
    "bs": _("Bosnian"),
    "ceb": _("Cebuano"),
    "en": _("English"),
    "es": _("Spanish"),
    "fil": _("Filipino"),
    "fr": _("French"),
    "hr": _("Croatian"),
    "hy": _("Armenian"),
    "ka": _("Georgian"),
    "kg": _("Kikongo"),
    "kri": _("Krio"),
    "lg": _("Luganda"),
    "ln": _("Lingala"),
    "lua": _("Tshiluba"),
    "mai": _("Maithili"),
    "ne": _("Nepali"),
    "rn": _("Kirundi"),
    "ru": _("Russian"),
    "sr": _("Serbian"),
    "sw": _("Swahili"),
    "teo": _("Ateso"),
    "uk": _("Ukrainian"),
}

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur"})


def language_name(code: str) -> str:
    """The language in words; an unknown code is shown as it is."""
    return str(LANGUAGES.get(code, code))


def direction(code: str) -> str:
    """`rtl` or `ltr`, for HTML's `dir`."""
    return "rtl" if code.split("-")[0] in RIGHT_TO_LEFT else "ltr"


def language_choices(first: list[str] | tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Choices of a form field: `first` (a country's own languages) in their order, then the others."""
    codes = [*first, *(code for code in LANGUAGES if code not in first)]
    return [(code, language_name(code)) for code in codes]
