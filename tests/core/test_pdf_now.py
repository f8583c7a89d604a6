"""Papers that somebody waits for: short ones at once, long ones within limits, never too many."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from core.exports import Failure
from core.pdf import now, render_pdf
from core.pdf.now import PapersBusy, PaperTooLarge, Turns, render_now
from tests.factories.workshops import AttendanceFactory, ParticipationFactory

ROWS = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 40_000 + "</table>"
HTML = '<!doctype html><html lang="fr"><head><title>Liste &amp; signatures</title></head><h1>Oui</h1></html>'


@pytest.fixture
def all_long(monkeypatch):
    """Every paper counts as a long one."""
    monkeypatch.setattr(now, "SHORT", 0)


@pytest.fixture
def present(workshop):
    return AttendanceFactory(participation=ParticipationFactory(workshop=workshop)).participation


def test_render_now_draws_a_short_paper_itself():
    made = render_now(HTML)
    assert made == render_pdf(HTML)
    assert not made.megabytes  # only a process of its own says how much it held


def test_render_now_draws_a_long_paper_in_a_process_of_its_own(all_long):
    made = render_now(HTML)
    assert made == render_pdf(HTML)
    assert made.megabytes


def test_render_now_counts_the_letters_of_the_html(monkeypatch):
    monkeypatch.setattr(now, "SHORT", len(HTML))
    assert not render_now(HTML).megabytes
    assert render_now(f"{HTML} ").megabytes


@pytest.mark.parametrize(
    ("limits", "more", "why"),
    [
        ({"PDF_MEGABYTES": 20}, "", Failure.MEMORY),
        ({"PAPER_SECONDS": 1}, ROWS, Failure.TIME),
    ],
)
def test_render_now_that_takes_too_much_says_which_paper_and_why(settings, all_long, limits, more, why):
    for name, value in limits.items():
        setattr(settings, name, value)
    with pytest.raises(PaperTooLarge) as refused:
        render_now(HTML + more)
    assert refused.value.why == why
    assert (refused.value.title, refused.value.language) == ("Liste & signatures", "fr")


# --- On a page ---


def test_paper_that_takes_too_much_is_refused_in_words(settings, all_long, workshop, facilitator, signed_in):
    settings.PDF_MEGABYTES = 20  # not even the program fits in
    address = reverse("paper_sign_in_sheet", args=[workshop.code])
    response = signed_in(facilitator).get(f"{address}?blank=20")
    assert response.status_code == 422
    page = response.content.decode()
    assert f"– {workshop.title}</bdi>" in page
    assert '<bdi lang="fr">' in page
    assert str(Failure.MEMORY.label) in page
    assert "take one part" in page
    assert f'href="{address}?blank=20"' in page
    assert "Retry-After" not in response


def test_paper_that_was_refused_leaves_no_print_in_the_record(
    settings, all_long, workshop, facilitator, signed_in, present
):
    address = reverse("paper_certificates", args=[workshop.code]) + "?who=any"
    client = signed_in(facilitator)
    settings.PDF_MEGABYTES = 20  # not even the program fits in
    assert client.get(address).status_code == 422
    assert not AuditEvent.objects.filter(verb="printed names").exists()
    settings.PDF_MEGABYTES = 1024
    assert client.get(address).content.startswith(b"%PDF")
    assert AuditEvent.objects.filter(verb="printed names").count() == 1


def test_paper_while_too_many_wait_is_put_off_in_words(workshop, facilitator, signed_in, monkeypatch):
    monkeypatch.setattr(now, "TURNS", Turns(short=0, patience=0.05))
    address = reverse("paper_sign_in_sheet", args=[workshop.code])
    response = signed_in(facilitator).get(f"{address}?blank=20")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    page = response.content.decode()
    assert "Nothing is wrong with yours" in page
    assert f'href="{address}?blank=20"' in page


PAPERS = [
    "paper_sign_in_sheet",
    "paper_programme",
    "paper_certificates",
    "paper_report",
    "paper_summary",
    "meeting_minutes_pdf",
    "meeting_agenda_pdf",
    "blank_minutes_pdf",
    "assessment_pdf",
    "handover_pack_pdf",
    "plan_docx_file",
    "plan_xlsx_file",
]


@pytest.mark.parametrize("name", PAPERS)
def test_paper_while_too_many_wait_is_put_off_before_a_row_is_read(
    name, facilitator, signed_in, client, monkeypatch
):
    address = reverse(name, args=["X-UNKNOWN"])
    facilitating = signed_in(facilitator)
    assert facilitating.get(address).status_code == 404
    monkeypatch.setattr(now, "TURNS", Turns(short=0, long=0, waiting=0))
    assert facilitating.get(address).status_code == 503
    assert client.get(address).status_code == 302  # to sign in: that goes before


# --- Turns ---


def test_turns_lets_one_short_paper_draw_and_others_after_it():
    turns, drawing, most = Turns(waiting=5), [], []

    def draw(number):
        with turns.place(is_short=True):
            drawing.append(number)
            most.append(len(drawing))
            threading.Event().wait(0.02)
            drawing.remove(number)

    with ThreadPoolExecutor(5) as people:
        list(people.map(draw, range(5)))
    assert most == [1] * 5


def test_turns_refuses_at_once_when_too_many_wait_and_lets_in_again_afterwards():
    """Forty ask at the same moment: three hold a thread of the site, the others are told at once."""
    turns, done, told = Turns(), threading.Event(), []

    def ask(number):
        begun = monotonic()
        try:
            with turns.place(is_short=True):
                done.wait(10)
        except PapersBusy:
            told.append(monotonic() - begun)
            if len(told) == 37:
                done.set()
            return "put off"
        return "drawn"

    with ThreadPoolExecutor(40) as people:
        answers = list(people.map(ask, range(40)))
    assert sorted(answers) == ["drawn"] * 3 + ["put off"] * 37
    assert max(told) < 5
    with turns.place(is_short=True):
        pass


def test_turns_gives_up_waiting_and_leaves_the_place_to_others():
    turns = Turns(patience=0.05)
    with turns.place(is_short=True):
        with pytest.raises(PapersBusy), turns.place(is_short=True):
            pytest.fail("two at once")
        with turns.place(is_short=False):  # a long one does not wait for a short one
            pass
    with suppress(ValueError), turns.place(is_short=True):
        raise ValueError  # a paper that breaks gives its place back
    with turns.place(is_short=True), turns.place(is_short=False):
        pass


def test_turns_gives_one_seat_to_a_view_and_the_papers_that_it_draws():
    turns = Turns(short=1, long=0, waiting=0)
    for _each in range(3):  # and gives it back
        with turns.seat(), turns.place(is_short=True):
            pass
