import datetime

import factory

from core.exports import ExportState, Step
from guidelines.models import (
    Edition,
    Endorsement,
    Export,
    FieldTest,
    Guidelines,
    ImpactStory,
    Picture,
    PlanningStep,
    Resource,
    ReviewComment,
    Rollout,
    Section,
    SectionRevision,
    Signatory,
)
from people.names import text_key
from tests.factories.localities import CountryFactory, LocalityFactory


class GuidelinesFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Guidelines

    title = factory.Sequence(lambda n: f"Localization Guidelines {n}")
    country = factory.SubFactory(CountryFactory)
    language = "en"

    @factory.lazy_attribute
    def version(self):
        """The next of that country and language."""
        return Guidelines.objects.filter(country=self.country, language=self.language).count() + 1


class SectionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Section

    guidelines = factory.SubFactory(GuidelinesFactory)
    order = factory.Sequence(lambda n: n)
    heading = factory.Sequence(lambda n: f"Section {n}")
    body = "A paragraph of text."


class SectionRevisionFactory(factory.django.DjangoModelFactory):
    """A section as it stands, remembered."""

    class Meta:
        model = SectionRevision
        exclude = ["section"]

    section = factory.SubFactory(SectionFactory)
    guidelines = factory.SelfAttribute("section.guidelines")
    section_code = factory.SelfAttribute("section.code")
    version = factory.SelfAttribute("section.row_version")
    heading = factory.SelfAttribute("section.heading")
    body = factory.SelfAttribute("section.body")


class PictureFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Picture

    guidelines = factory.SubFactory(GuidelinesFactory)
    alt = "A street lamp at the market, lit in the evening"
    content_type = "image/png"
    width = 4
    height = 4
    size = 9
    digest = factory.Sequence(lambda n: f"{n:064x}")
    file = factory.django.FileField(filename="picture", data=b"not read")


class FieldTestFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = FieldTest

    guidelines = factory.SubFactory(GuidelinesFactory)
    locality = factory.SubFactory(LocalityFactory, country=factory.SelfAttribute("..guidelines.country"))
    starts_on = datetime.date(2026, 3, 2)


class ReviewCommentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ReviewComment

    guidelines = factory.SubFactory(GuidelinesFactory)
    section = factory.SubFactory(SectionFactory, guidelines=factory.SelfAttribute("..guidelines"))
    text = "Say which office does this."


class SignatoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Signatory

    country = factory.SubFactory(CountryFactory)
    role = "other"
    institution = factory.Sequence(lambda n: f"Ministry {n}")


class EndorsementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Endorsement

    guidelines = factory.SubFactory(GuidelinesFactory)
    edition_number = 1
    institution = factory.Sequence(lambda n: f"Ministry {n} of Gender")
    institution_key = factory.LazyAttribute(lambda row: text_key(row.institution))
    position = "Minister"
    on = datetime.date(2026, 5, 4)


def content_without_sections(guidelines):
    return {
        "form": 1,
        "title": guidelines.title,
        "language": guidelines.language,
        "direction": guidelines.direction,
        "country": str(guidelines.country),
        "country_code": guidelines.country.code,
        "code": guidelines.code,
        "version": guidelines.version,
        "nap": None,
        "as_of": "2026-06-01",
        "signatories": [],
        "endorsements": [],
        "field_tests": [],
        "sections": [],
        "pictures": {},
    }


class EditionFactory(factory.django.DjangoModelFactory):
    """Launched, with a content of no sections: tests of what is in it freeze by the service."""

    class Meta:
        model = Edition

    guidelines = factory.SubFactory(GuidelinesFactory, state="launched")
    number = 1
    launched_on = datetime.date(2026, 6, 1)
    content = factory.LazyAttribute(lambda row: content_without_sections(row.guidelines))
    digest = factory.Sequence(lambda n: f"{n:064x}")


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


class RolloutFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Rollout
        skip_postgeneration_save = True

    guidelines = factory.SubFactory(GuidelinesFactory, state="launched")
    edition = factory.SubFactory(EditionFactory, guidelines=factory.SelfAttribute("..guidelines"))
    kind = "distribution"
    on = datetime.date(2026, 7, 1)

    @factory.post_generation
    def localities(self, create, extracted, **kwargs):
        if create and extracted:
            self.localities.set(extracted)


class PlanningStepFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PlanningStep

    country = factory.SubFactory(CountryFactory)
    from_month = 7
    to_month = 8
    step = "The council asks the wards for their priorities"


class ImpactStoryFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ImpactStory

    locality = factory.SubFactory(LocalityFactory)
    title = factory.Sequence(lambda n: f"Story {n}")
    pillar = "participation"
    period_start = datetime.date(2025, 1, 1)
    claim = "Four seats of the peace council are held by women."


class ResourceFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Resource

    kind = "toolkit"
    title = factory.Sequence(lambda n: f"Toolkit {n}")
    language = "en"
    licence = "CC BY 4.0"
