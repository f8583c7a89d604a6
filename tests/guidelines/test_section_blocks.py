"""Freezing a block and letting it follow again; what is frozen of a text."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent
from accounts.roles import Role
from guidelines.blocks.frozen import block_for, blocks_of, forget_missing
from guidelines.blocks.gather import gather
from guidelines.models import Block, FrozenBlock, Guidelines, GuidelinesState
from guidelines.services import blocks as services
from guidelines.services.holding import GuidelinesClosed
from tests.factories.frameworks import ProvisionFactory
from tests.factories.guidelines import GuidelinesFactory, SectionFactory
from tests.factories.localities import LocalityFactory

TODAY = datetime.date(2026, 5, 12)
LATER = datetime.date(2026, 11, 20)
NAP = Block.NAP_ITEMS


def page_of(section, name="section_blocks", **more):
    return reverse(name, kwargs={"code": section.guidelines.code, "section": section.code, **more})


@pytest.fixture
def frozen(section, coordinator):
    return services.freeze_block(section, NAP, today=TODAY, by=coordinator)


def add_item(nap):
    return ProvisionFactory(framework=nap, code="9.9", text="Said after the freezing", order=99)


# Values


def test_freeze_block_keeps_what_it_showed(section, nap, frozen):
    before = gather(NAP, section.guidelines, today=TODAY)
    add_item(nap)
    kept = block_for(section, NAP, today=LATER)
    assert kept == before
    assert (kept.is_frozen, kept.as_of) == (True, TODAY)
    assert "Said after" in str(gather(NAP, section.guidelines, today=LATER).to_json())


def test_freeze_block_in_the_language_of_the_document(country, coordinator):
    guidelines = GuidelinesFactory(country=country, language="fr", nap=None)
    section = SectionFactory(guidelines=guidelines, body="{{resolutions}}")
    frozen = services.freeze_block(section, Block.RESOLUTIONS, today=TODAY, by=coordinator)
    assert "resolutions" not in frozen.content["empty"]
    assert "résolutions" in frozen.content["empty"]


def test_freeze_block_again_keeps_the_new_day(section, nap, frozen, coordinator):
    add_item(nap)
    services.freeze_block(section, NAP, today=LATER, by=coordinator)
    assert block_for(section, NAP, today=LATER).as_of == LATER
    assert FrozenBlock.objects.count() == 1


def test_freeze_block_refuses_what_is_not_in_the_text(section, coordinator):
    with pytest.raises(services.BlockRefused):
        services.freeze_block(section, Block.PLANS, today=TODAY, by=coordinator)


def test_freeze_block_refuses_a_broken_one(section, nap, coordinator):
    ProvisionFactory(framework=nap, code="9.9", pillars=["no pillar"])
    with pytest.raises(services.BlockRefused):
        services.freeze_block(section, NAP, today=TODAY, by=coordinator)
    assert not FrozenBlock.objects.exists()


@pytest.mark.parametrize("state", ["validated", "launched", "retired"])
def test_freeze_block_refuses_where_texts_are_closed(state, section, coordinator):
    Guidelines.objects.update(state=state)
    with pytest.raises(GuidelinesClosed):
        services.freeze_block(section, NAP, today=TODAY, by=coordinator)


def test_unfreeze_block_lets_it_follow(section, nap, frozen, coordinator):
    add_item(nap)
    services.unfreeze_block(section, NAP, by=coordinator)
    assert "Said after" in str(block_for(section, NAP, today=LATER).to_json())
    verbs = AuditEvent.objects.filter(subject=section.code).values_list("verb", flat=True)
    assert set(verbs) == {"froze block", "unfroze block"}


def test_block_for_of_content_that_cannot_be_read(section, frozen):
    FrozenBlock.objects.update(content={"no": "value"})
    block = block_for(section, NAP, today=LATER)
    assert block.problem
    assert block.as_of == TODAY


def test_block_for_of_a_section_that_is_not_saved(guidelines):
    from guidelines.models import Section

    block = block_for(Section(guidelines=guidelines, body="{{resolutions}}"), "resolutions", today=TODAY)
    assert (block.kind, block.problem) == ("resolutions", "")


def test_forget_missing_drops_what_the_text_no_longer_asks_for(section, frozen):
    forget_missing(section)
    assert FrozenBlock.objects.count() == 1
    section.body = "The mark is gone."
    forget_missing(section)
    assert not FrozenBlock.objects.exists()


@pytest.mark.parametrize("sections", [1, 5])
def test_blocks_of_asks_the_same_for_one_section_and_five(
    sections, section, frozen, guidelines, locality, django_assert_num_queries
):
    body = "{{coverage_chart}}\n\n{{resolutions}}"
    rows = [section, *SectionFactory.create_batch(sections, guidelines=guidelines, body=body)]
    with django_assert_num_queries(6):
        found = blocks_of(guidelines, rows, today=LATER)
    assert len(found) == 1 + 2 * sections
    assert found[section.pk, NAP].is_frozen


# Pages


def test_section_blocks_says_frozen_by_which_role_since_when(section, frozen, coordinator, signed_in):
    page = signed_in(coordinator).get(page_of(section)).content.decode()
    assert "as of 12 May 2026, by: National coordinator" in page
    assert "Cora" not in page.split("<main")[1]
    assert "The data has not changed since." in page


def test_section_blocks_says_that_the_data_has_changed(section, nap, frozen, oversight, signed_in):
    add_item(nap)
    page = signed_in(oversight).get(page_of(section)).content.decode()
    assert "The data has changed since." in page
    assert "What it would show today" in page
    assert "unfreeze/" not in page


def test_section_blocks_shows_a_broken_mark_in_words(guidelines, coordinator, signed_in):
    section = SectionFactory(guidelines=guidelines, body="{{coverage_chrat}}")
    response = signed_in(coordinator).get(page_of(section))
    assert response.status_code == 200
    assert "No data has this name: coverage_chrat" in response.content.decode()


def test_section_blocks_of_a_text_without_data(guidelines, coordinator, signed_in):
    section = SectionFactory(guidelines=guidelines, body="Words.")
    assert "No data stands in this section" in signed_in(coordinator).get(page_of(section)).content.decode()


@pytest.mark.parametrize("items", [1, 5])
def test_section_blocks_queries(
    items, section, nap, frozen, coordinator, signed_in, django_assert_num_queries
):
    for n in range(items):
        ProvisionFactory(framework=nap, code=f"8.{n}", order=80 + n)
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        client.get(page_of(section))


@pytest.mark.parametrize(
    ("who", "read", "write"),
    [
        ("administrator", 200, 200),
        ("coordinator", 200, 200),
        ("facilitator", 200, 403),
        ("oversight", 200, 403),
        ("secretary", 404, 404),
        ("outsider", 404, 404),
    ],
)
def test_blocks_by_role(request, who, read, write, section, signed_in):
    client = signed_in(request.getfixturevalue(who))
    assert client.get(page_of(section)).status_code == read
    for name in ("block_freeze", "block_unfreeze"):
        url = page_of(section, name, block=NAP)
        assert client.get(url).status_code == write
        if write != 200:
            assert client.post(url).status_code == write
    assert not FrozenBlock.objects.exists()


def test_block_freeze_asks_first_and_keeps_then(section, coordinator, signed_in):
    client, url = signed_in(coordinator), page_of(section, "block_freeze", block=NAP)
    assert "Two seats for women" in client.get(url).content.decode()
    assert not FrozenBlock.objects.exists()
    page = client.post(url, follow=True).content.decode()
    assert "The data is kept as it is today." in page
    frozen = FrozenBlock.objects.get()
    assert (frozen.kind, frozen.as_of, frozen.frozen_by) == (NAP, timezone.localdate(), coordinator)


def test_block_freeze_twice_keeps_one(section, coordinator, signed_in):
    client, url = signed_in(coordinator), page_of(section, "block_freeze", block=NAP)
    for _n in range(2):
        client.post(url)
    assert FrozenBlock.objects.count() == 1


def test_block_freeze_of_what_is_not_in_the_text(section, coordinator, signed_in):
    client = signed_in(coordinator)
    for kind in (Block.PLANS, "no_such_thing"):
        assert client.get(page_of(section, "block_freeze", block=kind)).status_code == 404
    page = client.post(page_of(section, "block_freeze", block=Block.PLANS), follow=True).content.decode()
    assert "This data is not in the text any more." in page


def test_block_freeze_where_the_texts_are_closed(section, coordinator, signed_in):
    Guidelines.objects.update(state=GuidelinesState.ENDORSED)
    client = signed_in(coordinator)
    page = client.post(page_of(section, "block_freeze", block=NAP), follow=True).content.decode()
    assert "Endorsed" in page
    assert not FrozenBlock.objects.exists()
    assert 'href="' + page_of(section, "block_freeze", block=NAP) not in page


def test_block_unfreeze_lets_it_follow(section, frozen, coordinator, signed_in):
    client, url = signed_in(coordinator), page_of(section, "block_unfreeze", block=NAP)
    assert "12 May 2026" in client.get(url).content.decode()
    client.post(url)
    assert not FrozenBlock.objects.exists()
    assert "It follows the data already." in client.get(url).content.decode()


def test_frozen_block_of_another_place_is_no_way_in(section, outsider, elsewhere, signed_in):
    own = SectionFactory(guidelines=GuidelinesFactory(country=elsewhere.country), body="{{resolutions}}")
    url = reverse("block_freeze", kwargs={"code": own.guidelines.code, "section": section.code, "block": NAP})
    assert signed_in(outsider).post(url).status_code == 404


def test_role_of_an_account_that_lost_its_role(section, frozen, coordinator, oversight, signed_in):
    coordinator.assignments.filter(role=Role.NATIONAL_COORDINATOR).delete()
    page = signed_in(oversight).get(page_of(section)).content.decode()
    assert "as of 12 May 2026" in page
    assert "by: " not in page


def test_frozen_localities_keep_their_names(country, guidelines, coordinator):
    place = LocalityFactory(country=country, code="CD-OLD", name="Old name")
    section = SectionFactory(guidelines=guidelines, body="{{localities_reached}}")
    services.freeze_block(section, Block.LOCALITIES, today=TODAY, by=coordinator)
    place.name = "New name"
    place.save()
    assert "Old name" in str(block_for(section, Block.LOCALITIES, today=LATER).to_json())
