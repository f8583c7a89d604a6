"""Good practices, resolutions, and who contributed."""

import datetime

from frameworks.models import Framework, FrameworkKind
from guidelines.blocks.values import TextValue
from guidelines.document import signatories_of
from guidelines.models import Block
from guidelines.signatories import ensure
from tests.factories.committees import CommitteeFactory, SeatFactory
from tests.factories.guidelines import FieldTestFactory, SignatoryFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import OrganizationFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory
from tests.guidelines.blocks.scene import TODAY, get, held, rows_of, secret, story, tables, words_of


def test_contributors_and_paper_name_no_institution_that_is_to_be_named(guidelines, country):
    ensure(country)
    assert "to be named" not in str(get(Block.CONTRIBUTORS, guidelines))
    assert "to be named" not in str(signatories_of(country))


def test_good_practices_tell_published_stories_newest_first(guidelines, locality, elsewhere):
    story(locality, title="Old one", period_start=datetime.date(2020, 1, 1))
    story(locality, title="New one", before="All men", lesson="Ask the elders first")
    story(locality, title="Not yet told", state="draft")
    story(locality, title="Taken back", state="withdrawn")
    story(elsewhere, title="Of another country")
    block = get(Block.PRACTICES, guidelines)
    texts = [part for part in block.parts if isinstance(part, TextValue)]
    assert [part.title for part in texts if part.title] == ["New one", "Old one"]
    assert "Ask the elders first" in words_of(block)
    assert "Written down in a record or report" in words_of(block)
    assert "women's group" not in words_of(block)  # who agreed is for the file, not for print


def test_good_practices_are_silent_on_a_place_with_a_secret_workshop(guidelines, locality):
    town = LocalityFactory(parent=locality, code="CD-TOWN", name="Town")
    secret(locality)
    story(town, title="Too early")
    story(town, title="Looked at", safety_reason="The story is in the newspaper already")
    block = get(Block.PRACTICES, guidelines)
    assert "Too early" not in words_of(block)
    assert "Looked at" in words_of(block)
    assert "Too early" in words_of(get(Block.PRACTICES, guidelines, TODAY + datetime.timedelta(15)))


def test_resolutions_stand_in_the_order_of_their_adoption(guidelines):
    for number, year in (("1820", 2008), ("1325", 2000)):
        Framework.objects.create(
            code=f"R{number}",
            number=number,
            kind=FrameworkKind.WPS_RESOLUTION,
            title=number,
            adopted_on=datetime.date(year, 1, 1),
        )
    assert [row[0] for row in rows_of(get(Block.RESOLUTIONS, guidelines))] == ["1325", "1820"]


def test_contributors_are_institutions_by_kind(guidelines, country, locality, elsewhere):
    committee = CommitteeFactory(locality=locality, name="Committee of the province")
    SeatFactory(
        committee=committee,
        position=None,
        organization=OrganizationFactory(country=country, name="Women of Peace", kind="womens_rights"),
    )
    police = OrganizationFactory(country=country, name="Provincial police", kind="police")
    SeatFactory(committee=committee, position=PositionFactory(organization=police, locality=locality))
    FieldTestFactory(guidelines=guidelines, locality=locality)
    SignatoryFactory(country=country, institution="Ministry of Gender")
    SignatoryFactory(country=elsewhere.country, institution="Another ministry")
    groups = {g.title: g.rows for g in tables(get(Block.CONTRIBUTORS, guidelines))[0].groups}
    assert groups["Ministries that sign"] == (("Ministry of Gender", str(country)),)
    assert groups["Police"] == (("Provincial police", "Kasaï-Oriental"),)
    assert groups["Women's rights organisation"] == (("Women of Peace", "Kasaï-Oriental"),)
    assert groups["Committees"] == (("Committee of the province", "Kasaï-Oriental"),)
    assert groups["Localities in which it was tried"][0][0] == "Kasaï-Oriental"


def test_contributors_never_come_from_the_list_of_a_workshop(guidelines, country, locality):
    seen = OrganizationFactory(country=country, name="Known from the desk only")
    ParticipationFactory(workshop=held(locality), organization=seen)
    assert "Known from the desk" not in words_of(get(Block.CONTRIBUTORS, guidelines))


def test_contributors_are_silent_on_a_place_with_a_secret_workshop(guidelines, country, locality):
    seat = SeatFactory(committee=CommitteeFactory(locality=locality, name="Secret committee"))
    secret(locality)
    block = get(Block.CONTRIBUTORS, guidelines)
    assert seat.committee.name not in words_of(block)
    assert seat.committee.name in words_of(
        get(Block.CONTRIBUTORS, guidelines, TODAY + datetime.timedelta(15))
    )
