"""Pairs of records that look like one person, kept up to date for the report of duplicates.

Whoever is written down or corrected is marked as not compared. The report compares some of them when
it is opened, a worker the rest. Pairs are sought in one country: a record belongs to a country.
"""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from localities.models import Country
from people.likeness import Described, compare
from people.models import NameToken, Person, Resemblance, TokenKind
from people.models.duplicates import REPORTED_FROM

AT_ONCE = 400
TOKENS_AT_ONCE = 5000
# A hash that more people share is no sign of one person: a name of half a village, an office's phone.
MOST_SHARED = {TokenKind.NEAR: 40, TokenKind.PHONE: 6}
Pair = tuple[int, int]
Holders = dict[tuple[str, str], list[int]]  # (hash, kind) → keys of people


def waiting(people: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """Those who have not been compared since they were written down or corrected."""
    return (Person.objects.all() if people is None else people).filter(is_compared=False)


def compare_all() -> int:
    """Compare all who wait, batch by batch; tells how many."""
    done = 0
    while compared := compare_some():
        done += compared
    return done


def compare_some(people: QuerySet[Person] | None = None, most: int = AT_ONCE) -> int:
    """Compare some of those who wait, of one country, with everybody of it; tells how many."""
    with transaction.atomic():
        row = waiting(people).order_by("pk").values_list("country", flat=True).first()
        if row is None:
            return 0
        wait = waiting(people).filter(country=row).order_by("pk").values_list("pk", flat=True)
        _one_at_a_time(row)
        # In the order in which a merge takes them; registrations of these people may go on.
        locked = Person.objects.select_for_update(no_key=True).filter(pk__in=list(wait[:most]))
        keys = list(locked.order_by("pk").values_list("pk", flat=True))
        Resemblance.objects.filter(Q(first__in=keys) | Q(second__in=keys)).delete()
        holders = _holders(keys, row)
        found = _resemblances(_candidates(keys, holders), of_offices=_office_phones(holders))
        Resemblance.objects.bulk_create(found, ignore_conflicts=True)
        Person.objects.filter(pk__in=keys).update(is_compared=True)
    return len(keys)


def _one_at_a_time(country: int) -> None:
    """A page and the worker at once would each not see whom the other compares."""
    if connection.features.has_select_for_update:
        Country.objects.select_for_update(no_key=True).order_by().values("pk").get(pk=country)


def _holders(keys: list[int], country: int) -> Holders:
    """Who in the country shares a hash with one of `keys`, of those who are compared already: whoever
    waits will find these when it is his or her turn."""
    mine = NameToken.objects.filter(person__in=keys, kind__in=MOST_SHARED)
    tokens = sorted(set(mine.values_list("token", flat=True)))
    rows: list[tuple[str, str, int]] = []
    # Without a join: asked for both at once, SQLite looks up every person with every hash.
    for start in range(0, len(tokens), TOKENS_AT_ONCE):
        shared = NameToken.objects.filter(token__in=tokens[start : start + TOKENS_AT_ONCE])
        rows += shared.values_list("token", "kind", "person_id")
    wanted = set(keys) | _compared({person for _token, _kind, person in rows} - set(keys), country)
    holders: Holders = defaultdict(list)
    for token, kind, person in rows:
        if person in wanted:
            holders[token, kind].append(person)
    return holders


def _compared(people: set[int], country: int) -> set[int]:
    found: set[int] = set()
    for start in range(0, len(people), TOKENS_AT_ONCE):
        some = Person.objects.filter(pk__in=sorted(people)[start : start + TOKENS_AT_ONCE])
        found |= set(some.filter(country=country, is_compared=True).order_by().values_list("pk", flat=True))
    return found


def _candidates(keys: list[int], holders: Holders) -> set[Pair]:
    """Pairs with one of `keys` that share a hash which few share."""
    mine = set(keys)
    return {
        pair
        for (_token, kind), people in holders.items()
        if len(people) <= MOST_SHARED[TokenKind(kind)]
        for pair in combinations(sorted(people), 2)
        if mine.intersection(pair)
    }


def _office_phones(holders: Holders) -> set[int]:
    """Those whose phone so many others gave that it is nobody's own."""
    most = MOST_SHARED[TokenKind.PHONE]
    return {
        person
        for (_token, kind), people in holders.items()
        if kind == TokenKind.PHONE and len(people) > most
        for person in people
    }


def _resemblances(pairs: set[Pair], *, of_offices: set[int]) -> Iterator[Resemblance]:
    keys = sorted({key for pair in pairs for key in pair})
    people: dict[int, Described] = {}
    for start in range(0, len(keys), AT_ONCE):
        rows = Person.objects.filter(pk__in=keys[start : start + AT_ONCE])
        for pk, name, phone, sex in rows.values_list("pk", "full_name", "phone", "sex"):
            people[pk] = Described(name, "" if pk in of_offices else phone, sex)
    for first, second in sorted(pairs):
        how = compare(people[first], people[second])
        if how.score >= REPORTED_FROM:
            yield Resemblance(
                first_id=first,
                second_id=second,
                score=how.score,
                name_reason=how.name or "",
                same_phone=how.same_phone,
            )
