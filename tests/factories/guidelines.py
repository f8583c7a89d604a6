import factory

from core.exports import ExportState, Step
from guidelines.models import Export, Guidelines, Section
from tests.factories.localities import CountryFactory


class GuidelinesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Guidelines

    title = factory.Sequence(lambda n: f"Localization Guidelines {n}")
    country = factory.SubFactory(CountryFactory)
    language = "en"


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    guidelines = factory.SubFactory(GuidelinesFactory)
    order = factory.Sequence(lambda n: n)
    heading = factory.Sequence(lambda n: f"Section {n}")
    body = "A paragraph of text."


class ExportFactory(factory.django.DjangoModelFactory):
    """A finished export whose file holds `content`."""

    class Meta:
        model = Export

    guidelines = factory.SubFactory(GuidelinesFactory)
    digest = factory.Sequence(lambda n: f"{n:064x}")
    state = ExportState.DONE
    step = Step.DONE
    progress = 100
    pages = 3
    size = 9
    file = factory.django.FileField(filename="guidelines.pdf", data=b"%PDF-test")
