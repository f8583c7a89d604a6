"""The papers themselves, read back with pypdf: what stands on them, and what must not."""

import datetime
import re

import pytest
from django.utils import timezone

from localities.categories import ActorCategory
from people.consent import Purpose
from tests.factories.localities import LocalityFactory
from tests.factories.people import PositionFactory
from tests.factories.workshops import WorkshopFactory
from tests.workshops.papers.conftest import TODAY, fill, reader_of, take_part, words
from workshops.models import (
    ProgrammeItem,
)
from workshops.papers import rendering
from workshops.papers.certificates import Certificates, Who
from workshops.papers.sheets import SignInSheet, sheets_of
from workshops.states import RiskLevel

pytestmark = pytest.mark.django_db


# --- The sign-in sheet ----------------------------------------------------------------------


def test_sign_in_sheet_has_names_in_order_codes_and_a_column_for_each_half_day(workshop):
    second = take_part(workshop, "Zawadi Kapinga")
    first = take_part(workshop, "Agnès Kabongo")
    sheet = rendering.sign_in_sheet(workshop, as_of=TODAY)
    text = words(sheet)
    assert text.index("Agnès Kabongo") < text.index("Zawadi Kapinga")
    assert first.person.code in text
    assert second.person.code in text
    assert "Liste de présence" in text
    assert "Sign-in sheet" in text
    assert "Jour 3" in text
    assert "4 mars" in text
    assert text.count("Après-midi") == 3
    assert "2 personnes sont inscrites par leur nom" in text
    reader = reader_of(sheet)
    assert reader.trailer["/Root"]["/Lang"] == "fr"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_sign_in_sheet_repeats_its_head_and_says_whose_it_is_on_each_page(workshop):
    for n in range(40):
        take_part(workshop, f"Personne Numéro{n}")
    pages = [page.extract_text() for page in reader_of(rendering.sign_in_sheet(workshop, as_of=TODAY)).pages]
    assert len(pages) > 2
    full = [page for page in pages if "Personne" in page]
    for page in full:
        assert "Fonction et catégorie" in page
        assert "Présents sur cette page" in page
        assert workshop.code in page
        assert "gardez-la sous clé" in page


def test_sign_in_sheet_marks_what_was_agreed_and_not_taken_back(workshop):
    takes_part = take_part(workshop, "Agnès Kabongo", consents=[Purpose.CONTACT, Purpose.NAME_IN_REPORT])
    takes_part.person.consents.filter(purpose=Purpose.CONTACT).update(withdrawn_at=timezone.now())
    sheet = SignInSheet.from_workshop(workshop, as_of=TODAY)
    assert sheet.rows[0].agreed == (False, True, False)


def test_sign_in_sheet_blank_has_so_many_lines_and_nobody(workshop):
    takes_part = take_part(workshop, "Agnès Kabongo")
    text = words(rendering.sign_in_sheet(workshop, as_of=TODAY, blank=20))
    assert "Kabongo" not in text
    assert takes_part.person.code not in text
    assert " 20 " in text
    assert len(SignInSheet.from_workshop(workshop, as_of=TODAY, blank=5000).rows) == 200


def test_sign_in_sheet_without_names_has_codes_and_positions(workshop):
    position = PositionFactory(locality=workshop.locality, title="Bourgmestre")
    takes_part = take_part(workshop, "Agnès Kabongo", position=position)
    text = words(rendering.sign_in_sheet(workshop, as_of=TODAY, with_names=False))
    assert "Kabongo" not in text
    assert takes_part.person.code in text
    assert "Bourgmestre" in text


@pytest.mark.parametrize(("days", "sheets"), [(1, 1), (4, 1), (5, 2), (31, 8)])
def test_sheets_of_a_long_workshop_cut_no_day_in_two(workshop, days, sheets):
    workshop.ends_on = workshop.starts_on + datetime.timedelta(days=days - 1)
    found = sheets_of(workshop)
    assert len(found) == sheets
    assert sum(map(len, found)) == days * 2
    assert all(len(sheet) % 2 == 0 and len(sheet) <= 8 for sheet in found)


def test_sign_in_sheet_beyond_the_last_is_the_last(workshop):
    assert SignInSheet.from_workshop(workshop, as_of=TODAY, sheet=99).sheet == 1


def test_papers_at_high_risk_say_month_and_first_level_only(workshop, locality):
    workshop.locality = LocalityFactory(
        code="CD-HIDDEN", name="Kabeya-Kamwanga", country=locality.country, parent=locality
    )
    workshop.risk_level = RiskLevel.HIGH
    workshop.save()
    take_part(workshop, "Agnès Kabongo", half_days=6, consents=[Purpose.NAME_IN_REPORT])
    fill(workshop)
    made = [
        rendering.sign_in_sheet(workshop, as_of=TODAY),
        rendering.programme(workshop, as_of=TODAY),
        rendering.certificates(workshop, as_of=TODAY)[0],
        rendering.report(workshop, as_of=TODAY)[0],
        rendering.summary(workshop, as_of=TODAY),
    ]
    for rendered in made:
        text = words(rendered)
        assert "mars 2026" in text
        assert "Kasaï-Oriental" in text
        assert "Kabeya" not in text
        assert not re.search(r"[234] mars|2–4", text)
        assert not re.search(r"1(er)? septembre", text)
    for rendered in made[3:]:
        assert "Kabongo" not in words(rendered)


@pytest.mark.parametrize(
    ("people", "title", "lines"),
    [
        (0, "Maire", 11),
        (2, "Maire", 11),
        (2, "Adjointe chargée de la promotion de la femme " * 2, 9),
        (20, "Maire", 25),
    ],
)
def test_sign_in_sheet_has_room_for_the_unannounced_and_fills_its_page(workshop, people, title, lines):
    position = PositionFactory(locality=workshop.locality, title=title.strip())
    for n in range(people):
        take_part(workshop, f"Personne Numéro{n}", position=position)
    assert len(SignInSheet.from_workshop(workshop, as_of=TODAY).rows) == lines
    assert rendering.sign_in_sheet(workshop, as_of=TODAY).pages == (1 if people < 10 else 2)


# --- Programme and certificates -------------------------------------------------------------


def test_programme_has_times_kinds_and_sums(workshop):
    fill(workshop, times=3)
    ProgrammeItem.objects.create(workshop=workshop, day=1, order=9, title="Thé", kind="break", minutes=15)
    text = words(rendering.programme(workshop, as_of=TODAY))
    assert "09:00–10:30" in text
    assert "10:30–10:45" in text
    assert "Travail pratique" in text
    assert "4 heures 30 minutes" in text
    assert "2 mars 2026" in text
    assert "Bonne gouvernance" in text


def test_programme_has_no_column_that_nobody_filled(workshop):
    session = ProgrammeItem.objects.create(workshop=workshop, day=1, order=1, title="Accueil", minutes=30)
    ProgrammeItem.objects.create(workshop=workshop, day=1, order=2, title="Visite", minutes=30)
    assert "Animé par" not in words(rendering.programme(workshop, as_of=TODAY))
    assert "Animé par" not in words(rendering.report(workshop, as_of=TODAY)[0])
    session.facilitator = "Université"
    session.save()
    text = words(rendering.programme(workshop, as_of=TODAY))
    assert "Animé par" in text
    assert "Université" in text
    assert "Non précisé" in text


def test_programme_without_sessions_says_so(workshop):
    assert "Le programme reste à écrire" in words(rendering.programme(workshop, as_of=TODAY))


def test_certificates_are_for_those_present_for_half_of_it(workshop):
    take_part(workshop, "Agnès Kabongo", half_days=3)
    take_part(workshop, "Bea Short", half_days=2)
    take_part(workshop, "Cleo Absent")
    rendered, number = rendering.certificates(workshop, as_of=TODAY)
    text = words(rendered)
    assert (number, rendered.pages) == (1, 1)
    assert "Agnès Kabongo" in text
    assert "3 demi-journées sur 6" in text
    assert "Short" not in text
    with_all, _number = rendering.certificates(workshop, as_of=TODAY, who=Who.ANY)
    assert with_all.pages == 2
    assert "Absent" not in words(with_all)


def test_certificates_say_place_and_hours_and_no_category(workshop):
    fill(workshop, times=2)
    takes_part = take_part(workshop, "Agnès Kabongo", half_days=6, category=ActorCategory.POLICE)
    text = words(rendering.certificates(workshop, as_of=TODAY)[0])
    assert "Programme de 3 heures" in text
    assert "Kasaï-Oriental" in text
    assert "Police" not in text
    assert takes_part.person.code not in text
    assert "Nom et fonction" in text


def test_certificates_for_one_person_and_of_nobody(workshop):
    one = take_part(workshop, "Agnès Kabongo", half_days=1)
    take_part(workshop, "Bea Other", half_days=6)
    elsewhere = take_part(WorkshopFactory(locality=workshop.locality), "Dora Elsewhere", half_days=2)
    rendered, _number = rendering.certificates(workshop, as_of=TODAY, person=one.person.code)
    assert rendered.pages == 1
    assert "Agnès Kabongo" in words(rendered)
    with pytest.raises(rendering.NothingToPrint):
        rendering.certificates(workshop, as_of=TODAY, person=elsewhere.person.code)


def test_certificates_come_in_files_of_a_hundred(workshop):
    for n in range(101):
        take_part(workshop, f"Personne Numéro{n:03}", half_days=6)
    assert len(Certificates.from_workshop(workshop, as_of=TODAY).certificates) == 100
    assert len(Certificates.from_workshop(workshop, as_of=TODAY, part=2).certificates) == 1


def test_certificate_of_a_long_name_stays_one_page(workshop):
    workshop.title = "Atelier de localisation de la résolution " * 3
    workshop.save()
    take_part(workshop, "Marie-Léonie Kabongo wa Tshibanda " * 5, half_days=6)
    assert rendering.certificates(workshop, as_of=TODAY)[0].pages == 1
