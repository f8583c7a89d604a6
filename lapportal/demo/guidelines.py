"""Guidelines of the demonstration: one being written, another launched and rolled out; and stories."""

import re
from typing import Any

from accounts.models import User
from frameworks.models import Framework
from guidelines.edition_numbers import next_edition_number
from guidelines.models import (
    FieldTest,
    Guidelines,
    GuidelinesMove,
    GuidelinesState,
    ImpactStory,
    Rollout,
    Signatory,
)
from guidelines.services.comments import add_comment
from guidelines.services.documents import start_guidelines
from guidelines.services.endorsements import Signing, record_endorsement
from guidelines.services.field_tests import plan_field_test
from guidelines.services.launching import launch_guidelines
from guidelines.services.moving import begin_field_test, validate_guidelines
from guidelines.services.rollout import add_rollout
from guidelines.services.sections import save_section
from guidelines.services.stories import add_story, publish_story
from localities.models import Country, Locality
from workshops.models import Workshop

TO_COMPLETE = re.compile(r"\n*\*To complete.*?\*", re.DOTALL)


def load_guidelines(entry: dict[str, Any]) -> bool:
    """Known by country: their code is made by the service."""
    country = Country.objects.get(code=entry["country"])
    if Guidelines.objects.filter(country=country, is_demo=True).exists():
        return False
    by = User.objects.get(email=entry["by"])
    guidelines = start_guidelines(
        country,
        title=entry["title"],
        language=entry["language"],
        nap=Framework.objects.naps().get(code=entry["nap"]),
        by=by,
        is_demo=True,
    )
    _write(guidelines, entry.get("texts", {}), by)
    for test in entry.get("field_tests", ()):
        _test(guidelines, test, by)
    for comment in entry.get("comments", ()):
        _comment(guidelines, comment)
    if "launch" in entry:
        _launch(guidelines, entry["launch"], by)
    for rollout in entry.get("rollouts", ()):
        _roll_out(guidelines, rollout, by)
    return True


def _write(guidelines: Guidelines, texts: dict[int, str], by: User) -> None:
    """What a country says itself in the sections of these numbers, where the template says "To complete"."""
    for section in guidelines.sections.all() if texts else ():
        text = f"\n\n{texts[section.order]}" if section.order in texts else ""
        section.body = TO_COMPLETE.sub(text.replace("\\", r"\\"), section.body)
        save_section(section, opened_version=section.row_version, by=by)


def _test(guidelines: Guidelines, entry: dict[str, Any], by: User) -> None:
    locality = Locality.objects.get(code=entry["locality"])
    test = FieldTest(
        guidelines=guidelines, locality=locality, starts_on=entry["starts_on"], asked=entry["asked"]
    )
    plan_field_test(test, by=by)
    begin_field_test(guidelines, by=by)
    guidelines.refresh_from_db()


def _comment(guidelines: Guidelines, entry: dict[str, Any]) -> None:
    section = guidelines.sections.get(heading=entry["section"])
    by = User.objects.get(email=entry["by"])
    test = guidelines.field_tests.first() if entry.get("from_test") else None
    add_comment(section, text=entry["text"], quote=entry.get("quote", ""), field_test=test, by=by)


def _launch(guidelines: Guidelines, entry: dict[str, Any], by: User) -> None:
    validate_guidelines(guidelines, reason=entry["no_test"], by=by, today=entry["validated_on"])
    for sign in entry["endorsed"]:
        signatory = Signatory.objects.required().get(country=guidelines.country, role=sign["role"])
        signing = Signing(signatory, "", sign["position"], sign["day"])
        record_endorsement(guidelines, signing=signing, by=by, today=sign["day"])
    # The state follows from the last signature: it holds from that day, not from the day of loading.
    last = max(sign["day"] for sign in entry["endorsed"])
    GuidelinesMove.objects.filter(guidelines=guidelines, now=GuidelinesState.ENDORSED).update(on=last)
    launch_guidelines(guidelines, on=entry["day"], by=by, today=entry["day"])
    guidelines.refresh_from_db()


def _roll_out(guidelines: Guidelines, entry: dict[str, Any], by: User) -> None:
    rollout = Rollout(
        guidelines=guidelines,
        edition=guidelines.editions.get(number=next_edition_number(guidelines) - 1),
        kind=entry["kind"],
        on=entry["day"],
        workshop=Workshop.objects.filter(code=entry.get("workshop")).first(),
        copies=entry.get("copies"),
        trained=entry.get("trained", 0),
        trained_women=entry.get("trained_women"),
        result=entry.get("result", ""),
    )
    add_rollout(rollout, localities=Locality.objects.filter(code__in=entry["localities"]), by=by)


def load_story(entry: dict[str, Any]) -> bool:
    """Known by its code."""
    if ImpactStory.objects.filter(code=entry["code"]).exists():
        return False
    by = User.objects.get(email=entry["by"])
    names = ("code", "title", "pillar", "period_start", "before", "claim", "lesson", "evidence")
    more = ("evidence_note", "consent_on", "consent_note")
    values = {name: entry[name] for name in (*names, *more) if name in entry}
    story = ImpactStory(locality=Locality.objects.get(code=entry["locality"]), is_demo=True, **values)
    add_story(story, by=by)
    if "published_on" in entry:
        publish_story(story, safety_reason="", today=entry["published_on"], by=by)
    return True
