"""At high risk, whoever does not run the workshop learns the month and nothing closer (domain.md §2.7)."""

import datetime

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from guidelines.blocks.localities import Coverage
from localities.models import Country
from tests.factories.workshops import ProgrammeItemFactory, WorkshopFactory
from workshops.models import Workshop
from workshops.safety import days_are_hidden
from workshops.states import RiskLevel

TODAY = datetime.date(2026, 6, 20)


@pytest.mark.parametrize("level", RiskLevel.values)
@pytest.mark.parametrize(
    ("ended", "hidden"),
    [(TODAY, True), (TODAY - datetime.timedelta(14), True), (TODAY - datetime.timedelta(15), False)],
)
def test_days_are_hidden_until_two_weeks_after(level, ended, hidden):
    assert days_are_hidden(level, ended, today=TODAY) == (hidden and level == RiskLevel.HIGH)


@pytest.fixture
def risky(locality, facilitator):
    """Starts on the 17th of next month, for three days, at high risk."""
    first = (timezone.localdate().replace(day=1) + datetime.timedelta(32)).replace(day=17)
    workshop = WorkshopFactory(
        title="Risky one",
        locality=locality,
        facilitators=[facilitator],
        starts_on=first,
        ends_on=first + datetime.timedelta(2),
        risk_level="high",
        venue="Parish hall of Saint Joseph",
        safety_plan="Two people stand at the door.",
        state="confirmed",
    )
    ProgrammeItemFactory(workshop=workshop, title="Opening")
    return workshop


def closer_than_the_month(workshop):
    """The ways in which a page could write the first or the last day."""
    days = (workshop.starts_on, workshop.ends_on)
    found = {f"{day:%Y-%m-%d}" for day in days}
    for day in days:
        found |= {
            f"{day.day} {day:%B}",
            f"{day.day} {day:%b}",
            f"{day:%B} {day.day},",
            f"{day:%A}, {day.day}",
        }
    return {*found, f"17–{workshop.ends_on.day}", "Parish hall", "stand at the door"}


PAGES = ["/workshops/", "{workshop}", "{workshop}programme/", "/localities/CD-KE/", "/", "/localities/CD/"]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("role", ["coordinator", "oversight", "administrator"])
def test_exact_days_and_venue_are_hidden_from_readers(role, path, request, signed_in, risky):
    client = signed_in(request.getfixturevalue(role))
    response = client.get(path.format(workshop=risky.get_absolute_url()))
    assert response.status_code == 200
    content = response.content.decode()
    assert [secret for secret in closer_than_the_month(risky) if secret in content] == []
    if path in ("/workshops/", "{workshop}", "/localities/CD-KE/"):
        assert f"{risky.starts_on:%B %Y}" in content


def test_exact_days_and_venue_are_shown_to_who_runs_it(signed_in, facilitator, risky):
    client = signed_in(facilitator)
    page = client.get(risky.get_absolute_url()).content.decode()
    assert "Parish hall of Saint Joseph" in page
    assert "stand at the door" in page
    assert f"17–19 {risky.starts_on:%B %Y}" in page
    assert f"17 {risky.starts_on:%B}" in client.get("/localities/CD-KE/").content.decode()


def test_exact_days_are_hidden_from_whoever_lost_the_role(signed_in, facilitator, risky, oversight):
    """Still named as facilitator, but the role is gone: a reader like others."""
    risky.facilitators.add(oversight)
    page = signed_in(oversight).get(risky.get_absolute_url()).content.decode()
    assert "Parish hall" not in page
    assert f"17–19 {risky.starts_on:%B}" not in page


def test_order_of_the_list_does_not_tell_the_days(oversight, facilitator, risky, locality):
    """Two open ones, a day before and a day after it: for a reader it stands with the first of the month."""
    day = datetime.timedelta(1)
    for title, first in (("Before", risky.starts_on - day), ("After", risky.starts_on + day)):
        WorkshopFactory(title=title, locality=locality, starts_on=first, ends_on=first)

    def titles(user):
        listed = Workshop.objects.for_reader(User.objects.get(pk=user.pk)).listed_on(timezone.localdate())
        return [each.title for each in listed.order_by("listed_on")]

    assert titles(oversight) == ["Risky one", "Before", "After"]
    assert titles(facilitator) == ["Before", "Risky one", "After"]


@pytest.mark.parametrize("field", ["since", "until"])
def test_filter_by_month_does_not_tell_the_days(field, signed_in, oversight, risky):
    """Days are not asked for, so nobody finds them out by trying."""
    client = signed_in(oversight)
    for value in (f"{risky.starts_on:%Y-%m}", f"{risky.starts_on:%Y-%m}-17", f"{risky.starts_on:%Y-%m}-18"):
        assert "Risky one" in client.get("/workshops/", {field: value}).content.decode()


def test_committee_form_does_not_tell_the_last_day(signed_in, coordinator, facilitator, locality):
    today = timezone.localdate()
    workshop = WorkshopFactory(
        locality=locality,
        facilitators=[facilitator],
        starts_on=today - datetime.timedelta(4),
        ends_on=today - datetime.timedelta(3),
        risk_level="high",
        state="held",
    )
    url = reverse("committee_new") + f"?workshop={workshop.code}"
    assert f"{workshop.ends_on:%Y-%m-%d}" not in signed_in(coordinator).get(url).content.decode()
    assert f"{workshop.ends_on:%Y-%m-%d}" in signed_in(facilitator).get(url).content.decode()


def test_guidelines_do_not_print_it_yet(risky, country):
    Workshop.objects.update(state="held")
    held, today = Country.objects.get(pk=country.pk), timezone.localdate()
    assert Coverage.from_country(held, level=1, today=today).reached == 0
    long_ago = today - datetime.timedelta(20)
    Workshop.objects.update(starts_on=long_ago, ends_on=long_ago)
    assert Coverage.from_country(held, level=1, today=today).reached == 1


def test_venue_and_safety_plan_are_encrypted(risky):
    with connection.cursor() as cursor:
        cursor.execute("SELECT venue, safety_plan FROM workshops_workshop")
        venue, plan = cursor.fetchone()
    assert "Parish" not in venue
    assert "door" not in plan


def test_workshop_edit_keeps_the_venue_from_who_does_not_run_it(signed_in, coordinator, risky):
    """She may change who runs it; where it takes place she neither reads nor overwrites."""
    client = signed_in(coordinator)
    url = reverse("workshop_edit", args=[risky.code])
    assert "Parish hall" not in client.get(url).content.decode()
    form = {
        "kind": "localization",
        "title": "Changed",
        "locality": risky.locality.code,
        "starts_on": "2026-03-02",
        "ends_on": "2026-03-03",
        "risk_level": "medium",
        "venue": "Overwritten",
        "facilitators": [user.code for user in risky.facilitators.all()],
    }
    assert client.post(url, form).status_code == 302
    risky.refresh_from_db()
    assert (risky.title, risky.venue, risky.risk_level) == (
        "Changed",
        "Parish hall of Saint Joseph",
        "medium",
    )


def test_locality_detail_puts_a_risky_workshop_where_its_month_stands(
    risky, signed_in, facilitator, oversight
):
    """Between two whose days are known, its place in the list would tell its own."""
    for day, title in ((2, "Early in the month"), (24, "Late in the month")):
        date = risky.starts_on.replace(day=day)
        WorkshopFactory(title=title, locality=risky.locality, starts_on=date, ends_on=date)
    url = reverse("locality_detail", args=[risky.locality.code])

    def order(user):
        page = signed_in(user).get(url).text
        return sorted(("Risky one", "Early in the month", "Late in the month"), key=page.index)

    assert order(oversight) == ["Late in the month", "Early in the month", "Risky one"]
    assert order(facilitator) == ["Late in the month", "Risky one", "Early in the month"]
