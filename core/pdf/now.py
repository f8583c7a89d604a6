"""A paper that is drawn while somebody waits for it: within limits, and few at once.

A short one is drawn here and now. A long one is drawn in a process of its own, with limits of time and
memory. Where there is no paper, core.middleware says so in words. A view that draws one takes a seat
before it reads a single row:

    @require_safe
    @in_turn
    def meeting_agenda_pdf(request, code): ...
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from html import unescape
from threading import BoundedSemaphore
from typing import ParamSpec, TypeVar

from django.conf import settings

from core.exports import Failure
from core.pdf import Rendered, render_pdf
from core.pdf.limits import TookTooLong, TookTooMuch, render_limited

# Characters of HTML. A second is enough for 22,000 of certificates, 33,000 of a sign-in sheet, 40,000 of a
# hand-over pack and 65,000 of plain text: what is drawn here takes 1.3 to 3.6 seconds at most. A process of
# its own takes 0.7 seconds more, so that a pack of 230 things (72,000) would miss its two seconds.
SHORT = 80_000


P = ParamSpec("P")
Answer = TypeVar("Answer")

_has_seat: ContextVar[bool] = ContextVar("has_seat", default=False)


class NoPaper(Exception):
    """There is no paper, and that is nobody's mistake."""


class PapersBusy(NoPaper):
    """Others have theirs drawn. Nothing is wrong with this one."""


class PaperTooLarge(NoPaper):
    """It takes more time or memory than a paper may: `why` says which. `title` is the paper's own, in its
    `language`."""

    def __init__(self, html: str, why: Failure) -> None:
        title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
        language = re.search(r'<html lang="([\w-]+)"', html)
        self.title = unescape(title[1]).strip() if title else ""
        self.language = language[1] if language else ""
        self.why = why
        super().__init__(why.value)


class Turns:
    """Who draws now and who waits for it, in one process of the site.

    More than one short paper at once is not sooner: they share one interpreter, and with it all pages. A
    long one has a process of its own. With one more who waits, three of the four threads of a process
    (bin/web) can be held by papers, and never the one that is left for pages.
    """

    def __init__(self, *, short: int = 1, long: int = 1, waiting: int = 1, patience: float = 20) -> None:
        self._seats = BoundedSemaphore(short + long + waiting)
        self._short, self._long = BoundedSemaphore(short), BoundedSemaphore(long)
        self._patience = patience  # seconds

    @contextmanager
    def seat(self) -> Iterator[None]:
        """For whoever draws or waits; who has one needs no other. Raises PapersBusy at once."""
        if _has_seat.get():
            yield
            return
        with _held(self._seats, patience=0):
            before = _has_seat.set(True)
            try:
                yield
            finally:
                _has_seat.reset(before)

    @contextmanager
    def place(self, *, is_short: bool) -> Iterator[None]:
        """To draw. Raises PapersBusy when it takes too long until it is free."""
        with self.seat(), _held(self._short if is_short else self._long, patience=self._patience):
            yield


@contextmanager
def _held(places: BoundedSemaphore, *, patience: float) -> Iterator[None]:
    if not places.acquire(timeout=patience):
        raise PapersBusy
    try:
        yield
    finally:
        places.release()


TURNS = Turns()


def in_turn(view: Callable[P, Answer]) -> Callable[P, Answer]:
    """A view that draws a paper, or writes one for an office program: refused before it begins where too many
    wait, as gathering what stands on a paper is work too."""

    @wraps(view)
    def seated(*args: P.args, **kwargs: P.kwargs) -> Answer:
        with TURNS.seat():
            return view(*args, **kwargs)

    return seated


def render_now(html: str) -> Rendered:
    """`html` as a tagged PDF, for whoever waits. Raises PaperTooLarge and PapersBusy."""
    is_short = len(html) <= SHORT
    with TURNS.place(is_short=is_short):
        if is_short:
            return render_pdf(html)
        try:
            return render_limited(html, seconds=settings.PAPER_SECONDS, megabytes=settings.PDF_MEGABYTES)
        except TookTooLong as long:
            raise PaperTooLarge(html, Failure.TIME) from long
        except TookTooMuch as much:
            raise PaperTooLarge(html, Failure.MEMORY) from much
