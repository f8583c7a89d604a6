"""A revision is given up with all that was written in it: the text is again what was launched."""

import datetime

import pytest

from accounts.models import AuditEvent
from guidelines import gates
from guidelines.document import document_of
from guidelines.models import FrozenBlock, Section, SectionRevision
from guidelines.services import moving
from guidelines.services.blocks import freeze_block, unfreeze_block
from guidelines.services.launching import launch_guidelines
from guidelines.services.sections import (
    add_section,
    move_section,
    place_section,
    remove_section,
    save_section,
)
from guidelines.services.taking_back import take_all_back
from guidelines.taking_back import departures, fingerprint
from tests.factories.guidelines import EditionFactory, ExportFactory, SectionFactory
from tests.guidelines.moving.scene import TODAY, S, at, state_of, url

pytestmark = pytest.mark.usefixtures("media")
LAUNCHED = datetime.date(2026, 9, 1)


@pytest.fixture
def frozen(signed, text, coordinator):
    """A section with two parts, one of which keeps data of the day."""
    part = SectionFactory(guidelines=signed, parent=text, order=1, heading="Councils", body="They plan.")
    SectionFactory(guidelines=signed, parent=text, order=2, heading="Data", body="Read:\n\n{{resolutions}}\n")
    return part


@pytest.fixture
def revised(signed, frozen, coordinator):
    at(signed, S.REVISION)
    freeze_block(section(signed, "Data"), "resolutions", today=LAUNCHED, by=coordinator)
    at(signed, S.ENDORSED)
    launch_guidelines(signed, on=TODAY, today=TODAY, by=coordinator)
    moving.revise_guidelines(signed, reason="A new act", by=coordinator)
    signed.refresh_from_db()
    return signed


def section(guidelines, heading):
    return guidelines.sections.get(heading=heading)


def write(row, by, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    return save_section(row, opened_version=row.row_version, by=by)


def everything_changed(guidelines, by):
    """Rewritten, renamed, removed with a part, added with a part that was launched, moved, unfrozen."""
    write(section(guidelines, "Councils"), by, heading="Town halls", body="They decide.")
    unfreeze_block(section(guidelines, "Data"), "resolutions", by=by)
    added = add_section(Section(guidelines=guidelines, heading="Money", body="What it costs."), by=by)
    place_section(section(guidelines, "Town halls"), parent=added, after=None, by=by)
    add_section(Section(guidelines=guidelines, heading="Coins", body="Small."), parent=added, by=by)
    roles = section(guidelines, "Roles")
    remove_section(roles, opened_version=roles.row_version, by=by)


def text_of(document):
    return [
        [
            each["code"],
            each["number"],
            each["heading"],
            [part.get("text") or part["block"]["kind"] for part in each["parts"]],
        ]
        for each in document["sections"]
    ]


def content_of(export):
    with export.file.open("rb") as file:
        return file.read()


def test_take_all_back_makes_the_text_that_of_the_edition(revised, coordinator):
    edition = revised.editions.get()
    everything_changed(revised, coordinator)
    assert len(departures(revised)) >= 4
    row = take_all_back(revised, seen=fingerprint(revised), reason="The act fell", by=coordinator)
    assert row.state == S.LAUNCHED
    now = document_of(row, today=TODAY)
    assert text_of(now) == text_of(edition.content)
    assert departures(row) == []
    (kept,) = FrozenBlock.objects.all()
    assert (kept.section.heading, kept.as_of) == ("Data", LAUNCHED)
    assert now["sections"] == edition.content["sections"]
    assert AuditEvent.objects.get(verb="took revision back").detail == {"edition": 1}


def test_take_all_back_loses_no_word(revised, coordinator):
    everything_changed(revised, coordinator)
    take_all_back(revised, seen=fingerprint(revised), reason="The act fell", by=coordinator)
    remembered = set(revised.revisions.values_list("body", flat=True))
    assert {"They decide.", "What it costs.", "Small."} <= remembered
    gone = revised.revisions.filter(removed=True, heading__in=["Money", "Coins"])
    assert gone.count() == 2
    kept = revised.revisions.filter(heading="Councils").latest("pk")
    assert (kept.note, kept.by) == ("edition 1", coordinator)


def test_take_all_back_leaves_the_edition_and_its_file_alone(revised, coordinator):
    edition = revised.editions.get()
    export = ExportFactory(guidelines=revised, edition=edition, file_digest="a" * 64)
    before = (edition.digest, edition.content, content_of(export))
    everything_changed(revised, coordinator)
    take_all_back(revised, seen=fingerprint(revised), reason="The act fell", by=coordinator)
    edition, export = revised.editions.get(), type(export).objects.get(pk=export.pk)
    assert (edition.digest, edition.content, content_of(export)) == before
    assert export.file_digest == "a" * 64


def test_take_all_back_puts_a_section_without_history_back_from_the_edition(revised, coordinator):
    SectionRevision.objects.all().delete()
    Section.objects.filter(guidelines=revised).delete()
    take_all_back(revised, seen=fingerprint(revised), reason="The act fell", by=coordinator)
    assert text_of(document_of(revised, today=TODAY)) == text_of(revised.editions.get().content)


def test_take_all_back_of_a_text_that_somebody_wrote_since_is_refused(revised, coordinator):
    seen = fingerprint(revised)
    write(section(revised, "Councils"), coordinator, body="Written in between.")
    with pytest.raises(gates.NotReady, match="Somebody wrote in the guidelines meanwhile"):
        take_all_back(revised, seen=seen, reason="The act fell", by=coordinator)
    assert section(revised, "Councils").body == "Written in between."
    assert state_of(revised) == S.REVISION


@pytest.mark.parametrize("state", [state for state in S if state != S.REVISION])
def test_take_all_back_only_in_a_revision(state, guidelines, coordinator):
    EditionFactory(guidelines=at(guidelines, state))
    with pytest.raises(moving.MoveRefused):
        take_all_back(guidelines, seen=fingerprint(guidelines), reason="No", by=coordinator)


@pytest.mark.parametrize("change", ["text", "order", "block"])
def test_fingerprint_is_another_after_each_change(change, revised, coordinator):
    before = fingerprint(revised)
    if change == "text":
        write(section(revised, "Councils"), coordinator, body="Others.")
    elif change == "order":
        move_section(section(revised, "Data"), to="up", by=coordinator)
    else:
        unfreeze_block(section(revised, "Data"), "resolutions", by=coordinator)
    assert fingerprint(revised) != before


def test_guidelines_take_back_shows_what_changes_and_acts(revised, coordinator, signed_in):
    everything_changed(revised, coordinator)
    client = signed_in(coordinator)
    assert url("guidelines_take_back", revised) in client.get(url("guidelines_drop_revision", revised)).text
    response = client.get(url("guidelines_take_back", revised))
    assert "Every section becomes again what edition 1 says" in response.text
    assert "Town halls" in str([change.pieces for change in response.context["plan"].changes])
    assert "Word by word" in response.text
    assert "Removed: a section that was added since." in response.text
    assert "is kept as in the edition" not in response.text  # its section comes back as a whole
    data = {"seen": response.context["plan"].seen, "reason": ""}
    assert client.post(url("guidelines_take_back", revised), data).status_code == 422
    assert client.post(url("guidelines_take_back", revised), data | {"reason": "It fell"}).status_code == 302
    assert state_of(revised) == S.LAUNCHED
    assert revised.moves.latest("pk").reason == "It fell"


def test_guidelines_take_back_names_moves_and_data(revised, coordinator, signed_in):
    move_section(section(revised, "Data"), to="up", by=coordinator)
    unfreeze_block(section(revised, "Data"), "resolutions", by=coordinator)
    page = signed_in(coordinator).get(url("guidelines_take_back", revised)).text
    assert "1.1 becomes 1.2" in page
    assert "is kept as in the edition" in page


def test_guidelines_take_back_after_a_change_shows_what_would_change_now(revised, coordinator, signed_in):
    client = signed_in(coordinator)
    seen = client.get(url("guidelines_take_back", revised)).context["plan"].seen
    write(section(revised, "Councils"), coordinator, body="Written in between.")
    answer = client.post(url("guidelines_take_back", revised), {"seen": seen, "reason": "It fell"})
    assert answer.status_code == 422
    assert "Written" in answer.text
    assert "It fell" in answer.text
    assert "Removed: a section" not in answer.text  # what the words mean, where they stand
    seen = answer.context["plan"].seen
    assert client.post(url("guidelines_take_back", revised), {"seen": seen, "reason": "x"}).status_code == 302


@pytest.mark.parametrize(
    ("who", "status"), [("facilitator", 403), ("oversight", 403), ("secretary", 403), ("outsider", 404)]
)
def test_guidelines_take_back_is_for_who_writes(who, status, revised, request, signed_in):
    client = signed_in(request.getfixturevalue(who))
    answer = client.post(url("guidelines_take_back", revised), {"seen": fingerprint(revised), "reason": "No"})
    assert (answer.status_code, state_of(revised)) == (status, S.REVISION)
    assert "Who does what" not in answer.text


@pytest.mark.parametrize("rows", [1, 5])
def test_guidelines_take_back_asks_the_same_for_one_change_and_five(
    rows, revised, coordinator, signed_in, django_assert_num_queries
):
    SectionFactory.create_batch(rows, guidelines=revised, order=50)
    client = signed_in(coordinator)
    with django_assert_num_queries(12):
        assert client.get(url("guidelines_take_back", revised)).status_code == 200
