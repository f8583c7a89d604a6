"""A workshop of three days that was held, and what can be read from its papers."""

import datetime
import io
import re
from decimal import Decimal

import pytest
from pypdf import PdfReader

from people.models import Consent
from tests.factories.frameworks import NapFactory
from tests.factories.people import PersonFactory, PositionFactory
from tests.factories.workshops import ParticipationFactory, WorkshopFactory
from workshops.models import (
    Attendance,
    AwarenessScore,
    Commitment,
    ConflictIssue,
    EvaluationCount,
    NapVote,
    Need,
    PolicyMapping,
    ProgrammeItem,
)
from workshops.states import WorkshopState

TODAY = datetime.date(2026, 3, 20)


@pytest.fixture
def workshop(locality, facilitator):
    return WorkshopFactory(
        title="Atelier de Mbujimayi",
        locality=locality,
        facilitators=[facilitator],
        ends_on=datetime.date(2026, 3, 4),
        state=WorkshopState.HELD,
        other_languages=["en"],
    )


def take_part(workshop, name, *, half_days=0, consents=(), **details):
    """Somebody registered, present for so many half-days from the first on."""
    person = PersonFactory(country=workshop.locality.country, full_name=name)
    participation = ParticipationFactory(workshop=workshop, person=person, **details)
    Attendance.objects.bulk_create(
        Attendance(
            participation=participation,
            day=workshop.starts_on + datetime.timedelta(days=n // 2),
            half="pm" if n % 2 else "am",
        )
        for n in range(half_days)
    )
    for purpose in consents:
        Consent.objects.create(person=person, purpose=purpose, language="fr")
    return participation


def reader_of(rendered):
    return PdfReader(io.BytesIO(rendered.content))


def words(rendered):
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in reader_of(rendered).pages))


def fill(workshop, *, times=1, long=1):
    """Everything that a workshop can produce, `times` over, with texts `long` times as long."""
    nap = NapFactory(country=workshop.locality.country)
    provisions = list(nap.provisions.all())
    owner = PositionFactory(locality=workshop.locality, title="Bourgmestre")
    for n in range(times):
        ConflictIssue.objects.create(workshop=workshop, description=f"Puits disputé {n}. " * long, order=n)
        PolicyMapping.objects.create(
            workshop=workshop, locality=workshop.locality, name=f"Arrêté {n}", effect="hinders"
        )
        Commitment.objects.create(
            workshop=workshop, owner=owner, text=f"Lampes {n}. " * long, due_on=datetime.date(2026, 9, 1)
        )
        Need.objects.create(workshop=workshop, text=f"Transport {n}", named_by="Marchandes")
        ProgrammeItem.objects.create(
            workshop=workshop, day=1 + n % 3, order=n, title=f"Séance {n}", kind="hands_on", minutes=90
        )
    for n, provision in enumerate(provisions):
        NapVote.objects.create(workshop=workshop, provision=provision, group="A", votes=3 + n)
    AwarenessScore.objects.create(
        workshop=workshop,
        before_count=20,
        before_average=Decimal(4),
        after_count=20,
        after_average=Decimal(7),
    )
    EvaluationCount.objects.create(workshop=workshop, criterion="safe", agree=12, partly=8)
    workshop.narrative = "## Ouverture\n\nLe maire a ouvert. " * long
    workshop.save()
