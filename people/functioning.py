"""The Washington Group Short Set on Functioning (F85): six questions, asked exactly as written.

Order, wording and answers are the Group's own; changed, the answers could no longer be compared.
The word "disability" does not stand near the questions: it changes what people answer.
"""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

LEAD_IN = _(
    "The next questions ask about difficulties you may have doing certain activities because of a "
    "health problem."
)


class Question(models.TextChoices):
    SEEING = "seeing", _("Do you have difficulty seeing, even if wearing glasses?")
    HEARING = "hearing", _("Do you have difficulty hearing, even if using a hearing aid?")
    WALKING = "walking", _("Do you have difficulty walking or climbing steps?")
    REMEMBERING = "remembering", _("Do you have difficulty remembering or concentrating?")
    SELF_CARE = (
        "self_care",
        _("Do you have difficulty (with self-care such as) washing all over or dressing?"),
    )
    COMMUNICATING = (
        "communicating",
        _(
            "Using your usual (customary) language, do you have difficulty communicating, for example "
            "understanding or being understood?"
        ),
    )


class Difficulty(models.TextChoices):
    NONE = "none", _("No - no difficulty")
    SOME = "some", _("Yes - some difficulty")
    A_LOT = "a_lot", _("Yes - a lot of difficulty")
    CANNOT = "cannot", _("Cannot do at all")


# The Group's cut-off for comparison between countries: "a lot of difficulty" in one domain or more.
CUT_OFF = frozenset({Difficulty.A_LOT.value, Difficulty.CANNOT.value})


def derived(answers: Mapping[str, str]) -> str:
    """What follows: "yes", "no" or "unstated". One answer at the cut-off decides; "no" needs all six."""
    given = [answers.get(question, "") for question in Question.values]
    if CUT_OFF.intersection(given):
        return "yes"
    return "no" if all(answer in Difficulty.values for answer in given) else "unstated"
