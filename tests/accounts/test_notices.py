"""accounts.notices and its pages: told once, read by oneself only, mailed as one chose."""

import datetime
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import MailChoice, Notice, NoticeChoice, NoticeKind, User
from accounts.notices import choose_mails, forget_old_notices, mail_choices_of, notify
from accounts.roles import Role
from tests.factories.accounts import AssignmentFactory, NoticeFactory, UserFactory
from tests.factories.localities import LocalityFactory

pytestmark = pytest.mark.django_db

LIST = "/notices/"
CHOICES = "/accounts/notices/"


def told(*users, key="a", **changes):
    what = {
        "kind": NoticeKind.MEETING,
        "text": "A meeting is overdue",
        "subject": "C-7K3FQ2",
        "address": "/committees/",
    }
    return notify(users, key=key, **(what | changes))


def choose(user, mail, kind=NoticeKind.MEETING):
    NoticeChoice.objects.create(user=user, kind=kind, mail=mail)


def old(notice, **days):
    """The notice as it would be had it been told or read so many days ago."""
    then = {field: timezone.now() - datetime.timedelta(days=ago) for field, ago in days.items()}
    Notice.objects.filter(pk=notice.pk).update(**then)


def test_notify_tells_each_once(member, secretary):
    assert told(member, secretary) == 2
    assert told(member, secretary) == 0
    assert told(member, key="b") == 1
    assert Notice.objects.count() == 3


def test_notify_tells_no_closed_account(member):
    member.is_active = False
    assert told(member) == 0
    assert not Notice.objects.exists()


def test_working_in_a_place_are_those_of_it_below_it_and_who_cares_for_more(
    locality, elsewhere, facilitator, member, coordinator, outsider
):
    city = LocalityFactory(code="CD-CITY", parent=locality)
    ward = LocalityFactory(code="CD-WARD", parent=city)
    other = LocalityFactory(code="CD-OTHER", parent=locality)
    cares = {
        place: AssignmentFactory(role=Role.FACILITATOR, locality=place, user=UserFactory()).user
        for place in (locality, city, ward, other, elsewhere)
    }
    told = set(User.objects.working_in(city.country_id, path=city.path))
    assert told == {facilitator, coordinator, cares[locality], cares[city], cares[ward]}


def test_notify_cuts_a_long_text(member):
    told(member, text="word " * 1000)
    assert Notice.objects.get().text.endswith("…")


def test_notice_list_shows_ones_own_newest_first(signed_in, member, secretary):
    first, second = (
        NoticeFactory(user=member, text="The first"),
        NoticeFactory(user=member, text="The second"),
    )
    NoticeFactory(user=secretary, text="Of somebody else")
    old(first, created_at=2)
    page = signed_in(member).get(LIST).text
    assert page.index(second.text) < page.index(first.text)
    assert "Of somebody else" not in page
    assert "2 notices, the newest first" in page


def test_notice_list_marks_what_is_new_by_a_word(signed_in, member):
    NoticeFactory(user=member, text="Known", read_at=timezone.now())
    NoticeFactory(user=member, text="Unknown")
    rows = re.findall(r"<tr.*?</tr>", signed_in(member).get(LIST).text, re.S)[1:]
    states = {"Unknown" in row: re.search(r'class="state[^"]*">(\w+)<', row)[1] for row in rows}
    assert states == {True: "New", False: "Read"}
    assert ["notice-new" in row for row in rows] == ["Unknown" in row for row in rows]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=plan", {"plan, new"}),
        ("read=no", {"plan, new", "meeting, new"}),
        ("read=yes", {"meeting, read"}),
        ("kind=plan&read=yes", set()),
        ("kind=nonsense", {"plan, new", "meeting, new", "meeting, read"}),
        ("page=99", {"plan, new", "meeting, new", "meeting, read"}),
    ],
)
def test_notice_list_is_filtered(query, shown, signed_in, member):
    NoticeFactory(user=member, text="plan, new", kind=NoticeKind.PLAN)
    NoticeFactory(user=member, text="meeting, new")
    NoticeFactory(user=member, text="meeting, read", read_at=timezone.now())
    page = signed_in(member).get(f"{LIST}?{query}").text
    assert {text for text in ("plan, new", "meeting, new", "meeting, read") if text in page} == shown
    assert ("No notice fits" in page) == (not shown)


def test_notice_list_says_what_will_stand_there(signed_in, member):
    page = signed_in(member).get(LIST).text
    assert "Nothing to tell you yet" in page
    assert "Mark all as read" not in page


def test_notice_list_is_cut_into_pages(signed_in, member):
    for _number in range(26):
        NoticeFactory(user=member)
    client = signed_in(member)
    assert client.get(LIST).text.count("notice-new") == 25
    assert client.get(f"{LIST}?page=2").text.count("notice-new") == 1


@pytest.mark.parametrize("rows", [1, 5])
def test_notice_list_queries(rows, signed_in, member, django_assert_num_queries):
    for _number in range(rows):
        NoticeFactory(user=member)
    client = signed_in(member)
    with django_assert_num_queries(5):
        client.get(LIST)


def test_notice_open_marks_it_read_and_leads_on(signed_in, member):
    notice = NoticeFactory(user=member, address="/committees/?q=a#b")
    client = signed_in(member)
    answer = client.get(notice.get_absolute_url())
    assert (answer.status_code, answer.url) == (302, "/committees/?q=a#b")
    notice.refresh_from_db()
    first = notice.read_at
    assert first
    client.get(notice.get_absolute_url())
    notice.refresh_from_db()
    assert notice.read_at == first


@pytest.mark.parametrize(
    "address",
    ["https://evil.example/", "//evil.example/", "/\\evil.example/", "javascript:alert(1)", "evil", ""],
)
def test_notice_open_leads_nowhere_else(address, signed_in, member):
    notice = NoticeFactory(user=member, address=address)
    assert signed_in(member).get(notice.get_absolute_url()).url == LIST


def test_notice_open_is_of_ones_own_only(signed_in, member, secretary, administrator):
    notice = NoticeFactory(user=member)
    for somebody in (secretary, administrator):
        assert signed_in(somebody).get(notice.get_absolute_url()).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_notice_read_all_of_ones_own(signed_in, member, secretary):
    for _number in range(3):
        NoticeFactory(user=member)
    other = NoticeFactory(user=secretary)
    client = signed_in(member)
    page = client.post("/notices/read/", follow=True).text
    assert "3 notices are marked as read." in page
    assert "notice-new" not in page
    assert list(Notice.objects.filter(read_at=None)) == [other]
    assert client.get("/notices/read/").status_code == 405


def test_the_bell_counts_what_is_new(signed_in, member, secretary):
    NoticeFactory(user=secretary)
    client = signed_in(member)
    page = client.get(reverse("framework_list")).text
    assert 'aria-label="Notices, 0 new"' in page
    assert "bell-number" not in page
    notices = [NoticeFactory(user=member) for _number in range(2)]
    page = client.get(reverse("framework_list")).text
    assert 'aria-label="Notices, 2 new"' in page
    assert 'class="bell-number" aria-hidden="true">2<' in page
    client.get(notices[0].get_absolute_url())
    assert 'aria-label="Notices, 1 new"' in client.get(reverse("framework_list")).text


def test_the_bell_costs_no_query(signed_in, member):
    NoticeFactory(user=member)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        signed_in(member).get(reverse("my_account"))
    reading = [query["sql"] for query in asked if "accounts_notice" in query["sql"]]
    assert len(reading) == 1
    assert "display_name" in reading[0], "counted as the account is fetched"


def test_the_bell_is_not_there_before_sign_in(client):
    assert 'class="bell"' not in client.get(reverse("home")).text


def test_portal_backend_knows_no_closed_account(signed_in, member):
    client = signed_in(member)
    assert client.get(LIST).status_code == 200
    member.is_active = False
    member.save()
    assert client.get(LIST).status_code == 302


def test_notice_choices_starts_with_once_a_day(signed_in, member):
    page = signed_in(member).get(CHOICES).text
    assert page.count('<option value="daily" selected>') == len(NoticeKind)
    assert member.email in page


def test_notice_choices_saves_all_at_once(signed_in, member, secretary):
    choose(member, MailChoice.NONE)
    choose(secretary, MailChoice.AT_ONCE)
    wanted = dict.fromkeys(NoticeKind.values, "weekly") | {"meeting": "at_once", "nap": "none"}
    client = signed_in(member)
    page = client.post(CHOICES, wanted, follow=True).text
    assert "Your choice is saved." in page
    assert mail_choices_of(member) == wanted
    assert mail_choices_of(secretary) == {"meeting": "at_once"}
    assert page.count('<option value="weekly" selected>') == len(NoticeKind) - 2


def test_notice_choices_refuses_what_is_not_offered_and_keeps_the_rest(signed_in, member):
    wanted = dict.fromkeys(NoticeKind.values, "none") | {"meeting": "hourly"}
    answer = signed_in(member).post(CHOICES, wanted)
    assert answer.status_code == 422
    assert "Choose one of the four." in answer.text
    assert answer.text.count('<option value="none" selected>') == len(NoticeKind) - 1
    assert not NoticeChoice.objects.exists()


def test_notice_choices_leaves_what_is_not_sent(signed_in, member):
    choose(member, MailChoice.WEEKLY)
    assert signed_in(member).post(CHOICES, {"nap": "none"}).status_code == 302
    assert mail_choices_of(member) == {"meeting": "weekly", "nap": "none"}


@pytest.mark.parametrize("number", [1, 2])
def test_notice_choices_queries(number, signed_in, member, django_assert_num_queries):
    choose_mails(member, choices=dict.fromkeys(NoticeKind.values[: number * 3], "weekly"))
    client = signed_in(member)
    with django_assert_num_queries(4):
        client.get(CHOICES)


def test_my_account_leads_to_the_notices(signed_in, member):
    page = signed_in(member).get(reverse("my_account")).text
    assert f'href="{LIST}"' in page
    assert f'href="{CHOICES}"' in page


def test_forget_old_notices():
    user = UserFactory()
    fates = {
        "read 13 months ago": ({"read_at": 396, "created_at": 400}, False),
        "read 11 months ago": ({"read_at": 335, "created_at": 400}, True),
        "told 25 months ago": ({"created_at": 760}, False),
        "told 23 months ago": ({"created_at": 700}, True),
    }
    for text, (days, _stays) in fates.items():
        old(NoticeFactory(user=user, text=text), **days)
    assert forget_old_notices(timezone.now()) == 2
    left = set(Notice.objects.values_list("text", flat=True))
    assert left == {text for text, (_days, stays) in fates.items() if stays}
