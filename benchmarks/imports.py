"""Importing participants from a spreadsheet: time with matching, and whether memory grows with the list."""

import io
import multiprocessing
import resource
from collections.abc import Callable, Iterator
from itertools import count
from time import monotonic
from typing import Any

from django.db import connection
from openpyxl import Workbook

from accounts.models import User
from benchmarks.figures import Figure, seconds
from benchmarks.seed import FIRST, LAST
from localities.categories import ActorCategory
from workshops.models import ImportState, Verdict, Workshop
from workshops.services import imports
from workshops.services.import_reading import read_import
from workshops.services.import_writing import write_import

HEADINGS = ["Name", "Category", "Position", "Organisation", "Sex", "Age", "Phone"]
number = count(1)
MB = 1024  # ru_maxrss counts kilobytes


def spreadsheet(rows: int, *, known: list[tuple[str, str]]) -> bytes:
    """A workbook of that many people, one in ten of them known by name and phone."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.append(HEADINGS)
    categories = list(ActorCategory)
    for n in range(rows):
        name, phone = known[n // 10] if n % 10 == 0 and n // 10 < len(known) else someone()
        office = f"Officer of office {n % 300}", f"Organisation of the list {n % 60}"
        sheet.append([name, str(categories[n % 23].label), *office, "Woman", "30 to 59", phone])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def someone() -> tuple[str, str]:
    """Somebody whom the portal does not know, with a name and a phone of their own."""
    n = next(number)
    letters = "".join("bdfgklmnrt"[int(digit)] + "aeiou"[int(digit) % 5] for digit in str(n))
    name = f"{LAST[n % len(LAST)]}{letters} {FIRST[n // 11 % len(FIRST)]} {letters[::-1]}wa"
    return name, f"+243 9{n:08d}"


def known_people(workshop: Workshop) -> list[tuple[str, str]]:
    people = workshop.participations.order_by("pk").select_related("person")[:500]
    return [(each.person.full_name, each.person.phone) for each in people]


def import_once(rows: int, content: bytes, *, workshop: Workshop, user: User) -> None:
    """Hand in, read with matching, decide, save: what the portal does, without the pages."""
    held = Workshop.objects.get(pk=workshop.pk)
    held.pk, held.code, held.title = None, f"W-I{rows}{next(number)}"[:12], f"Import of {rows} rows"
    held.save()
    held.facilitators.set([user])
    imports.AT_ONCE = 0  # the steps are taken here, one by one
    new = imports.start_import(held, name="bench.xlsx", content=content, by=user)
    sketch = imports.sketch_of(new)
    imports.choose_columns(new, mapping=new.mapping, agreed=True, sketch=sketch, by=user)
    read_import(new.code)
    new.refresh_from_db()
    assert new.state == ImportState.READY, new.message
    assert new.rows.count() == rows
    assert not new.rows.filter(verdict=Verdict.WRONG).exists()
    imports.decide_all(new, "same")
    imports.decide_all(new, "new")
    imports.confirm_import(new, by=user)
    write_import(new.code)
    new.refresh_from_db()
    assert new.state == ImportState.DONE, new.message
    assert held.participations.count() == rows


def _in_a_process_of_its_own(
    rows: int, content: bytes, workshop: int, user: int, answer: multiprocessing.Queue
) -> None:
    connection.close()
    held, by = Workshop.objects.get(pk=workshop), User.objects.get(pk=user)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    longest = [0.0]
    connection.execute_wrappers.append(_writes(longest))
    taken = seconds(lambda: import_once(rows, content, workshop=held, user=by))
    answer.put((taken, longest[0], (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / MB))


def _writes(longest: list[float]) -> Callable[..., Any]:
    """Notes for how long, at most, a transaction kept everybody else from writing."""
    began = [0.0]

    def wrapper(execute: Callable[..., Any], sql: str, *arguments: Any) -> Any:
        if sql.startswith("BEGIN"):
            began[0] = monotonic()
        try:
            return execute(sql, *arguments)
        finally:
            if connection.in_atomic_block:
                longest[0] = max(longest[0], monotonic() - began[0])

    return wrapper


def measured(rows: int, *, workshop: Workshop, user: User) -> tuple[float, float, float]:
    """Seconds, those of the longest transaction, and by how many megabytes the peak of memory grew, in a
    process that did nothing before."""
    content = spreadsheet(rows, known=known_people(workshop))
    connection.close()
    context = multiprocessing.get_context("fork")
    answer: multiprocessing.Queue = context.Queue()
    worker = context.Process(
        target=_in_a_process_of_its_own, args=(rows, content, workshop.pk, user.pk, answer)
    )
    worker.start()
    figures = answer.get(timeout=600)
    worker.join()
    return figures


def import_figures(workshop: Workshop, user: User) -> Iterator[Figure]:
    """Last in the bench: it leaves some thousand people behind."""
    few, _longest, few_memory = measured(2_000, workshop=workshop, user=user)
    yield Figure("import of 2,000 rows, with matching", few, "s", 10)
    many, longest, many_memory = measured(10_000, workshop=workshop, user=user)
    yield Figure("import of 10,000 rows, with matching", many, "s", 60)
    yield Figure("import of 10,000 rows, longest transaction", longest, "s", 5)
    yield Figure("import, memory of 10,000 rows more than of 2,000", many_memory - few_memory, "MB", 40)
