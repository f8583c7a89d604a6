"""What is missing before the next step of guidelines, in sentences, each with a link to where it is done."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext

from core.refusals import FieldRefused
from guidelines.document import picture_codes
from guidelines.edition_numbers import last_edition_number, next_edition_number
from guidelines.models import FieldTest, Guidelines, Picture, ReviewState, Section
from guidelines.outline import outline_of
from guidelines.reviewing import publishing_problems
from guidelines.signatories import Signatures

TO_COMPLETE = "*To complete"  # as the starter texts mark what only the country knows
MOST_NAMED = 8  # sections named in one warning


@dataclass(frozen=True)
class Missing:
    """One sentence, and where to put it right; without a link where the page shows it itself."""

    words: str
    href: str = ""
    link: str = ""


class NotReady(Exception):
    """The step is not taken: something is missing. What is said holds all of it."""

    def __init__(self, missing: list[Missing]) -> None:
        super().__init__(" ".join(each.words for each in missing))
        self.missing = missing


def current_tests(guidelines: Guidelines) -> Any:
    """The field tests of the edition in preparation."""
    number = next_edition_number(guidelines)
    return FieldTest.objects.filter(guidelines=guidelines, edition_number=number).select_related("locality")


def missing_for_test(guidelines: Guidelines) -> list[Missing]:
    """A field test is held in a named locality."""
    if any(test.ends_on is None for test in current_tests(guidelines)):
        return []
    return [
        Missing(
            gettext("Name the locality where the draft is tried out."),
            address("field_test_new", guidelines.code),
            gettext("Name a locality"),
        )
    ]


def missing_for_validation(guidelines: Guidelines, today: datetime.date) -> list[Missing]:
    """Tests ended with what was found, comments decided (F45), nothing broken in the text. That no test was
    held is said with a reason when the step is taken (F49)."""
    sections = list(guidelines.sections.all())
    if not sections:
        return [
            Missing(
                gettext("The guidelines have no section."),
                guidelines.get_absolute_url(),
                gettext("Write the text"),
            )
        ]
    return [
        *_tests_under_way(guidelines),
        *_open_comments(guidelines),
        *_pictures(guidelines, sections),
        *_text_problems(guidelines, today),
    ]


def _tests_under_way(guidelines: Guidelines) -> Iterator[Missing]:
    for test in current_tests(guidelines):
        if test.ends_on is None:
            yield Missing(
                gettext("The field test in %(place)s has not ended: say what was found.")
                % {"place": test.locality},
                address("field_test_end", guidelines.code, test.code),
                gettext("End the field test"),
            )


def _open_comments(guidelines: Guidelines) -> Iterator[Missing]:
    count = guidelines.comments.filter(state=ReviewState.OPEN, parent=None).count()
    if count:
        yield Missing(
            ngettext(
                "%(n)s comment is open: accept it, or decline it with a reason.",
                "%(n)s comments are open: accept each, or decline it with a reason.",
                count,
            )
            % {"n": count},
            address("guidelines_comments", guidelines.code),
            gettext("To the open comments"),
        )


def _pictures(guidelines: Guidelines, sections: list[Section]) -> Iterator[Missing]:
    """What a text shows must be there, and who can be recognised must have agreed (F36)."""
    shown = picture_codes([section.body for section in sections])
    known = guidelines.pictures.select_related("workshop").filter(code__in=shown)
    rows = {row.code: row for row in known}
    for code in shown:
        row = rows.get(code)
        if row is None:
            yield Missing(
                gettext("The picture %(code)s stands in the text, but is not there.") % {"code": code},
                guidelines.get_absolute_url(),
                gettext("To the text"),
            )
        elif row.shows_people and not row.consent:
            yield Missing(
                gettext("People can be recognised in the picture “%(words)s”: say how they agreed.")
                % {"words": row.alt},
                address("picture_edit", guidelines.code, code),
                gettext("Change the picture"),
            )
        elif row.is_at_risk:
            section = next(each for each in sections if code in picture_codes([each.body]))
            yield Missing(
                said_at_risk(row),
                address("section_edit", guidelines.code, section.code),
                gettext("Take it out of the text"),
            )


def said_at_risk(picture: Picture) -> str:
    """F36. An edition is what ministries signed: nothing is taken out of it without them."""
    return gettext(
        "The picture “%(words)s” is of a workshop at high risk: it is not published any more. "
        "Editions that are published stay as they are."
    ) % {"words": picture.alt}


def _pictures_at_risk(guidelines: Guidelines) -> Iterator[Missing]:
    """The text is closed by then: it is sent back to be written first."""
    at_risk = list(guidelines.pictures.at_risk())
    shown = picture_codes([section.body for section in guidelines.sections.all()]) if at_risk else []
    for row in at_risk:
        if row.code in shown:
            yield Missing(
                said_at_risk(row),
                address("guidelines_return", guidelines.code),
                gettext("Send the text back to be written"),
            )


def _text_problems(guidelines: Guidelines, today: datetime.date) -> list[Missing]:
    """Broken blocks of data, and letters that no font has."""
    return [
        Missing(words, address("section_edit", guidelines.code, section.code), gettext("Open the section"))
        for section, words in publishing_problems(guidelines, today=today)
    ]


def warnings_for_validation(guidelines: Guidelines) -> list[str]:
    """What may stay as it is, but is likely forgotten."""
    entries = outline_of(guidelines.sections.all())
    unfinished = [entry for entry in entries if TO_COMPLETE in entry.section.body]
    if not unfinished:
        return []
    named = ", ".join(f"{entry.number} {entry.section.heading}" for entry in unfinished[:MOST_NAMED])
    return [
        ngettext(
            "%(n)s section still says “To complete”: %(sections)s.",
            "%(n)s sections still say “To complete”: %(sections)s.",
            len(unfinished),
        )
        % {"n": len(unfinished), "sections": named}
    ]


def missing_for_endorsement(guidelines: Guidelines, signatures: Signatures | None = None) -> list[Missing]:
    """Each institution that has to sign and has not, by its name."""
    signatures = signatures or Signatures.of(guidelines)
    country = guidelines.country.code
    if not signatures.required:
        return [
            Missing(
                gettext("No institution is named that has to endorse the guidelines."),
                address("signatory_list", country),
                gettext("Name the institutions"),
            )
        ]
    found = []
    for signatory in signatures.missing:
        said = gettext("%(institution)s has not endorsed the guidelines.") % {"institution": signatory}
        if signatory.is_named:
            href = address("guidelines_endorsement_new", guidelines.code)
            href, link = f"{href}?signatory={signatory.code}", gettext("Record the endorsement")
        else:
            said = gettext("An institution is not named yet: %(institution)s.") % {"institution": signatory}
            href, link = address("signatory_edit", country, signatory.code), gettext("Name it")
        found.append(Missing(said, href, link))
    return found


def missing_for_launch(guidelines: Guidelines, today: datetime.date) -> list[Missing]:
    """Every required signature, and a text in which nothing broke since the validation."""
    return [
        *missing_for_endorsement(guidelines),
        *_pictures_at_risk(guidelines),
        *_text_problems(guidelines, today),
    ]


def refuse_launch_day(guidelines: Guidelines, *, on: datetime.date, today: datetime.date) -> None:
    """Raises FieldRefused for a day that has not come, or before the last endorsement."""
    if on > today:
        raise FieldRefused("on", gettext("This day has not come yet."))
    standing = guidelines.endorsements.filter(
        edition_number=next_edition_number(guidelines), withdrawn_on=None
    )
    last = standing.order_by("-on").values_list("on", flat=True).first()
    if last and on < last:
        said = gettext("The last endorsement is of %(day)s: the launch cannot be before it.")
        raise FieldRefused("on", said % {"day": date_format(last)})


def missing_for_roll_out(guidelines: Guidelines) -> list[Missing]:
    """At least one workshop on the edition that is out, or copies of it, recorded."""
    number = last_edition_number(guidelines)
    if guidelines.rollouts.filter(edition__number=number).exists():
        return []
    return [
        Missing(
            gettext("No roll-out of edition %(number)s is recorded yet.") % {"number": number},
            address("rollout_new", guidelines.code),
            gettext("Record a workshop or a distribution"),
        )
    ]


def refuse_unless_ready(missing: list[Missing]) -> None:
    if missing:
        raise NotReady(missing)


def address(name: str, *arguments: object) -> str:
    """A page's address; nothing where there is no such page."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return ""
