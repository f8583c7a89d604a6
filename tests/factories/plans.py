import datetime

import factory
from django.core.files.base import ContentFile

from core.encryption import cipher
from frameworks.pillars import Pillar
from plans.models import (
    Activity,
    Alignment,
    Attachment,
    AttachmentKind,
    BudgetLine,
    Comment,
    Endorsement,
    Indicator,
    IndicatorValue,
    Integration,
    LawKind,
    LocalActionPlan,
    LocalLaw,
    Objective,
    PriorityIssue,
    ProgressUpdate,
    ReportingPeriod,
    Theme,
    ValidationRound,
)
from plans.quarters import DUE_AFTER, LOCKS_AFTER
from plans.services.plans import create_sections
from plans.subjects import subject_kind
from tests.factories.committees import CommitteeFactory
from tests.factories.frameworks import ProvisionFactory
from tests.factories.localities import LocalityFactory
from tests.factories.people import PositionFactory


class LocalActionPlanFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalActionPlan
        skip_postgeneration_save = True

    title = factory.Sequence(lambda n: f"Local Action Plan {n}")
    committee = factory.SubFactory(CommitteeFactory)
    locality = factory.SelfAttribute("committee.locality")
    period_start = datetime.date(2026, 1, 1)
    period_end = datetime.date(2029, 12, 31)
    language = "fr"
    currency = "CDF"

    @factory.post_generation
    def sections(self, create, extracted, **kwargs):
        """Empty ones of each kind, as a plan starts; `sections={"vision": "…"}` fills some."""
        if not create:
            return
        create_sections(self)
        for kind, text in (extracted or {}).items():
            self.sections.filter(kind=kind).update(text=text)


class ObjectiveFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Objective

    plan = factory.SubFactory(LocalActionPlanFactory)
    pillar = Pillar.PARTICIPATION
    text = factory.Sequence(lambda n: f"Objective {n}")
    order = factory.Sequence(lambda n: n)


class AlignmentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Alignment

    objective = factory.SubFactory(ObjectiveFactory)
    provision = factory.SubFactory(ProvisionFactory)


class ActivityFactory(factory.django.DjangoModelFactory):
    """Only a text; with `complete=True` nothing is missing for submission."""

    class Meta:
        model = Activity
        skip_postgeneration_save = True

    class Params:
        complete = factory.Trait(
            text=factory.Sequence(lambda n: f"Light the market street, lamp {n}"),
            expected_output="Lamps that work",
            responsible=factory.SubFactory(
                PositionFactory, locality=factory.SelfAttribute("..objective.plan.locality")
            ),
            starts_on=datetime.date(2026, 3, 1),
            ends_on=datetime.date(2027, 2, 28),
            no_cost=True,
            gender_lens="Women choose the places.",
            conflict_lens="Both quarters get the same.",
            do_no_harm="Night watchmen keep their pay.",
            indicator=factory.RelatedFactory(
                "tests.factories.plans.IndicatorFactory", factory_related_name="activity"
            ),
        )

    objective = factory.SubFactory(ObjectiveFactory)
    text = factory.Sequence(lambda n: f"Activity {n}")
    order = factory.Sequence(lambda n: n)


class IndicatorFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Indicator

    activity = factory.SubFactory(ActivityFactory)
    text = "Share of women in ward committees"
    baseline = 10
    target = 50


class AttachmentFactory(factory.django.DjangoModelFactory):
    """The scan of an act, stored as the portal stores it; `content` is what was handed in."""

    class Meta:
        model = Attachment
        exclude = ["content"]

    content = b"%PDF-1.4 the scan"
    plan = factory.SubFactory(LocalActionPlanFactory)
    kind = AttachmentKind.ADOPTION
    name = "act.pdf"
    content_type = "application/pdf"
    size = factory.LazyAttribute(lambda row: len(row.content))
    file = factory.LazyAttribute(lambda row: ContentFile(cipher().encrypt(row.content), name="act"))


class IntegrationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Integration

    locality = factory.SubFactory(LocalityFactory)
    host_plan = factory.Sequence(lambda n: f"Development plan {n}")
    since = datetime.date(2026, 1, 15)


class LocalLawFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = LocalLaw

    locality = factory.SubFactory(LocalityFactory)
    kind = LawKind.BY_LAW
    title = factory.Sequence(lambda n: f"By-law {n} on domestic violence")
    since = datetime.date(2026, 1, 15)


class BudgetLineFactory(factory.django.DjangoModelFactory):
    """1,000 planned by a donor in 2026; of that nothing has come."""

    class Meta:
        model = BudgetLine

    activity = factory.SubFactory(ActivityFactory)
    source = "donor"
    source_name = factory.Sequence(lambda n: f"Fund {n}")
    fiscal_year = "2026"
    planned = 1000


class ThemeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Theme

    code = factory.Sequence(lambda n: f"theme_{n}")
    name = factory.Sequence(lambda n: f"Theme {n}")


class ValidationRoundFactory(factory.django.DjangoModelFactory):
    """The open round of a plan that is read and commented on."""

    class Meta:
        model = ValidationRound

    plan = factory.SubFactory(LocalActionPlanFactory)
    number = 1
    opened_on = datetime.date(2026, 2, 1)


class EndorsementFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Endorsement

    round = factory.SubFactory(ValidationRoundFactory)
    position = factory.SubFactory(PositionFactory, locality=factory.SelfAttribute("..round.plan.locality"))
    on = datetime.date(2026, 2, 10)


class ReportingPeriodFactory(factory.django.DjangoModelFactory):
    """The first quarter of 2026, unless told otherwise."""

    class Meta:
        model = ReportingPeriod

    plan = factory.SubFactory(LocalActionPlanFactory)
    number = factory.Sequence(lambda n: n + 1)
    label = "Q1 2026"
    start = datetime.date(2026, 1, 1)
    end = datetime.date(2026, 3, 31)
    due_on = factory.LazyAttribute(lambda row: row.end + DUE_AFTER)
    locks_on = factory.LazyAttribute(lambda row: row.due_on + LOCKS_AFTER)


class ProgressUpdateFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = ProgressUpdate

    activity = factory.SubFactory(ActivityFactory)
    period = factory.SubFactory(
        ReportingPeriodFactory, plan=factory.SelfAttribute("..activity.objective.plan")
    )
    activity_state = "ongoing"
    done = "Three meetings were held."


class IndicatorValueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = IndicatorValue

    update = factory.SubFactory(ProgressUpdateFactory)
    indicator = factory.SubFactory(IndicatorFactory, activity=factory.SelfAttribute("..update.activity"))
    value = 12


class PriorityIssueFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = PriorityIssue

    plan = factory.SubFactory(LocalActionPlanFactory)
    text = factory.Sequence(lambda n: f"Priority issue {n}")
    order = factory.Sequence(lambda n: n)


class CommentFactory(factory.django.DjangoModelFactory):
    """Open, about the plan as a whole; `about=row` for a part."""

    class Meta:
        model = Comment
        exclude = ["about"]

    plan = factory.SubFactory(LocalActionPlanFactory)
    about = factory.SelfAttribute("plan")
    subject = factory.LazyAttribute(lambda row: subject_kind(row.about))
    subject_code = factory.LazyAttribute(lambda row: row.about.code)
    text = factory.Sequence(lambda n: f"Comment {n}")
