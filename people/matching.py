"""Is this the same person? Those who may be, out of the people that the caller may see.

The blind index names the candidates; only those are decrypted and compared (people.likeness).
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from people.likeness import Alike, Described, compare
from people.models import NameToken, Person, Reason, Sex, TokenKind
from people.names import variant_tokens
from people.spelling import latin_parts

AT_ONCE = 250  # rows that are looked for with one query
KEYS_AT_ONCE = 5000  # people who are looked up by key alone
MOST_SHARED = 200  # people who share a hash: beyond that it tells nothing
MOST_COMPARED = 60  # candidates that are decrypted for one name
TO_SHOW_FROM = 56  # a score below is an accident, unless a single name was asked for
WEIGHTS = {TokenKind.NEAR: 3, TokenKind.PHONE: 3, TokenKind.PAIR: 2, TokenKind.SOUND: 1}
WHOLE_NAMES = frozenset({TokenKind.NEAR.value, TokenKind.PHONE.value, TokenKind.PAIR.value})


@dataclass(frozen=True)
class Wanted:
    """Somebody who is looked for: as typed, or as a row of a spreadsheet has it."""

    name: str
    phone: str = ""
    sex: str = Sex.UNSTATED


@dataclass(frozen=True)
class Likeness:
    """Somebody known who may be the one that is looked for."""

    person: Person
    score: int  # 0 to 100
    reasons: list[str]  # sentences in the reader's language
    is_sure: bool


def alike(
    name: str, *, among: QuerySet[Person], phone: str = "", sex: str = Sex.UNSTATED, limit: int = 8
) -> list[Likeness]:
    """Those of `among` who may be the one called `name`, best first. While a name is being typed,
    its last part may be only the beginning."""
    wanted = Wanted(name, phone, sex)
    found = alike_many([wanted], among=among)[0]
    if len(found) < limit:
        known = {likeness.person.pk for likeness in found}
        found += [each for each in _beginning_alike(wanted, among) if each.person.pk not in known]
    return found[:limit]


def alike_many(rows: Sequence[Wanted], *, among: QuerySet[Person]) -> list[list[Likeness]]:
    """For each row those of `among` who may be the same person, best first. A few queries for
    some hundreds of rows."""
    found: list[list[Likeness]] = []
    for start in range(0, len(rows), AT_ONCE):
        found += _alike_at_once(rows[start : start + AT_ONCE], among)
    return found


def _alike_at_once(rows: Sequence[Wanted], among: QuerySet[Person]) -> list[list[Likeness]]:
    tokens = [variant_tokens(row.name, row.phone, kinds=WHOLE_NAMES) for row in rows]
    holders = _holders({token for each in tokens for token in each}, among)
    likely = [_candidates(mine, holders) for mine in tokens]
    people = dict(_described(among, {pk for keys in likely for pk in keys}))
    return [
        _best(row, (people[pk] for pk in keys if pk in people))
        for row, keys in zip(rows, likely, strict=True)
    ]


def _holders(tokens: set[str], among: QuerySet[Person]) -> dict[str, list[tuple[int, str]]]:
    """Who has which of these hashes. Where there are many, those who may not be seen go first: who else
    shares a name is nobody's business. By keys alone: a name of half the country may be on the list."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    indexed = NameToken.objects.filter(token__in=tokens).values_list("token", "person_id", "kind")
    for token, person, kind in indexed.iterator():
        found[token].append((person, kind))
    everybody = sorted({person for held in found.values() for person, _kind in held})
    if len(everybody) <= MOST_COMPARED:
        return found
    seen: set[int] = set()
    for start in range(0, len(everybody), KEYS_AT_ONCE):
        some = among.order_by().filter(pk__in=everybody[start : start + KEYS_AT_ONCE])
        seen.update(some.values_list("pk", flat=True))
    return {token: [each for each in held if each[0] in seen] for token, held in found.items()}


def _candidates(tokens: list[str], holders: dict[str, list[tuple[int, str]]]) -> list[int]:
    """Who shares the most with the one that is looked for."""
    weight: Counter[int] = Counter()
    for token in tokens:
        held = holders.get(token, [])
        if len(held) <= MOST_SHARED:
            for person, kind in held:
                weight[person] += WEIGHTS[TokenKind(kind)]
    return [person for person, _ in weight.most_common(MOST_COMPARED)]


def _described(among: QuerySet[Person], keys: set[int]) -> Iterator[tuple[int, tuple[Person, Described]]]:
    for start in range(0, len(keys), AT_ONCE):
        for person in among.filter(pk__in=sorted(keys)[start : start + AT_ONCE]):
            yield person.pk, (person, Described(person.full_name, person.phone, person.sex))


def _best(wanted: Wanted, candidates: Iterator[tuple[Person, Described]]) -> list[Likeness]:
    described = Described(wanted.name, wanted.phone, wanted.sex)
    compared = [(person, compare(described, other)) for person, other in candidates]
    found = [_likeness(person, how) for person, how in compared if how.score >= TO_SHOW_FROM]
    return sorted(found, key=lambda each: (-each.score, each.person.pk))


def _likeness(person: Person, how: Alike) -> Likeness:
    return Likeness(person, how.score, how.reasons, how.is_sure)


def _beginning_alike(wanted: Wanted, among: QuerySet[Person]) -> list[Likeness]:
    """Those whose name has every part but the last, and one that begins as the last does. Of a single
    part, those who have just that."""
    *whole, last = latin_parts(wanted.name) or [""]
    if len(last) < 2 and not whole:
        return []
    parts = variant_tokens(" ".join(whole) or last, kinds=frozenset({TokenKind.SOUND.value}))
    found: QuerySet[Any] = among
    for token in parts:
        found = found.filter(pk__in=NameToken.objects.filter(token=token).values("person"))
    why = [str(Reason.COMMON.label)]
    return [
        Likeness(person, 60 if whole else 50, why, is_sure=False)
        for person in found[: MOST_SHARED if whole else MOST_COMPARED]
        if not whole or any(part.startswith(last) for part in latin_parts(person.full_name))
    ]
