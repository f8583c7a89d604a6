import datetime

import factory

from core.exports import ExportState, Step
from plans.document import digest_of, document_of
from plans.models import Edition, PlanExport
from plans.states import PlanState
from tests.factories.plans import LocalActionPlanFactory


class AdoptedPlanFactory(LocalActionPlanFactory):
    """Adopted, but not frozen: EditionFactory does that."""

    state = PlanState.ADOPTED
    endorsed_on = datetime.date(2026, 2, 1)
    adopting_body = "City council"
    act_kind = "resolution"
    adopting_act = "12/2026"
    adopted_on = datetime.date(2026, 3, 12)


class EditionFactory(factory.django.DjangoModelFactory):
    """The plan as it stands, frozen."""

    class Meta:
        model = Edition

    plan = factory.SubFactory(AdoptedPlanFactory)
    number = 1
    body = "City council"
    act_kind = "resolution"
    act = "12/2026"
    adopted_on = datetime.date(2026, 3, 12)
    content = factory.LazyAttribute(lambda row: document_of(row.plan))
    digest = factory.LazyAttribute(lambda row: digest_of(row.content))


class PlanExportFactory(factory.django.DjangoModelFactory):
    """A finished PDF whose file holds `%PDF-test`."""

    class Meta:
        model = PlanExport

    plan = factory.SubFactory(LocalActionPlanFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    state = ExportState.DONE
    step = Step.DONE
    progress = 100
    pages = 3
    size = 9
    file = factory.django.FileField(filename="plan.pdf", data=b"%PDF-test")
