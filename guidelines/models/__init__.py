"""Tables of the guidelines app, one topic a module."""

from guidelines.models.blocks import (
    Block,
    EvidenceLevel,
    FrozenBlock,
    ImpactStory,
    PlanningStep,
    StoryState,
)
from guidelines.models.codes import export_code, guidelines_code, section_code
from guidelines.models.documents import (
    LONGEST_SECTION,
    Guidelines,
    GuidelinesMove,
    GuidelinesQuerySet,
    Section,
    SectionRevision,
    SectionWriting,
)
from guidelines.models.editions import (
    DocumentFormat,
    Edition,
    EditionFrozen,
    Export,
    ExportQuerySet,
    ValidatedDocument,
    random_path,
)
from guidelines.models.pictures import Picture
from guidelines.models.review import (
    Endorsement,
    FieldTest,
    ReviewComment,
    ReviewState,
    Signatory,
    SignatoryRole,
)
from guidelines.models.rollout import Resource, ResourceKind, Rollout, RolloutKind
from guidelines.states import GuidelinesState

__all__ = [
    "LONGEST_SECTION",
    "Block",
    "DocumentFormat",
    "Edition",
    "EditionFrozen",
    "Endorsement",
    "EvidenceLevel",
    "Export",
    "ExportQuerySet",
    "FieldTest",
    "FrozenBlock",
    "Guidelines",
    "GuidelinesMove",
    "GuidelinesQuerySet",
    "GuidelinesState",
    "ImpactStory",
    "Picture",
    "PlanningStep",
    "Resource",
    "ResourceKind",
    "ReviewComment",
    "ReviewState",
    "Rollout",
    "RolloutKind",
    "Section",
    "SectionRevision",
    "SectionWriting",
    "Signatory",
    "SignatoryRole",
    "StoryState",
    "ValidatedDocument",
    "export_code",
    "guidelines_code",
    "random_path",
    "section_code",
]
