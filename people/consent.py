"""What people agree to, purpose by purpose, and the words they were told (domain.md §2.7).

Refusing any of it still lets a person attend and be counted.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Purpose(models.TextChoices):
    REGISTER = "register", _("Write my name on the list of this workshop")
    CONTACT = "contact", _("Contact me about the follow-up of this workshop")
    SHOW_TO_COMMITTEE = "show_to_committee", _("Show my name to the local steering committee")
    NAME_IN_REPORT = "name_in_report", _("Name me in a report")
    PHOTO = "photo", _("Use photographs of me")
    SHARE_WITH_PARTNER = "share_with_partner", _("Share my name with a partner or donor")
    GUARDIAN = "guardian", _("A guardian agrees, for a person under 18")


class Given(models.TextChoices):
    SPOKEN = "spoken", _("Spoken")
    PAPER = "paper", _("On paper")
    TICKED = "ticked", _("Ticked by the person")


# The wording that the registration page shows; a new wording gets a new version, old ones stay.
WORDING_VERSION = "2026-11"
WORDINGS = {
    "2026-11": {
        Purpose.REGISTER: _(
            "We would like to write down your name, and what you do, as somebody who took part. Only the "
            "people who run this workshop can see your name. Everybody else sees numbers and a code. You may "
            "say no and still take part: then we count you without a name. You may ask us at any time to "
            "take your name off the list."
        ),
        Purpose.CONTACT: _(
            "We would like to keep your phone number or e-mail address, to tell you what came out of this "
            "workshop. Only the people who run it can see it, and you may say no."
        ),
        Purpose.SHOW_TO_COMMITTEE: _(
            "If a local steering committee is set up, we would like to show it your name, so that it can "
            "ask you to help. Its members see your name and what you do, not your phone. You may say no."
        ),
        Purpose.NAME_IN_REPORT: _(
            "We would like to name you in the report of this workshop. Reports are passed on and we cannot "
            "take them back. You may say no: then the report counts you without a name."
        ),
        Purpose.PHOTO: _(
            "We would like to use photographs in which you can be recognised. Once published they cannot be "
            "taken back. You may say no, and nobody will photograph you."
        ),
        Purpose.SHARE_WITH_PARTNER: _(
            "We would like to give your name to a partner or donor of this workshop who asks who took part. "
            "You may say no: then they get numbers only."
        ),
        Purpose.GUARDIAN: _(
            "This person is under 18. A parent or guardian has heard the same and agrees as well."
        ),
    }
}


def wording(purpose: Purpose, version: str = WORDING_VERSION) -> str:
    """What people are told before they agree to `purpose`."""
    return str(WORDINGS[version][purpose])
