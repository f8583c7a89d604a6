"""An election replaces a mayor, through the real pages: what the office promised stays with the office.

Cora, the national coordinator, writes down the election and its outcome; Safi, the committee's
secretary, sends the hand-over pack; Nadine, who follows, acknowledges on a telephone; then both sides
of the committee assess the office over both terms. Nobody is named on the way.
"""

import datetime
from io import BytesIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from people.models import Election, Handover, Incumbency
from plans.models import Activity, Assessment
from tests.e2e.handover_scene import (
    ACTIVITY,
    DECISION,
    ELECTED,
    OLD_MAYOR,
    PROMISE,
    TODAY,
    board_of,
    city_with_a_mayor,
    coordinator_of,
    days,
)
from tests.e2e.plan_scene import save


@pytest.fixture
def cast(site, watched, sign_in):
    return city_with_a_mayor(watched, sign_in)


def test_election_replaces_a_mayor(cast, axe):
    """One play; each act stands on what the one before left."""
    election_is_written_down(cast.coordinator, cast, axe)
    seat_is_vacant_and_the_handover_open(cast, axe)
    handover = pack_goes_out(cast.secretary, cast, axe)
    successor_reads_and_acknowledges(cast.successor, cast, handover, axe)
    next_holder_takes_the_seat(cast.coordinator, cast, axe)
    office_keeps_what_it_promised(cast.secretary, cast, axe)
    scorecard_spans_both_terms_and_names_nobody(cast, axe)
    mails_say_almost_nothing(cast)


def election_is_written_down(page, cast, axe):
    page.goto("/elections/new/")
    axe(page)
    page.locator("[name=country]").select_option("CD")
    page.locator("[name=title]").fill("Urban elections")
    page.locator("[name=offices]").fill("Mayor and councillors")
    page.locator("[name=state]").select_option("held")
    page.locator("[name=held_on]").fill(f"{TODAY + datetime.timedelta(days=400)}")
    page.locator("[name=source]").fill("Electoral commission")
    page.locator("[name=as_of]").fill(f"{TODAY}")
    save(page)  # an election is not held before its day
    expect(page.get_by_role("alert")).to_be_visible()
    assert not Election.objects.exists()
    page.locator("[name=held_on]").fill(f"{ELECTED}")
    save(page)
    election = Election.objects.get()
    page.goto(reverse("election_outcome", args=[election.code]))
    axe(page)
    row = Incumbency.objects.get()
    page.locator(f"[name=of-{row.code}][value=changed]").check()
    page.locator("[name=changed_on]").fill(f"{ELECTED}")
    save(page)
    row.refresh_from_db()
    assert (row.ends_on, row.how_ended) == (ELECTED, "election")


def seat_is_vacant_and_the_handover_open(cast, axe):
    page = cast.secretary
    page.goto(cast.committee.get_absolute_url())
    axe(page)
    expect(page.locator("main")).to_contain_text("vacant", ignore_case=True)
    assert cast.seat.appointments.get().ends_on == ELECTED
    assert not page.get_by_text(OLD_MAYOR).count()
    handover = Handover.objects.get()
    assert (handover.position, handover.due_on) == (cast.mayor, ELECTED)
    page.goto(reverse("my_work"))
    axe(page)
    expect(page.locator(f"main a[href*='{handover.code}']").first).to_be_visible()
    page.goto(reverse("notice_list"))
    axe(page)
    expect(page.locator("main")).to_contain_text("hand-over", ignore_case=True)


def pack_goes_out(page, cast, axe):
    handover = Handover.objects.get()
    page.goto(reverse("handover_acknowledge", args=[handover.code]))
    page.locator("[name=confirmed]").check()
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("The pack was not sent yet")
    page.goto(handover.get_absolute_url())
    axe(page)
    page.goto(reverse("handover_successor", args=[handover.code]))
    axe(page)
    page.locator(f"[name=account][value={cast.users['successor'].code}]").check()
    save(page)
    page.goto(reverse("handover_pack", args=[handover.code]))
    axe(page)
    for text in (PROMISE, ACTIVITY, DECISION):
        expect(page.locator("main")).to_contain_text(text)
    assert OLD_MAYOR not in page.content()
    content = page.request.get(reverse("handover_pack_pdf", args=[handover.code])).body()
    printed = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)
    assert ACTIVITY in " ".join(printed.split())
    assert "Tshibanda" not in printed
    page.goto(reverse("handover_send", args=[handover.code]))
    axe(page)
    page.locator("[name=sent_on]").fill(f"{TODAY}")
    save(page)
    handover.refresh_from_db()
    assert handover.pack_sent_on == TODAY
    return handover


def successor_reads_and_acknowledges(page, cast, handover, axe):
    page.goto(reverse("my_work"))
    axe(page)
    page.locator(f"main a[href*='{handover.code}']").first.click()
    axe(page)
    page.goto(reverse("handover_pack", args=[handover.code]))
    axe(page)
    expect(page.locator("main")).to_contain_text(PROMISE)
    assert OLD_MAYOR not in page.content()
    page.goto(reverse("onboarding", args=[cast.committee.code]))
    axe(page)
    page.goto(reverse("handover_acknowledge", args=[handover.code]))
    axe(page)
    save(page)
    expect(page.get_by_role("alert")).to_contain_text("Tick this")
    page.locator("[name=confirmed]").check()
    save(page)
    expect(page.locator("main")).to_contain_text("handed over", ignore_case=True)
    handover.refresh_from_db()
    assert handover.acknowledged_on == TODAY
    assert not handover.acknowledged_on_paper
    page.goto(reverse("my_work"))
    expect(page.locator(f"main a[href*='/handovers/{handover.code}/']")).to_have_count(0)


def next_holder_takes_the_seat(page, cast, axe):
    page.goto(reverse("holder_new", args=[cast.mayor.code]))
    axe(page)
    page.locator("[name=starts_on]").fill(f"{ELECTED}")
    page.locator("[name=term_ends_on]").fill(f"{days(1800)}")
    save(page)
    assert cast.mayor.incumbencies.count() == 2
    assert cast.seat.appointments.current().get().starts_on == ELECTED


def office_keeps_what_it_promised(page, cast, axe):
    page.goto(cast.mayor.get_absolute_url())
    axe(page)
    for text in (PROMISE, ACTIVITY, DECISION):
        expect(page.locator("main")).to_contain_text(text)
    assert OLD_MAYOR not in page.content()
    assert Activity.objects.get(text=ACTIVITY).responsible == cast.mayor


def scorecard_spans_both_terms_and_names_nobody(cast, axe):
    page = cast.secretary
    page.goto(reverse("assessment_new", args=[cast.committee.code]))
    axe(page)
    page.locator(f"[name=positions][value='{cast.mayor.pk}']").check()
    page.locator("[name=period]").select_option("days")
    page.locator("[name=start]").fill(f"{days(-300)}")
    page.locator("[name=end]").fill(f"{days(-1)}")
    save(page)
    card = Assessment.objects.get()
    for who in (cast.secretary, cast.member):
        who.goto(reverse("assessment_marks", args=[card.code]))
        axe(who)
        for mark in who.locator("main input[type=radio][value='3']").all():
            mark.check()
        save(who)
    assert card.views.count() == 2
    page.goto(reverse("assessment_close", args=[card.code]))
    axe(page)
    save(page)
    page.goto(card.get_absolute_url())
    axe(page)
    expect(page.locator("main")).to_contain_text("2 terms")
    card.refresh_from_db()
    assert card.state == "closed"
    content = page.request.get(reverse("assessment_pdf", args=[card.code])).body()
    printed = " ".join(sheet.extract_text() for sheet in PdfReader(BytesIO(content)).pages)
    for name in (OLD_MAYOR, "Tshibanda", "Nadine", "Newmayor", "Safi", "Mado"):
        assert name not in printed
        assert name not in str(card.facts)
        assert name not in page.locator("main").inner_text()


def mails_say_almost_nothing(cast):
    mail.outbox.clear()
    call_command("send_notices", verbosity=0)
    assert mail.outbox
    told = " ".join(f"{each.subject} {each.body}" for each in mail.outbox)
    for name in (OLD_MAYOR, "Tshibanda", "Newmayor", "Mayor", "Mbujimayi"):
        assert name not in told


# --- Boards ----------------------------------------------------------------------------------

WHY = "Two women's groups join in the spring."


def test_boards_become_active_in_balance(site, desktop, sign_in, axe):
    """BR5: half and half; one more where the total is odd; observers do not count; a reason overrides."""
    sign_in(desktop, coordinator_of("CD"))
    for sides, observers, accepted in (
        ((6, 6), 0, True),
        ((7, 5), 0, False),
        ((5, 4), 0, True),
        ((4, 4), 3, True),
    ):
        board = board_of(*sides, observers=observers)
        made_active(desktop, board, axe)
        board.refresh_from_db()
        assert board.state == ("active" if accepted else "established"), sides
        if not accepted:
            overridden_with_a_reason(desktop, board, axe)


def made_active(page, board, axe):
    page.goto(reverse("committee_activate", args=[board.code]))
    axe(page)
    page.locator("[name=on]").fill(f"{TODAY}")
    save(page)


def overridden_with_a_reason(page, board, axe):
    expect(page.locator("main")).to_contain_text("not balanced")
    page.locator("main").locator("textarea, input[type=text]").last.fill(WHY)
    save(page)
    board.refresh_from_db()
    assert (board.state, board.balance_override) == ("active", WHY)
    page.goto(board.get_absolute_url())
    axe(page)
    expect(page.locator("main")).to_contain_text(WHY)
