"""The menu: what the signed-in user can open, in the order of the story."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class MenuItem:
    """One entry: URL name, words, and the first part of the paths it stands for."""

    url_name: str
    label: str | Promise
    section: str

    @property
    def url(self) -> str:
        return reverse(self.url_name)


MENU = (
    MenuItem("country_list", _("Localities"), "localities"),
    MenuItem("workshop_list", _("Workshops"), "workshops"),
    MenuItem("committee_list", _("Committees"), "committees"),
    MenuItem("plan_list", _("Plans"), "plans"),
    MenuItem("guidelines_list", _("Guidelines"), "guidelines"),
    MenuItem("framework_list", _("Frameworks"), "frameworks"),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html: the menu for signed-in users, and which entry is current."""
    user = getattr(request, "user", None)
    return {
        "menu": MENU if user is not None and user.is_authenticated else (),
        "section": request.path.split("/")[1],
        "demo_site": settings.DEMO_SITE,
    }
