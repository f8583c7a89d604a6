import pytest
from django.template.loader import render_to_string

from people.models import AgeBand, Sex
from tests.factories.localities import LocalityFactory
from tests.factories.workshops import (
    AttendanceFactory,
    InvitationFactory,
    ParticipationFactory,
    TallyFactory,
)
from workshops.models import Workshop
from workshops.reports.stages import Stages


def fill(workshop, *, authorities, others, came=None, **facts):
    """Register people by name; the first `came` of each group are there on the first morning."""
    for category, number in (("mayor", authorities), ("teacher", others)):
        for index in range(number):
            row = ParticipationFactory(workshop=workshop, category=category, **facts)
            if came is None or index < came:
                AttendanceFactory(participation=row)


def seen(workshop, *, sees_all):
    """As a page does it: the workshop with its country."""
    fresh = Workshop.objects.for_list().get(pk=workshop.pk)
    return Stages.from_workshop(fresh, sees_all=sees_all)


def shown(stages):
    return render_to_string("workshops/_stages.html", {"stages": stages})


def table(stages, title):
    found = next(table for table in stages.tables if table.title == title)
    return {line.label: line.numbers for line in found.lines}


def test_stages_against_the_target(workshop):
    """24 of 40 are 60 %: reached. 18 of 40 are 45 %: a warning."""
    for _number in range(24):
        InvitationFactory(workshop=workshop, category="mayor")
    for _number in range(16):
        InvitationFactory(workshop=workshop, category="teacher")
    fill(workshop, authorities=18, others=22)
    stages = seen(workshop, sees_all=True)
    assert [(stage.turnout.share, stage.is_below) for stage in stages.all] == [
        (60, False),
        (45, True),
        (45, True),
    ]
    page = shown(stages)
    assert "60% reached" in page
    assert page.count("Below 60%") == 2
    assert "18 of 40 are local authorities; 15 more would bring it to 60%." in page


def test_stages_count_heads_as_registered_and_attended(workshop):
    fill(workshop, authorities=2, others=1, came=1)
    TallyFactory(workshop=workshop, category="teacher", count=4)
    stages = seen(workshop, sees_all=True)
    assert [stage.composition.total for stage in stages.all] == [0, 7, 6]
    assert stages.unnamed == 4
    assert "4 people counted without a name are registered and attended at once." in shown(stages)


def test_stages_say_when_attendance_is_not_marked(workshop):
    ParticipationFactory(workshop=workshop)
    TallyFactory(workshop=workshop, count=6)
    stages = seen(workshop, sees_all=True)
    assert not stages.attended.is_known
    assert [column.name for column in stages.columns] == ["registered"]
    assert "Attendance is not marked yet." in shown(stages)


def test_stages_tell_people_from_attendances(workshop):
    row = ParticipationFactory(workshop=workshop)
    for half in ("am", "pm"):
        AttendanceFactory(participation=row, half=half)
    AttendanceFactory(participation=row, day=workshop.ends_on)
    stages = seen(workshop, sees_all=True)
    assert stages.attended.composition.total == 1
    assert stages.half_days == 3
    assert "1 person by name, 3 half-days present in all." in shown(stages)


def test_stages_break_down_and_keep_what_is_not_stated(workshop):
    place = LocalityFactory(name="Muya", parent=workshop.locality)
    ParticipationFactory(workshop=workshop, sex=Sex.UNSTATED, locality=place)
    row = ParticipationFactory(workshop=workshop, category="teacher", sex=Sex.WOMAN, age_band=AgeBand.YOUTH)
    AttendanceFactory(participation=row)
    InvitationFactory(workshop=workshop, category="elder")
    stages = seen(workshop, sees_all=True)
    assert [column.name for column in stages.columns] == ["invited", "registered", "attended"]
    assert table(stages, "Others") == {"Elder": [1, 0, 0], "Teacher or educator": [0, 1, 1]}
    assert table(stages, "Sex") == {"Woman": [0, 1, 1], "Not stated": [1, 1, 0]}
    assert table(stages, "Age") == {"18 to 29": [0, 1, 1], "Not stated": [1, 1, 0]}
    assert table(stages, "Comes from") == {"Muya": [0, 1, 0], "Not stated": [1, 1, 1]}


@pytest.mark.parametrize("size", [1, 5])
def test_stages_ask_four_questions(size, workshop, django_assert_num_queries):
    fill(workshop, authorities=size, others=size, locality=workshop.locality)
    TallyFactory(workshop=workshop, count=6)
    InvitationFactory.create_batch(size, workshop=workshop)
    fresh = Workshop.objects.for_list().get(pk=workshop.pk)
    with django_assert_num_queries(4):
        shown(Stages.from_workshop(fresh, sees_all=True))


# What a reader who does not run the workshop may see (BR17; the country's threshold is 5).


def test_stages_for_readers_break_down_the_registered_alone(workshop):
    fill(workshop, authorities=12, others=12, came=6)
    InvitationFactory.create_batch(30, workshop=workshop)
    stages = seen(workshop, sees_all=False)
    assert [column.name for column in stages.columns] == ["registered"]
    assert [stage.shows_total for stage in stages.all] == [True, True, True]
    assert [stage.shows_share for stage in stages.all] == [True, True, True]
    assert stages.half_days is None
    assert stages.unnamed == 0


def test_stages_for_readers_hide_that_two_were_absent(workshop):
    fill(workshop, authorities=12, others=12, came=11)
    stages = seen(workshop, sees_all=False)
    assert stages.registered.shows_share
    assert not stages.attended.shows_total
    assert not stages.attended.shows_share
    page = shown(stages)
    assert "22" not in page
    assert "24" in page
    assert "Not shown: a small number could be worked out from it." in page


def test_stages_for_readers_hide_the_share_that_tells_which_group_was_absent(workshop):
    """24 registered, 18 attended: six absent. But 2 mayors of 12 would be told by the share."""
    fill(workshop, authorities=12, others=0, came=10)
    fill(workshop, authorities=0, others=12, came=8)
    stages = seen(workshop, sees_all=False)
    assert stages.attended.shows_total
    assert not stages.attended.shows_share
    assert "18 people. The share of local authorities is not shown." in shown(stages)


def test_stages_for_readers_hide_a_small_group_at_every_stage(workshop):
    """Three mayors among 20: nobody may know, neither from the registered nor from the attended."""
    fill(workshop, authorities=3, others=17)
    InvitationFactory.create_batch(3, workshop=workshop, category="mayor")
    InvitationFactory.create_batch(17, workshop=workshop, category="teacher")
    stages = seen(workshop, sees_all=False)
    assert [stage.shows_share for stage in stages.all] == [False, False, False]
    assert {line.label for lines in stages.tables for line in lines.lines}.isdisjoint({"Mayor"})
    page = shown(stages)
    assert "17" not in page
    assert "%</span>" not in page


def test_stages_for_readers_of_fewer_than_five(workshop):
    fill(workshop, authorities=2, others=1)
    InvitationFactory.create_batch(4, workshop=workshop)
    stages = seen(workshop, sees_all=False)
    assert [stage.shows_total for stage in stages.all] == [False, False, False]
    assert stages.tables == []
    assert "figure" not in shown(stages)


def test_stages_for_readers_no_two_shown_totals_lie_close(workshop):
    fill(workshop, authorities=10, others=10, came=7)
    InvitationFactory.create_batch(16, workshop=workshop)
    stages = seen(workshop, sees_all=False)
    totals = [stage.composition.total for stage in stages.all if stage.shows_total]
    assert totals == [20, 14]
