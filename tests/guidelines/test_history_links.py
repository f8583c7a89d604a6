"""Where a text came from is remembered with it: taken back, it comes from there again."""

import importlib

import pytest
from django.apps import apps
from django.urls import reverse

from guidelines.models import Section, SectionRevision
from guidelines.services.sections import add_section, remove_section, save_section
from guidelines.services.translations import save_translation
from guidelines.services.versions import new_version, start_translation
from guidelines.translating import TranslationState, state_of
from tests.factories.guidelines import GuidelinesFactory, SectionFactory

LINKS = ("origin", "origin_version", "origin_note", "source", "source_version")


@pytest.fixture
def reused(guidelines, section):
    """Taken from guidelines of another country, as its second version."""
    there = SectionFactory(guidelines=GuidelinesFactory(title="Elsewhere"), heading="Calendar")
    return Section(
        guidelines=guidelines,
        heading="Calendar",
        origin=there,
        origin_version=2,
        origin_note="Guidelines of Elsewhere",
    )


@pytest.fixture
def french(guidelines, section, second_section, coordinator):
    return start_translation(guidelines, language="fr", title="Lignes", with_texts=True, by=coordinator)


def links(section):
    row = Section.objects.get(code=section.code)
    return tuple(getattr(row, name) for name in LINKS)


def put_back(client, section, version):
    url = reverse("section_version", args=[section.guidelines.code, section.code, version])
    standing = Section.objects.filter(code=section.code).first()
    return client.post(url, {"row_version": standing.row_version if standing else 0})


def remove(section, by):
    remove_section(section, opened_version=Section.objects.get(pk=section.pk).row_version, by=by)
    return SectionRevision.objects.filter(section_code=section.code, removed=True).latest("pk").version


def write(section, by, body):
    row = Section.objects.get(code=section.code)
    row.body = body
    return save_section(row, opened_version=row.row_version, by=by)


def test_restore_after_removal_keeps_origin(reused, coordinator, signed_in):
    add_section(reused, by=coordinator)
    before = links(reused)
    version = remove(reused, coordinator)
    assert put_back(signed_in(coordinator), reused, version).status_code == 302
    assert links(reused) == before
    assert before[:3] == (reused.origin, 2, "Guidelines of Elsewhere")


def test_restore_after_removal_keeps_origin_of_the_parts(reused, section, coordinator, signed_in):
    add_section(reused, parent=section, by=coordinator)
    before = links(reused)
    version = remove(section, coordinator)
    put_back(signed_in(coordinator), section, version)
    assert links(reused) == before


def test_restore_after_removal_keeps_source(french, section, coordinator, signed_in):
    translated = french.sections.get(source=section)
    save_translation(translated, opened_version=1, source_version=1, by=coordinator)
    version = remove(translated, coordinator)
    put_back(signed_in(coordinator), translated, version)
    assert links(translated)[3:] == (section, 1)
    assert state_of(Section.objects.get(code=translated.code)) == TranslationState.CURRENT


def test_restore_of_an_older_text_says_what_that_text_translated(french, section, coordinator, signed_in):
    translated = french.sections.get(source=section)
    translated.body = "Premiers mots."
    save_translation(translated, opened_version=1, source_version=1, by=coordinator)
    write(section, coordinator, "Other words.")
    translated.body = "Autres mots."
    save_translation(translated, opened_version=2, source_version=2, by=coordinator)
    assert put_back(signed_in(coordinator), translated, 2).status_code == 302
    assert links(translated)[3:] == (section, 1)
    assert state_of(Section.objects.get(code=translated.code)) == TranslationState.CHANGED


def test_restore_of_an_older_text_keeps_origin(reused, coordinator, signed_in):
    add_section(reused, by=coordinator)
    write(reused, coordinator, "Other words.")
    put_back(signed_in(coordinator), reused, 1)
    assert links(reused)[:3] == (reused.origin, 2, "Guidelines of Elsewhere")


def test_restored_source_is_the_source_again(french, section, coordinator, signed_in):
    translated = french.sections.get(source=section)
    save_translation(translated, opened_version=1, source_version=1, by=coordinator)
    version = remove(section, coordinator)
    assert links(translated)[3:] == (None, 1)
    put_back(signed_in(coordinator), section, version)
    assert links(translated)[3] == Section.objects.get(code=section.code)


def test_restored_origin_is_the_origin_of_the_next_version_again(guidelines, section, coordinator, signed_in):
    made = new_version(guidelines, title="Version 2", nap=None, by=coordinator).sections.get()
    version = remove(section, coordinator)
    assert links(made)[0] is None
    put_back(signed_in(coordinator), section, version)
    assert links(made)[0] == Section.objects.get(code=section.code)


def test_restored_text_of_a_source_that_is_gone_has_none(french, section, coordinator, signed_in):
    translated = french.sections.get(source=section)
    version = remove(translated, coordinator)
    remove(section, coordinator)
    assert put_back(signed_in(coordinator), translated, version).status_code == 302
    assert links(translated)[3] is None
    assert state_of(Section.objects.get(code=translated.code)) == TranslationState.GONE


def test_restore_of_a_revision_from_before_links_were_kept_changes_none(
    french, section, coordinator, signed_in
):
    translated = french.sections.get(source=section)
    save_translation(translated, opened_version=1, source_version=1, by=coordinator)
    write(translated, coordinator, "Autres mots.")
    SectionRevision.objects.update(source_code="", source_version=None)
    put_back(signed_in(coordinator), translated, 1)
    assert links(translated)[3:] == (section, 1)


def test_migration_remembers_the_links_of_what_stands(french, section, reused, coordinator):
    add_section(reused, by=coordinator)
    kept = ("origin_code", "origin_version", "origin_note", "source_code", "source_version")
    before = list(SectionRevision.objects.order_by("pk").values_list(*kept))
    SectionRevision.objects.update(
        origin_code="", origin_version=None, origin_note="", source_code="", source_version=None
    )
    importlib.import_module("guidelines.migrations.0005_links_risk_and_retirement").keep_links(apps, None)
    assert list(SectionRevision.objects.order_by("pk").values_list(*kept)) == before
