"""Whatever is typed into an address, a search or a form: an answer in words, never an error page."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.roles import Role
from tests.factories.accounts import AssignmentFactory
from tests.factories.committees import CommitteeAccessFactory

ODD_CODES = ("%00", "a%00b", "%ED%A0%80", "%F0%9F%98%80", "%25", "'", "W-" + "9" * 3000, "..%5C", "%FF")
ODD_TEXTS = (
    "😀",
    "%_\\",
    "x" * 4_000,  # no server takes a longer address
    "a " * 2_000,
    "-",
    "\u202e",
)
ODD_NUMBERS = ("0", "-1", "99999999999999999999", "1e9", "x", "٣", "nan")
LISTS = (
    "/accounts/",
    "/localities/",
    "/workshops/",
    "/committees/",
    "/plans/",
    "/guidelines/",
    "/frameworks/",
    "/frameworks/indicators/",
)


def addresses(patterns, prefix=""):
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern) and "<str:" in route:
            yield route


ROUTES = sorted(set(addresses(get_resolver().url_patterns)))


def filled(route, code):
    parts = []
    for part in route.split("/"):
        if part.startswith("<uuid:"):
            part = "7b4a4f5e-26d9-4a43-9d5b-0f6a0b6f3c11"
        elif part.startswith("<"):
            part = code
        parts.append(part)
    return "/" + "/".join(parts)


@pytest.fixture
def everybody(administrator, country, workshop, committee):
    """Somebody with every role at once: nothing is refused before it is looked up."""
    AssignmentFactory(role=Role.NATIONAL_COORDINATOR, country=country, user=administrator)
    AssignmentFactory(role=Role.FACILITATOR, country=country, user=administrator)
    CommitteeAccessFactory(committee=committee, role=Role.COMMITTEE_SECRETARY, user=administrator)
    workshop.facilitators.add(administrator)
    return administrator


@pytest.mark.parametrize("route", ROUTES)
def test_odd_code_is_not_found(route, everybody, signed_in):
    client = signed_in(everybody)
    for code in ODD_CODES:
        address = filled(route, code)
        assert client.get(address).status_code in {404, 405}, address
        assert client.post(address).status_code in {404, 405}, address


@pytest.mark.parametrize("address", LISTS)
def test_odd_search_is_answered(address, everybody, signed_in):
    client = signed_in(everybody)
    null = client.get(address, {"q": "a\x00b"})
    assert null.status_code == 404
    names = ("q", "country", "kind", "state", "role", "active", "body", "pillar", "status", "year")
    for text in ODD_TEXTS:
        for name in names:
            assert client.get(address, {name: text}).status_code == 200, (name, text[:20])
    for number in ODD_NUMBERS:
        assert client.get(address, {"page": number}).status_code == 200, number


@pytest.mark.django_db
def test_odd_cookie_is_no_cookie(client):
    client.cookies["sessionid"] = "abcdefgh\x00"
    assert client.get("/accounts/me/").status_code == 302


@pytest.mark.parametrize(
    "odd", ["\x00", "a\x00b", "😀", "x" * 100_000, "-1", "9" * 20, "1e400", "9999-12-31"]
)
def test_odd_value_is_refused_at_the_field(odd, everybody, workshop, committee, signed_in):
    client = signed_in(everybody)
    typed = dict.fromkeys(
        """full_name category position organization sex age_band phone email how submission count kind title
        locality starts_on ends_on language expected target facilitators add_facilitator name mandate side
        role place established_on position_title display_name login password country nap period_start
        period_end
        """.split(),
        odd,
    )
    pages = (
        *("/accounts/new/", "/accounts/login/", "/accounts/password/reset/", "/guidelines/new/"),
        *(f"/workshops/{workshop.code}/{page}/" for page in ("edit", "registration", "head-counts/new")),
        *(f"/committees/{committee.code}/{page}/new/" for page in ("seats", "access", "plans")),
        *("/workshops/new/", "/committees/new/"),
    )
    for page in pages:
        answer = client.post(page, typed)
        assert answer.status_code in {302, 422} if "login" in page else answer.status_code == 422, page
