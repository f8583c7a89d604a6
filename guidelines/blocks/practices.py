"""Good practices: published impact stories of the country, told with consent (F15)."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from guidelines.blocks.asked import Asked
from guidelines.blocks.values import BlockValue, TextValue
from guidelines.models import Block, ImpactStory

MOST = 12  # stories; the newest


def good_practices(asked: Asked) -> BlockValue:
    """Not of a place where a workshop at high risk is still secret, unless somebody said why it is safe."""
    country = asked.guidelines.country
    hidden = asked.hidden_places
    found = ImpactStory.objects.published().filter(locality__country=country).select_related("locality")
    stories = [
        story
        for story in found.order_by("-period_start", "pk")
        if story.safety_reason or not any(story.locality.path.startswith(path) for path in hidden)
    ]
    return BlockValue(
        Block.PRACTICES,
        _("Good practices"),
        asked.today,
        _("Impact stories of the portal, told with the consent of those concerned."),
        parts=tuple(part for story in stories[:MOST] for part in _parts(story)),
        empty="" if stories else _("No impact story is published yet."),
    )


def _parts(story: ImpactStory) -> list[TextValue]:
    """The claim under its title; then each thing that is told."""
    where = _("%(place)s, %(period)s. Pillar: %(pillar)s.") % {
        "place": story.locality,
        "period": _period(story),
        "pillar": story.get_pillar_display(),
    }
    known = _("How well it is known: %(level)s.") % {"level": story.get_evidence_display()}
    if story.evidence_note:
        known += " " + _("Where it can be read or asked: %(where)s") % {"where": story.evidence_note}
    parts = [TextValue(where, story.title), TextValue(_("What changed: %(text)s") % {"text": story.claim})]
    if story.before:
        parts.append(TextValue(_("How it was before: %(text)s") % {"text": story.before}))
    if story.lesson:
        parts.append(TextValue(_("What others can learn from it: %(text)s") % {"text": story.lesson}))
    return [*parts, TextValue(known)]


def _period(story: ImpactStory) -> str:
    """Months are enough, and tell less than days."""
    first = date_format(story.period_start, "F Y")
    last = date_format(story.period_end, "F Y") if story.period_end else ""
    return f"{first} – {last}" if last and last != first else first
