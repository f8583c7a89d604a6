import datetime
from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent
from tests.factories.people import PersonFactory
from tests.factories.workshops import AttendanceFactory, ParticipationFactory, WorkshopFactory
from workshops.forms.attendance import Ticks
from workshops.models import Attendance, ProgrammeItem
from workshops.states import WorkshopState

MORNING, AFTERNOON = "2026-03-02-am", "2026-03-02-pm"


@pytest.fixture
def url(workshop):
    return reverse("attendance", args=[workshop.code])


@pytest.fixture
def client(signed_in, facilitator):
    return signed_in(facilitator)


@pytest.fixture
def people(workshop):
    names = ["Aline Banza", "Béatrice Kabedi", "Chantal Mbuyi"]
    return [
        ParticipationFactory(
            workshop=workshop, person=PersonFactory(country=workshop.locality.country, full_name=name)
        )
        for name in names
    ]


def code(participation):
    return participation.person.code


def page_form(response, **changed):
    """What a browser sends of the page's form, with other ticks."""
    context = response.context
    form = {"shown": context["shown"], "was": context["was"], "tick_mode": context["mode"]}
    if context["line"].is_marked:
        form["was_marked"] = "1"
    return form | changed


def present(half=MORNING):
    day, _, part = half.rpartition("-")
    rows = Attendance.objects.filter(day=day, half=part).select_related("participation__person")
    return {code(row.participation) for row in rows}


def test_attendance_all_present_except(client, url, people, facilitator):
    opened = client.get(url, {"half": MORNING})
    page = opened.content.decode()
    assert "all 3 people registered are marked present, except those you tick" in page
    assert [each.person.full_name for each, _ticked in opened.context["rows"]] == [
        "Aline Banza",
        "Béatrice Kabedi",
        "Chantal Mbuyi",
    ]
    answer = client.post(f"{url}?half={MORNING}", page_form(opened, tick=[code(people[1])]), follow=True)
    assert "2 March, morning: 2 marked present." in answer.content.decode()
    assert present() == {code(people[0]), code(people[2])}
    assert present(AFTERNOON) == set()
    event = AuditEvent.objects.get(verb="marked attendance")
    assert event.detail == {"half_day": MORNING, "present": 2, "absent": 0}
    assert set(Attendance.objects.values_list("recorded_by", flat=True)) == {facilitator.pk}


def test_attendance_marks_can_be_changed(client, url, people):
    for row in people[:2]:
        AttendanceFactory(participation=row)
    opened = client.get(url, {"half": MORNING})
    assert [ticked for _each, ticked in opened.context["rows"]] == [False, False, True]
    client.post(f"{url}?half={MORNING}", page_form(opened, tick=[code(people[0])]))
    assert present() == {code(people[1]), code(people[2])}


def test_attendance_ticking_the_present(client, url, people):
    opened = client.get(url, {"half": MORNING, "tick": "present"})
    answer = client.post(f"{url}?half={MORNING}&tick=present", page_form(opened, tick=[code(people[2])]))
    assert present() == {code(people[2])}
    assert answer.url == f"{url}?half={MORNING}&tick=present"


def test_attendance_two_facilitators_mark_different_people(client, url, people):
    """Each saves a page opened before the other saved: nobody's mark is lost."""
    AttendanceFactory(participation=people[0])
    first = second = client.get(url, {"half": MORNING, "tick": "present"})
    client.post(
        f"{url}?half={MORNING}&tick=present",
        page_form(first, tick=[code(people[0]), code(people[1])]),
    )
    client.post(
        f"{url}?half={MORNING}&tick=present",
        page_form(second, tick=[code(people[0]), code(people[2])]),
    )
    assert present() == {code(each) for each in people}


def test_attendance_all_present_twice_keeps_what_the_other_ticked(client, url, people):
    first = second = client.get(url, {"half": MORNING})
    client.post(f"{url}?half={MORNING}", page_form(first, tick=[code(people[0])]))
    client.post(f"{url}?half={MORNING}", page_form(second, tick=[code(people[1])]))
    assert present() == {code(people[2])}


def test_attendance_of_one_page_touches_nobody_of_another(client, url, people):
    for row in people:
        AttendanceFactory(participation=row)
    form = {"shown": code(people[0]), "was": code(people[0]), "tick_mode": "absent", "was_marked": "1"}
    client.post(f"{url}?half={MORNING}", form | {"tick": [code(people[0]), code(people[1])]})
    assert present() == {code(people[1]), code(people[2])}


def test_attendance_bulk_everybody_and_copy(client, url, people):
    client.post(f"{url}?half={MORNING}", {"everybody": "1"})
    assert present() == {code(each) for each in people}
    Attendance.objects.filter(participation=people[0]).delete()
    assert "The same people as on 2 March, morning" in client.get(url, {"half": AFTERNOON}).content.decode()
    client.post(f"{url}?half={AFTERNOON}", {"copy": "1"})
    assert present(AFTERNOON) == {code(people[1]), code(people[2])}
    answer = client.post(f"{url}?half={AFTERNOON}", {"everybody": "1"}, follow=True)
    assert "Somebody else has marked this half-day in the meantime." in answer.content.decode()
    assert present(AFTERNOON) == {code(people[1]), code(people[2])}


def test_attendance_clear_asks_first(client, url, people):
    AttendanceFactory(participation=people[0])
    asked = client.post(f"{url}?half={MORNING}", {"clear": "1"})
    assert "Undo the attendance of 2 March, morning?" in asked.content.decode()
    assert Attendance.objects.count() == 1
    client.post(f"{url}?half={MORNING}", {"clear": "1", "sure": "1"})
    assert not Attendance.objects.exists()


def test_attendance_of_a_half_day_to_come(client, facilitator, locality):
    today = timezone.localdate()
    coming = WorkshopFactory(
        locality=locality,
        facilitators=[facilitator],
        starts_on=today + datetime.timedelta(days=3),
        ends_on=today + datetime.timedelta(days=3),
    )
    row = ParticipationFactory(workshop=coming)
    url = reverse("attendance", args=[coming.code])
    assert "This half-day is still to come" in client.get(url).content.decode()
    form = {"shown": code(row), "tick_mode": "present", "tick": code(row)}
    answer = client.post(f"{url}?half={coming.starts_on}-am&tick=present", form, follow=True)
    assert "This half-day is still to come" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_attendance_of_a_closed_workshop_is_read(client, url, people, workshop):
    AttendanceFactory(participation=people[0])
    workshop.state = WorkshopState.CLOSED
    workshop.save()
    assert "cannot be changed any more" in client.get(url).content.decode()
    answer = client.post(f"{url}?half={MORNING}", {"clear": "1", "sure": "1"}, follow=True)
    assert "This workshop is closed" in answer.content.decode()
    assert Attendance.objects.count() == 1


def test_attendance_follows_the_programme(client, url, people, workshop):
    ProgrammeItem.objects.create(workshop=workshop, day=1, half="am", title="Opening")
    AttendanceFactory(participation=people[0], day=workshop.ends_on, half="pm")
    keys = [line.half.key for line in client.get(url).context["register"].lines]
    assert keys == [MORNING, "2026-03-03-am", "2026-03-03-pm"]


@pytest.mark.parametrize("half", ["garbage", "2026-03-02", "2026-13-45-am", "2026-03-02-xx", "../../", "é"])
def test_attendance_with_an_odd_half_day(client, url, people, half):
    assert client.get(url, {"half": half}).status_code == 200
    answer = client.post(f"{url}?half={half}", {"everybody": "1"}, follow=True)
    assert "This half-day is not in the programme any more" in answer.content.decode()
    assert not Attendance.objects.exists()


def test_attendance_with_odd_ticks(client, url, people, workshop):
    """Codes of other people, of nobody, and long ones change nothing."""
    elsewhere = ParticipationFactory()
    form = {
        "shown": f"{code(elsewhere)},,{'X' * 5000},P-2222222",
        "was": "",
        "tick_mode": "present",
        "tick": [code(elsewhere), "X" * 5000, "P-2222222"],
    }
    assert client.post(f"{url}?half={MORNING}&tick=present", form).status_code == 302
    assert not Attendance.objects.exists()


def test_attendance_finds_by_name_without_an_address(client, url, people):
    for row in people:
        row.workshop.refresh_from_db()
    found = client.post(f"{url}?half={MORNING}", {"find": "beat kab"})
    assert [each.person.full_name for each, _ticked in found.context["rows"]] == ["Béatrice Kabedi"]
    assert "Nobody of that name" in client.post(f"{url}?half={MORNING}", {"find": "zzz"}).content.decode()


def test_attendance_goes_with_a_removed_registration(client, url, people):
    AttendanceFactory(participation=people[0])
    client.post(reverse("participation_remove", args=[people[0].workshop.code, code(people[0])]))
    assert not Attendance.objects.exists()


def test_attendance_of_nobody(client, url):
    page = client.get(url).content.decode()
    assert "Nobody is registered by name yet" in page


@pytest.mark.parametrize("size", [1, 5, 101])
def test_attendance_number_of_queries(client, url, workshop, size, django_assert_num_queries):
    ParticipationFactory.create_batch(size, workshop=workshop)
    client.get(url)
    with django_assert_num_queries(QUERIES):
        page = client.get(url, {"half": MORNING})
    assert len(page.context["rows"]) == min(size, 100)


QUERIES = 9


def test_attendance_of_a_hundred_is_one_bulk_write(client, url, workshop, django_assert_max_num_queries):
    ParticipationFactory.create_batch(100, workshop=workshop)
    with django_assert_max_num_queries(20):
        client.post(f"{url}?half={MORNING}", {"everybody": "1"})
    assert Attendance.objects.count() == 100


@pytest.mark.parametrize(("role", "status"), [("coordinator", 403), ("oversight", 403), ("outsider", 404)])
def test_attendance_closed_to_others(role, status, request, signed_in, url, people):
    other = signed_in(request.getfixturevalue(role))
    assert other.get(url).status_code == status
    assert other.post(f"{url}?half={MORNING}", {"everybody": "1"}).status_code == status
    assert not Attendance.objects.exists()


CODES = st.frozensets(st.sampled_from("ABCDEFGH"))


def ticks(**data):
    sent = QueryDict(mutable=True)
    for name, value in data.items():
        sent.setlist(name, value if isinstance(value, list) else [value])
    return Ticks.from_post(sent)


@given(CODES, CODES, CODES, CODES, st.sampled_from(["absent", "present"]))
def test_ticks_change_only_what_was_changed(shown, was, ticked, now, mode):
    """Whatever is in the database by now, applying the ticks leaves all others as they are."""
    sent = ticks(shown=",".join(shown), was=",".join(was), tick=list(ticked), tick_mode=mode, was_marked="1")
    after = (now | sent.came) - sent.left
    changed = after ^ now
    assert changed <= shown
    assert not sent.came & sent.left
    untouched = shown - sent.came - sent.left
    assert untouched & after == untouched & now
    if now == was & shown:
        assert after & shown == sent.wanted


def test_ticks_without_anything():
    empty = ticks()
    assert SimpleNamespace(came=empty.came, left=empty.left) == SimpleNamespace(
        came=frozenset(), left=frozenset()
    )
