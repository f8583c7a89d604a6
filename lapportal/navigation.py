"""The menu: what the signed-in user can open, in the order of the story."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.roles import Capability


@dataclass(frozen=True)
class MenuItem:
    """One entry: URL name, words, the first part of the paths it stands for, and who needs it."""

    url_name: str
    label: str | Promise
    section: str
    capability: Capability | None = None

    @property
    def url(self) -> str:
        return reverse(self.url_name)


MENU = (
    MenuItem("my_work", _("My work"), "work"),
    MenuItem("country_list", _("Localities"), "localities"),
    MenuItem("workshop_list", _("Workshops"), "workshops"),
    MenuItem("person_list", _("People"), "people", Capability.SEE_WORK),
    MenuItem("committee_list", _("Committees"), "committees"),
    MenuItem("plan_list", _("Plans"), "plans"),
    MenuItem("guidelines_list", _("Guidelines"), "guidelines"),
    MenuItem("framework_list", _("Frameworks"), "frameworks"),
    MenuItem("account_list", _("Accounts"), "accounts", Capability.GIVE_ACCESS),
)
# Paths that stand for an entry of another name.
BELONGS_TO = {
    "organizations": "people",
    "positions": "people",
    "commitments": "workshops",
    "champions": "workshops",
    "issues": "workshops",
    "activities": "plans",
    "adopted-plans": "plans",
    "coverage": "plans",
    "integrations": "plans",
    "laws": "plans",
    "themes": "plans",
    "meetings": "committees",
    "decisions": "committees",
    "forwardings": "committees",
    "assessments": "committees",
    "handovers": "people",
    "training-needs": "people",
    "elections": "localities",
    "library": "guidelines",
    "stories": "guidelines",
    "signatories": "guidelines",
    "planning-calendar": "guidelines",
    "published-guidelines": "guidelines",
    "guides": "work",
}
# Below /accounts/, but no part of giving access: the menu marks nothing there.
PERSONAL_PAGES = (
    "/accounts/me/",
    "/accounts/notices/",
    "/accounts/roles/",
    "/accounts/privacy/",
    "/accounts/password/",
)


def menu_of(user: Any) -> tuple[MenuItem, ...]:
    """What `user` can open; nothing before sign-in."""
    if user is None or not user.is_authenticated:
        return ()
    return tuple(item for item in MENU if item.capability is None or user.scope.anywhere(item.capability))


def navigation(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html: the menu for signed-in users, and which entry is current."""
    part = request.path.split("/")[1]
    return {
        "menu": menu_of(getattr(request, "user", None)),
        "menu_section": "" if request.path.startswith(PERSONAL_PAGES) else BELONGS_TO.get(part, part),
        "demo_site": settings.DEMO_SITE,
    }
