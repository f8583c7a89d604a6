"""The programme: templates, times and sums, moving sessions, copies of earlier events."""

import datetime

import pytest
from django.urls import reverse

from accounts.models import AuditEvent
from tests.factories.workshops import ProgrammeItemFactory, WorkshopFactory
from workshops.models import ItemKind, ProgrammeItem
from workshops.programme import half_days
from workshops.programme_templates import TEMPLATES, templates_for
from workshops.reports.programme import ProgrammePlan, clock, in_words
from workshops.services.programme import move_item, place_item, start_from_template
from workshops.states import WorkshopKind

# name → minutes without breaks, hands-on minutes
TOTALS = {
    "localization_2": (840, 375),
    "localization_3": (900, 375),
    "writeshop_2": (705, 420),
    "tot_2": (675, 330),
    "tot_3": (930, 360),
    "rollout_1": (315, 75),
    "rollout_2": (660, 330),
    "consultation_1": (330, 135),
    "conference_2": (555, 240),
    "committee_training_1": (330, 135),
    "review_1": (315, 150),
}


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


def url_of(name, workshop, *args):
    return reverse(name, args=[workshop.code, *args])


def titles(workshop):
    return [(each.day, each.half, each.title) for each in workshop.programme.all()]


@pytest.fixture
def three(workshop):
    """A and B on the first morning, C on the second afternoon."""
    return [
        ProgrammeItemFactory(workshop=workshop, title=title, day=day, half=half, order=order)
        for title, day, half, order in (("A", 1, "am", 1), ("B", 1, "am", 2), ("C", 2, "pm", 1))
    ]


# --- Templates -----------------------------------------------------------------------------------


def test_every_kind_has_a_template():
    assert {template.kind for template in TEMPLATES.values()} == set(WorkshopKind)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_totals_and_mix(name):
    sessions = TEMPLATES[name].sessions
    work = sum(each.minutes for each in sessions if each.kind != ItemKind.BREAK)
    hands_on = sum(each.minutes for each in sessions if each.kind == ItemKind.HANDS_ON)
    assert (work, hands_on) == TOTALS[name]
    assert {each.day for each in sessions} == set(range(1, TEMPLATES[name].days + 1))


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_fits_into_its_half_days(name):
    """A morning ends before the afternoon begins, an afternoon by six."""
    lengths = {}
    for each in TEMPLATES[name].sessions:
        lengths[each.day, each.half] = lengths.get((each.day, each.half), 0) + each.minutes
    assert all(minutes <= (300 if half == "am" else 240) for (_day, half), minutes in lengths.items())


@pytest.mark.parametrize("name", ["localization_2", "localization_3", "tot_2", "tot_3"])
def test_template_has_the_good_cycle(name):
    assert any("good cycle" in str(each.title) for each in TEMPLATES[name].sessions)


def test_templates_for_begins_with_the_kind_and_the_length():
    assert templates_for("localization", days=3)[:2] == ["localization_3", "localization_2"]
    assert templates_for("tot", days=1)[0] == "tot_2"
    assert sorted(templates_for("review", days=1)) == sorted(TEMPLATES)


# --- Times and sums ------------------------------------------------------------------------------


def test_programme_plan_computes_times(workshop, three):
    ProgrammeItem.objects.filter(title="A").update(minutes=45)
    plan = ProgrammePlan.from_workshop(workshop)
    morning = plan.days[0].halves[0]
    assert [(slot.begins, slot.ends) for slot in morning.slots] == [("09:00", "09:45"), ("09:45", "10:45")]
    assert plan.days[1].halves[1].slots[0].begins == "14:00"
    assert (plan.minutes, plan.sessions, plan.left_over) == (165, 3, 0)


def test_programme_plan_leaves_breaks_out_of_the_mix(workshop):
    ProgrammeItemFactory(workshop=workshop, kind="lecture", minutes=60)
    ProgrammeItemFactory(workshop=workshop, kind="hands_on", minutes=180)
    ProgrammeItemFactory(workshop=workshop, kind="break", minutes=30)
    plan = ProgrammePlan.from_workshop(workshop)
    assert [(share.kind, share.percent, share.start) for share in plan.shares] == [
        ("lecture", 25, 0),
        ("hands_on", 75, 25),
    ]
    assert (plan.minutes, plan.break_minutes) == (240, 30)


def test_programme_plan_says_what_stands_after_the_last_day(workshop):
    ProgrammeItemFactory(workshop=workshop, day=4)
    plan = ProgrammePlan.from_workshop(workshop)
    assert plan.left_over == 1
    assert [day.is_over for day in plan.days] == [False, False, True, True]
    assert len(half_days(workshop, workshop.programme.all())) == 4  # attendance knows two days only


@pytest.mark.parametrize(("minutes", "words"), [(0, "0 minutes"), (60, "1 hour"), (90, "1 hour 30 minutes")])
def test_in_words(minutes, words):
    assert in_words(minutes) == words


def test_clock_past_midnight():
    assert clock(14 * 60 + 600) == "00:00"


# --- Moving --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moves", "result"),
    [
        ("A down", [(1, "am", "B"), (1, "am", "A"), (2, "pm", "C")]),
        ("B up", [(1, "am", "B"), (1, "am", "A"), (2, "pm", "C")]),
        ("B down", [(1, "am", "A"), (1, "pm", "B"), (2, "pm", "C")]),
        ("C up", [(1, "am", "A"), (1, "am", "B"), (2, "am", "C")]),
        ("C up, C up, C up", [(1, "am", "A"), (1, "am", "B"), (1, "am", "C")]),
        ("A up", [(1, "am", "A"), (1, "am", "B"), (2, "pm", "C")]),
        ("C down", [(1, "am", "A"), (1, "am", "B"), (2, "pm", "C")]),
    ],
)
def test_move_item_within_and_between_half_days(moves, result, workshop, three, facilitator):
    for move in moves.split(", "):
        title, way = move.split()
        move_item(ProgrammeItem.objects.get(title=title), up=way == "up", by=facilitator)
    assert titles(workshop) == result


def test_place_item_before_another_and_at_the_end(workshop, three, facilitator):
    a, b, c = three
    place_item(c, day=1, half="am", before=b, by=facilitator)
    assert titles(workshop) == [(1, "am", "A"), (1, "am", "C"), (1, "am", "B")]
    place_item(a, day=1, half="am", before=None, by=facilitator)
    assert [title for *_where, title in titles(workshop)] == ["C", "B", "A"]


def test_programme_move_by_buttons_and_by_dropping(client, workshop, three):
    a, _b, c = three
    url = url_of("programme_move", workshop)
    assert client.post(url, {"down": a.code}).url == f"{url_of('programme', workshop)}#{a.code}"
    assert [title for *_where, title in titles(workshop)] == ["B", "A", "C"]
    client.post(url, {"item": c.code, "day": "1", "half": "am", "before": a.code})
    assert [title for *_where, title in titles(workshop)] == ["B", "C", "A"]


def test_programme_move_by_htmx_answers_the_part_alone(client, workshop, three):
    answer = client.post(
        url_of("programme_move", workshop), {"up": three[1].code}, headers={"HX-Request": "true"}
    )
    page = answer.content.decode()
    assert "<html" not in page
    assert page.index(">B<") < page.index(">A<")


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"up": "SE-222222"},
        {"item": "x" * 5000, "day": "1", "half": "am"},
        {"item": "A", "day": "99999999999999999999", "half": "am"},
        {"item": "A", "day": "-1", "half": "am"},
        {"item": "A", "day": "1", "half": "night"},
        {"item": "A", "day": "٣", "half": "pm"},
    ],
)
def test_programme_move_with_odd_input(typed, client, workshop, three):
    if typed.get("item") == "A":
        typed = typed | {"item": three[0].code}
    before = titles(workshop)
    assert client.post(url_of("programme_move", workshop), typed).status_code == 302
    assert titles(workshop) == before


# --- Pages ---------------------------------------------------------------------------------------


def test_programme_is_shown_to_all_who_see_the_workshop(signed_in, oversight, workshop, three):
    page = signed_in(oversight).get(url_of("programme", workshop)).content.decode()
    assert "09:00–10:00" in page
    assert "Add a session" not in page
    assert "programme/move" not in page


@pytest.mark.parametrize("rows", [1, 5])
def test_programme_queries(rows, client, workshop, django_assert_num_queries):
    ProgrammeItemFactory.create_batch(rows, workshop=workshop)
    with django_assert_num_queries(5):
        client.get(url_of("programme", workshop))


def test_programme_without_sessions_says_how_to_begin(client, signed_in, oversight, workshop):
    assert url_of("programme_start", workshop) in client.get(url_of("programme", workshop)).content.decode()
    page = signed_in(oversight).get(url_of("programme", workshop)).content.decode()
    assert "Those who run the workshop draw it up" in page


def test_programme_item_new_stands_at_the_end_of_its_half_day(client, workshop, three):
    typed = {"title": "D", "day": "1", "half": "am", "kind": "plenary", "minutes": "30"}
    response = client.post(url_of("programme_item_new", workshop), typed)
    assert response.status_code == 302
    assert [title for *_where, title in titles(workshop)] == ["A", "B", "D", "C"]
    assert AuditEvent.objects.filter(verb="changed programme", subject=workshop.code).exists()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "t" * 100_000}, "title"),
        ({"materials": "m" * 100_000}, "materials"),
        ({"minutes": "0"}, "minutes"),
        ({"minutes": "99999999999999999999"}, "minutes"),
        ({"minutes": "x"}, "minutes"),
        ({"day": "3"}, "day"),
        ({"day": "-1"}, "day"),
        ({"half": "night"}, "half"),
        ({"kind": "party"}, "kind"),
    ],
)
def test_programme_item_new_with_bad_input(changed, field, client, workshop):
    typed = {"title": "Kept title", "day": "1", "half": "am", "kind": "plenary", "minutes": "30"} | changed
    response = client.post(url_of("programme_item_new", workshop), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert typed["title"] in response.content.decode()
    assert not ProgrammeItem.objects.exists()


def test_programme_item_edit_to_another_half_day_goes_to_its_end(client, workshop, three):
    typed = {"title": "A", "day": "2", "half": "pm", "kind": "lecture", "minutes": "60"}
    assert client.post(url_of("programme_item_edit", workshop, three[0].code), typed).status_code == 302
    assert titles(workshop) == [(1, "am", "B"), (2, "pm", "C"), (2, "pm", "A")]


def test_programme_item_edit_of_a_removed_one_keeps_what_was_typed(client, workshop, three):
    url = url_of("programme_item_edit", workshop, three[0].code)
    ProgrammeItem.objects.filter(pk=three[0].pk).delete()
    typed = {"title": "Long thought title", "day": "1", "half": "am", "kind": "lecture", "minutes": "60"}
    response = client.post(url, typed)
    assert response.status_code == 409
    assert "Long thought title" in response.content.decode()
    assert client.get(url).status_code == 404


def test_programme_item_remove_asks_first(client, workshop, three):
    url = url_of("programme_item_remove", workshop, three[0].code)
    assert "Remove this session?" in client.get(url).content.decode()
    assert ProgrammeItem.objects.count() == 3
    client.post(url)
    assert ProgrammeItem.objects.count() == 2


def test_programme_start_from_a_template(client, workshop):
    response = client.get(url_of("programme_start", workshop))
    assert response.context["form"]["source"].value() == "localization_2"
    client.post(url_of("programme_start", workshop), {"source": "localization_3"})
    plan = ProgrammePlan.from_workshop(workshop)
    assert (plan.minutes, plan.left_over) == (TOTALS["localization_3"][0], 7)


def test_programme_start_twice_by_a_weak_link_writes_once(client, workshop):
    page = client.get(url_of("programme_start", workshop)).content.decode()
    key = page.split('name="sent_form" value="')[1].split('"')[0]
    for _ in range(2):
        client.post(url_of("programme_start", workshop), {"source": "localization_2", "sent_form": key})
    assert workshop.programme.count() == len(TEMPLATES["localization_2"].sessions)


def test_programme_start_replaces_only_when_sure(client, workshop, three):
    url, typed = url_of("programme_start", workshop), {"source": "localization_2", "mode": "replace"}
    response = client.post(url, typed)
    assert list(response.context["form"].errors) == ["sure"]
    assert workshop.programme.count() == 3
    client.post(url, typed | {"sure": "on"})
    assert workshop.programme.count() == len(TEMPLATES["localization_2"].sessions)
    client.post(url, {"source": "localization_2", "mode": "add"})
    assert workshop.programme.count() == 2 * len(TEMPLATES["localization_2"].sessions)


def test_programme_start_copies_an_earlier_event_that_the_user_sees(
    client, workshop, locality, elsewhere, facilitator
):
    earlier = WorkshopFactory(title="Seen before", locality=locality)
    hidden = WorkshopFactory(title="Hidden one", locality=elsewhere)
    for event in (earlier, hidden):
        ProgrammeItemFactory(workshop=event, title=f"From {event}", facilitator="Somebody", minutes=75)
    page = client.get(url_of("programme_start", workshop)).content.decode()
    assert "Seen before" in page
    assert "Hidden one" not in page
    url = url_of("programme_start", workshop)
    assert client.post(url, {"source": "copy", "earlier": hidden.code}).status_code == 422
    assert client.post(url, {"source": "copy", "earlier": ""}).status_code == 422
    assert client.post(url, {"source": "copy", "earlier": earlier.code}).status_code == 302
    copied = workshop.programme.get()
    assert (copied.title, copied.minutes, copied.facilitator) == ("From Seen before", 75, "")


def test_workshop_edit_to_fewer_days_loses_no_session(client, workshop, facilitator):
    start_from_template(workshop, TEMPLATES["localization_2"].sessions, replace=False, by=facilitator)
    form = {
        "kind": "localization",
        "title": "Shorter",
        "locality": workshop.locality.code,
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-02",
        "facilitators": [facilitator.code],
    }
    page = client.post(url_of("workshop_edit", workshop), form, follow=True).content.decode()
    assert "10 sessions stand after the last day now" in page
    assert workshop.programme.count() == len(TEMPLATES["localization_2"].sessions)
    assert (
        "10 sessions stand after the last day" in client.get(url_of("programme", workshop)).content.decode()
    )


@pytest.mark.parametrize("name", ["programme_start", "programme_item_new", "programme_move"])
@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_programme_is_changed_by_nobody_else(name, role, status, request, signed_in, workshop, three):
    client = signed_in(request.getfixturevalue(role))
    typed = {
        "source": "localization_2",
        "title": "X",
        "day": "1",
        "half": "am",
        "kind": "break",
        "minutes": "9",
    }
    assert client.post(url_of(name, workshop), typed | {"down": three[0].code}).status_code == status
    assert titles(workshop) == [(1, "am", "A"), (1, "am", "B"), (2, "pm", "C")]


@pytest.mark.parametrize("name", ["programme_item_edit", "programme_item_remove"])
@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_programme_item_is_changed_by_nobody_else(name, role, status, request, signed_in, workshop, three):
    client = signed_in(request.getfixturevalue(role))
    typed = {"title": "X", "day": "1", "half": "am", "kind": "break", "minutes": "9"}
    assert client.post(url_of(name, workshop, three[0].code), typed).status_code == status
    assert workshop.programme.count() == 3
    assert not workshop.programme.filter(title="X").exists()


def test_programme_says_no_date_of_a_day_after_the_last(client, workshop):
    ProgrammeItemFactory(workshop=workshop, day=3)
    page = client.get(url_of("programme", workshop)).content.decode()
    third = workshop.starts_on + datetime.timedelta(2)
    assert f"{third.day} {third:%B}" not in page
    assert "After the last day" in page
