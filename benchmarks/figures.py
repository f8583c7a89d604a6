"""A figure of the bench: measured, beside its target, on one line."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext


@dataclass(frozen=True)
class Figure:
    """`value` should be at most `target`."""

    name: str
    value: float
    unit: str
    target: float

    @property
    def is_ok(self) -> bool:
        return self.value <= self.target

    def __str__(self) -> str:
        exact = isinstance(self.value, int) or self.value >= 10
        value = f"{self.value:.0f}" if exact else f"{self.value:.2f}"
        verdict = "ok" if self.is_ok else "short"
        return f"{self.name:<58} {value:>8} {self.unit:<9} ≤ {self.target:<7g} {verdict}"


@dataclass(frozen=True)
class Measured:
    """What one request cost. Of several times the median, and the best, which no neighbour disturbs."""

    queries: int
    milliseconds: float
    fastest: float
    size: int


def seconds(work: Callable[[], Any]) -> float:
    start = perf_counter()
    work()
    return perf_counter() - start


def measure_get(client: Client, url: str, *, times: int = 9) -> Measured:
    """Ask `url` several times in this process: no network, no other process."""
    answer = client.get(url)  # warm: templates are read once in the life of a worker
    assert answer.status_code == 200, f"{url} answered {answer.status_code}"
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(url)
        queries = len(captured)  # the next request empties the log
    taken = [seconds(lambda: client.get(url)) for _ in range(times)]
    return Measured(queries, median(taken) * 1000, min(taken) * 1000, len(answer.content))
