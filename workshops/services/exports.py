"""Handing out the list of participants: who asked, what for, which columns. Never more than was agreed to."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User, record
from people.consent import Purpose
from people.models import AgeBand, Consent, Sex
from workshops.models import Participation, Residence, Standing, Workshop
from workshops.spreadsheets import FIELDS, Sheet, write_csv, write_xlsx
from workshops.spreadsheets.vocabulary import BY_NAME

CONTACTS = ("phone", "email")
# In the order of the file. "half_days" is only told; the answers about functioning are never handed out.
COLUMNS = {field.name: field.heading for field in FIELDS} | {"half_days": gettext_lazy("Half-days present")}
WIDTHS = {"full_name": 32, "category": 32, "position": 32, "organization": 32, "email": 30, "code": 14}


class ExportFormat(models.TextChoices):
    XLSX = "xlsx", gettext_lazy("Excel (XLSX)")
    CSV = "csv", gettext_lazy("Text (CSV)")


@dataclass(frozen=True)
class HandedOut:
    """A file that leaves the portal."""

    name: str
    content_type: str
    content: bytes
    rows: int


def export_participants(
    workshop: Workshop, *, columns: Iterable[str], kind: str, purpose: str, only_shared: bool, by: User
) -> HandedOut:
    """The list as a file; that it was handed out, and what for, stays on record."""
    chosen = [name for name in COLUMNS if name in set(columns)]
    people = list(rows_of(workshop, chosen, only_shared=only_shared))
    day = timezone.localdate().isoformat()
    note = _("Exported from the Localization portal by %(account)s on %(day)s, workshop %(workshop)s") % {
        "account": by.code,
        "day": day,
        "workshop": workshop.code,
    }
    headings = [str(COLUMNS[name]) for name in chosen]
    if kind == ExportFormat.CSV:
        content, content_type = write_csv(headings, people, note=note), "text/csv; charset=utf-8"
    else:
        widths = {place: WIDTHS.get(name, 18) for place, name in enumerate(chosen)}
        sheets = [
            Sheet(_("Participants"), headings, people, widths=widths),
            Sheet(_("About this file"), [_("About this file")], [[note]], widths={0: 90}),
        ]
        content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        content = write_xlsx(sheets, title=workshop.code, note=note)
    record(
        by,
        "exported names",
        workshop,
        purpose=purpose,
        rows=len(people),
        columns=chosen,
        kind=kind,
        only_shared=only_shared,
    )
    return HandedOut(f"participants-{workshop.code}-{day}.{kind}", content_type, content, len(people))


def participants_to_hand_out(workshop: Workshop, *, only_shared: bool = False) -> QuerySet[Participation]:
    """Those whose consent to stand on the list was not withdrawn, in the order in which they came."""
    given = Consent.objects.filter(person=OuterRef("person"), withdrawn_at=None)
    ever = Consent.objects.filter(person=OuterRef("person"), purpose=Purpose.REGISTER)
    rows = workshop.participations.annotate(
        may_contact=Exists(given.filter(purpose=Purpose.CONTACT)),
        agreed=Exists(given.filter(purpose=Purpose.REGISTER)),
        ever_agreed=Exists(ever),
        may_share=Exists(given.filter(purpose=Purpose.SHARE_WITH_PARTNER)),
        guardian=Exists(given.filter(purpose=Purpose.GUARDIAN)),
    ).exclude(ever_agreed=True, agreed=False)
    if only_shared:
        rows = rows.filter(may_share=True)
    return rows.for_list().with_half_days().order_by("created_at", "pk")


def rows_of(workshop: Workshop, columns: list[str], *, only_shared: bool = False) -> Iterator[list[str]]:
    for each in participants_to_hand_out(workshop, only_shared=only_shared).iterator(chunk_size=1000):
        words = words_of(each)
        yield [words[name] for name in columns]


def words_of(each: Participation) -> dict[str, str]:
    """One registration in the words that an import understands; unstated is empty."""
    person = each.person
    may_contact = bool(each.may_contact)  # type: ignore[attr-defined]
    return {
        "code": person.code,
        "full_name": person.full_name,
        "category": str(each.get_category_display()),
        "position": each.position.title if each.position else "",
        "organization": each.organization.name if each.organization else "",
        "sex": _stated(Sex(each.sex)),
        "age_band": _stated(AgeBand(each.age_band)),
        "locality": str(each.locality) if each.locality else "",
        "phone": person.phone if may_contact else "",
        "email": person.email if may_contact else "",
        "residence": _stated(Residence(each.residence)),
        "standing": _stated(Standing(each.standing)),
        "agreed": _("yes"),
        "agreed_contact": _("yes") if may_contact else _("no"),
        "guardian": _("yes") if each.guardian else "",  # type: ignore[attr-defined]
        "half_days": str(each.half_days),
    }


def _stated(value: models.TextChoices) -> str:
    return "" if value.value == "unstated" else str(value.label)


def template_for(workshop: Workshop) -> bytes:
    """An empty list with the headings that the import knows, and lists of the values that it takes."""
    from localities.categories import ActorCategory

    offered = {
        "category": [str(one.label) for one in ActorCategory],
        "sex": [str(one.label) for one in Sex],
        "age_band": [str(one.label) for one in AgeBand],
        "residence": [str(one.label) for one in Residence],
        "standing": [str(one.label) for one in Standing],
        "agreed": [_("yes"), _("no")],
    }
    offered |= {"agreed_contact": offered["agreed"], "guardian": offered["agreed"]}
    asked = [field.name for field in FIELDS if field.name != "code"]
    listed = list(offered)
    longest = max(len(values) for values in offered.values())
    title = _("Allowed values")
    rows = [[offered[name][n] if n < len(offered[name]) else "" for name in listed] for n in range(longest)]
    choices = {
        asked.index(name): f"'{title}'!${chr(65 + place)}$2:${chr(65 + place)}${1 + len(offered[name])}"
        for place, name in enumerate(listed)
    }
    widths = {place: WIDTHS.get(name, 18) for place, name in enumerate(asked)}
    headings = [str(BY_NAME[name].heading) for name in asked]
    values = Sheet(
        title, [str(BY_NAME[name].heading) for name in listed], rows, widths=dict.fromkeys(range(9), 32)
    )
    return write_xlsx([Sheet(_("Participants"), headings, [], choices, widths), values], title=workshop.code)
