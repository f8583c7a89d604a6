"""Two records of one person become one, and two again when it was a mistake."""

import datetime
import json
from collections.abc import Collection, Iterator
from typing import Any

from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, record
from people.consent import Purpose
from people.models import Consent, DifferentPeople, Merge, NameToken, Person, Resemblance
from people.moving import Move, all_rows, as_written, bring_back, label, missing_targets, pointing_at

FIELDS = ("full_name", "sex", "age_band", "phone", "email")
CONTACTS = ("phone", "email")
# Made again from the person, or told apart below.
DERIVED = frozenset({NameToken, Resemblance, DifferentPeople})


class MergeRefused(Exception):
    """Something that cannot be merged or undone now, in words that people can act on."""


def ordered(one: Person, other: Person) -> tuple[Person, Person]:
    """As a pair is stored: the older record first."""
    return (one, other) if one.pk < other.pk else (other, one)


def mark_different(one: Person, other: Person, *, by: User) -> None:
    """These two are two people: the report does not ask again."""
    first, second = ordered(one, other)
    with transaction.atomic():
        _row, is_new = DifferentPeople.objects.get_or_create(first=first, second=second, defaults={"by": by})
        if is_new:
            record(by, "told apart", first, other=second.code)


def unmark_different(one: Person, other: Person, *, by: User) -> bool:
    """They may be one person after all; tells whether anything was taken back."""
    first, second = ordered(one, other)
    with transaction.atomic():
        gone, _each = DifferentPeople.objects.filter(first=first, second=second).delete()
        if gone:
            record(by, "no longer told apart", first, other=second.code)
    return bool(gone)


def merge_people(kept: Person, gone: Person, *, fields: Collection[str], by: User) -> Merge:
    """Make `gone` part of `kept`. `fields` are those whose value is taken over from `gone`.

    Everything that points at `gone` points at `kept` afterwards. Consent is never widened: the latest
    withdrawal of either record ends what was agreed to before it. Raises MergeRefused."""
    with transaction.atomic():
        kept, gone = _locked(kept, gone)
        before = _values(kept)
        move = Move()
        ended = _unite_consents(kept, gone, move)
        different = _unite_differences(kept, gone)
        move.everything(gone, kept, but=DERIVED)
        for name in FIELDS:
            if name in fields:
                setattr(kept, name, getattr(gone, name))
        if _is_contact_ended(kept):
            kept.phone = kept.email = ""
        snapshot = {
            "kept": {"code": kept.code, "before": before, "after": _values(kept)},
            "gone": as_written([gone])[0],
            "moved": move.moved,
            "aside": move.aside,
            "ended": ended,
            "different": different,
        }
        code = gone.code
        gone.delete()
        kept.save_with_index()
        merge = Merge.objects.create(
            kept=kept, merged_code=code, by=by, snapshot=json.dumps(snapshot), is_demo=kept.is_demo
        )
        record(by, "merged people", kept, merged=code, merge=merge.code)
    return merge


def _locked(one: Person, other: Person) -> tuple[Person, Person]:
    """Both rows as they stand, for this transaction alone: two who merge the same pair do it once."""
    keys = {one.pk, other.pk}
    rows = {row.pk: row for row in Person.objects.select_for_update().filter(pk__in=keys).order_by("pk")}
    if len(rows) < 2:
        raise MergeRefused(
            _("One of the two records was merged or erased in the meantime. Nothing was changed.")
        )
    if rows[one.pk].country_id != rows[other.pk].country_id:
        raise MergeRefused(_("The two records belong to two countries: they cannot be merged."))
    return rows[one.pk], rows[other.pk]


def _values(person: Person) -> dict[str, str]:
    return {name: getattr(person, name) for name in FIELDS}


def _unite_consents(kept: Person, gone: Person, move: Move) -> list[dict[str, Any]]:
    """Of two consents to the same the later stays, and a later withdrawal ends it. Returns what ended."""
    ended = []
    consents = list(Consent.objects.filter(person__in=[kept, gone]).order_by("given_at", "pk"))
    for purpose in {consent.purpose for consent in consents}:
        same = [consent for consent in consents if consent.purpose == purpose]
        active = [consent for consent in same if consent.withdrawn_at is None]
        for consent in active[:-1]:
            move.put_aside(consent)
        withdrawn = [consent.withdrawn_at for consent in same if consent.withdrawn_at]
        if active and withdrawn and max(withdrawn) > active[-1].given_at:
            last = active[-1]
            last.withdrawn_at = max(withdrawn)
            last.save(update_fields=["withdrawn_at"])
            ended.append({"pk": last.pk, "at": last.withdrawn_at.isoformat()})
    return ended


def _is_contact_ended(person: Person) -> bool:
    """Whether the person agreed to be contacted once, and does not any more."""
    contact = person.consents.filter(purpose=Purpose.CONTACT)
    return contact.exists() and not contact.filter(withdrawn_at=None).exists()


def _unite_differences(kept: Person, gone: Person) -> dict[str, Any]:
    """Whom `gone` was told apart from, `kept` is told apart from now. Returns what stood and what is new."""
    rows = DifferentPeople.objects.filter(models.Q(first=gone) | models.Q(second=gone))
    stood, made = as_written(rows), []
    others = {row.first_id if row.second_id == gone.pk else row.second_id for row in rows} - {kept.pk}
    rows.delete()
    for other in others:
        first, second = sorted((kept.pk, other))
        row, is_new = DifferentPeople.objects.get_or_create(first_id=first, second_id=second)
        made += [row.pk] * is_new
    return {"stood": stood, "made": made}


def _restore_differences(differences: dict[str, Any]) -> None:
    DifferentPeople.objects.filter(pk__in=differences["made"]).delete()
    bring_back([row for row in differences["stood"] if not missing_targets(row, known=set())])


def undo_merge(merge: Merge, *, by: User) -> Person:
    """Bring the record back that went, with all that belonged to it. Returns it.

    What was corrected since stays as corrected; a consent withdrawn since stays withdrawn. Raises
    MergeRefused, with what stands in the way."""
    with transaction.atomic():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        kept = Person.objects.select_for_update().get(merges=merge)
        snapshot = _undoable(merge, kept)
        gone = _restore(snapshot)
        _move_back(snapshot)
        aside = bring_back([row for row in snapshot["aside"] if _is_wanted_back(row)])
        _move_back(snapshot)  # what was put aside after it had been moved, too
        consents = [row for row in aside if isinstance(row, Consent)]
        _keep_withdrawn(consents, people=[kept, gone], since=merge.created_at)
        _begin_again(snapshot["ended"])
        _restore_differences(snapshot["different"])
        _restore_values(kept, gone, snapshot["kept"], since=merge.created_at)
        Merge.objects.filter(pk=merge.pk).update(undone_at=timezone.now(), snapshot="")
        record(by, "undid merge", kept, restored=gone.code, merge=merge.code)
    return gone


def _undoable(merge: Merge, kept: Person) -> dict[str, Any]:
    """The snapshot, if nothing stands in the way of going back to it."""
    if merge.undone_at:
        raise MergeRefused(_("This merge was undone already."))
    if not merge.snapshot:
        raise MergeRefused(_("What went in this merge is not kept any more: it is too long ago."))
    snapshot = json.loads(merge.snapshot)
    later = kept.merges.filter(undone_at=None, created_at__gt=merge.created_at).first()
    if later or kept.code != snapshot["kept"]["code"]:
        code = later.code if later else _merge_that_took(snapshot["kept"]["code"])
        raise MergeRefused(
            _("The same person was merged again afterwards: undo %(code)s first.") % {"code": code}
        )
    for words in obstacles(snapshot, kept):
        raise MergeRefused(words)
    return snapshot


def _merge_that_took(code: str) -> str:
    took = Merge.objects.filter(merged_code=code, undone_at=None).first()
    return took.code if took else code


def obstacles(snapshot: dict[str, Any], kept: Person) -> Iterator[str]:
    """What was changed since, so that the record cannot be put together again: in words."""
    written = [snapshot["gone"], *snapshot["aside"]]
    known = {(label(apps.get_model(row["model"])), row["pk"]) for row in written}
    for entry in snapshot["moved"]:
        model: Any = apps.get_model(entry["model"])
        field = model._meta.get_field(entry["field"])
        if field.null or field.related_model is not Person or (entry["model"], entry["pk"]) in known:
            continue  # what may point at nobody may be gone as well
        if not all_rows(model).filter(pk=entry["pk"], **{field.name: kept}).exists():
            yield _(
                "Since the merge, something of the record that went was removed (%(what)s): the two records "
                "cannot be put back as they were."
            ) % {"what": model._meta.verbose_name}
    for row in written:
        for target in missing_targets(row, known=known):
            yield _(
                "Since the merge, something that the record belonged to was deleted (%(what)s): the two "
                "records cannot be put back as they were."
            ) % {"what": target._meta.verbose_name}


def _restore(snapshot: dict[str, Any]) -> Person:
    gone = bring_back([snapshot["gone"]])[0]
    tokens = gone.make_index()
    gone.save()
    NameToken.objects.bulk_create(tokens)
    return gone


def _move_back(snapshot: dict[str, Any]) -> None:
    for entry in reversed(snapshot["moved"]):
        model: Any = apps.get_model(entry["model"])
        field = model._meta.get_field(entry["field"])
        if all_rows(field.related_model).filter(pk=entry["was"]).exists():
            all_rows(model).filter(pk=entry["pk"]).update(**{field.attname: entry["was"]})


def _is_wanted_back(written: dict[str, Any]) -> bool:
    """A consent that was given again since stands already."""
    fields = written["fields"]
    if apps.get_model(written["model"]) is not Consent or fields["withdrawn_at"]:
        return True
    again = Consent.objects.filter(person=fields["person"], purpose=fields["purpose"], withdrawn_at=None)
    return not again.exists()


def _keep_withdrawn(consents: list[Consent], *, people: list[Person], since: datetime.datetime) -> None:
    """What was withdrawn while the two were one is withdrawn for both."""
    for consent in consents:
        later = Consent.objects.filter(purpose=consent.purpose, withdrawn_at__gt=since)
        withdrawn = later.filter(person__in=people).order_by("-withdrawn_at").first()
        if consent.withdrawn_at is None and withdrawn:
            Consent.objects.filter(pk=consent.pk).update(withdrawn_at=withdrawn.withdrawn_at)


def _begin_again(ended: list[dict[str, Any]]) -> None:
    """Consents that only the merge had ended, unless they were given again since."""
    for entry in ended:
        consent = Consent.objects.filter(pk=entry["pk"], withdrawn_at=entry["at"]).first()
        if consent is None:
            continue
        again = Consent.objects.filter(person=consent.person_id, purpose=consent.purpose, withdrawn_at=None)
        if not again.exists():
            Consent.objects.filter(pk=consent.pk).update(withdrawn_at=None)


def _restore_values(kept: Person, gone: Person, values: dict[str, Any], *, since: datetime.datetime) -> None:
    """The values from before, but for what was corrected since; no contact that was withdrawn since."""
    consents = Consent.objects.filter(person__in=[kept, gone], purpose=Purpose.CONTACT)
    withdrawn = consents.filter(withdrawn_at__gt=since).exists()
    for name in FIELDS:
        if getattr(kept, name) == values["after"][name] and not (withdrawn and name in CONTACTS):
            setattr(kept, name, values["before"][name])
        if withdrawn and name in CONTACTS:
            setattr(gone, name, "")
    kept.save_with_index()
    gone.save_with_index()


def forget_contacts(person: Person) -> None:
    """The person is not to be contacted any more: no contact stays in what could be undone, nor in a
    copy."""
    forget_copies([person.pk])
    for merge in person.merges.filter(undone_at=None):
        if not merge.snapshot:
            continue
        snapshot = json.loads(merge.snapshot)
        blank = dict.fromkeys(CONTACTS, "")
        for values in (snapshot["gone"]["fields"], snapshot["kept"]["before"], snapshot["kept"]["after"]):
            values.update(blank)
        for row in snapshot["aside"]:
            row["fields"].update({name: "" for name in CONTACTS if name in row["fields"]})
        merge.snapshot = json.dumps(snapshot)
        merge.save(update_fields=["snapshot", "updated_at"])


def forget_copies(people: Collection[int]) -> None:
    """Empty the contacts that another app wrote down beside these people (in an invitation)."""
    for field in pointing_at(Person):
        copied = {f.name: "" for f in field.model._meta.concrete_fields if f.name in CONTACTS}
        if copied:
            all_rows(field.model).filter(**{f"{field.name}__in": people}).update(**copied)
