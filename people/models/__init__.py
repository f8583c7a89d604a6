"""The tables of the people app."""

from people.codes import person_code
from people.models.duplicates import Certainty, DifferentPeople, Merge, Reason, Resemblance
from people.models.organizations import (
    HowEnded,
    Incumbency,
    Organization,
    OrganizationKind,
    Position,
    registered_by,
)
from people.models.persons import (
    MOST_PARTS,
    AgeBand,
    Consent,
    NameToken,
    Person,
    Sex,
    TokenKind,
)
from people.models.turnover import (
    Election,
    ElectionState,
    Handover,
    HandoverCause,
    HandoverItem,
    HandoverStage,
    TrainingNeed,
    TrainingTopic,
)

__all__ = [
    "MOST_PARTS",
    "AgeBand",
    "Certainty",
    "Consent",
    "DifferentPeople",
    "Election",
    "ElectionState",
    "Handover",
    "HandoverCause",
    "HandoverItem",
    "HandoverStage",
    "HowEnded",
    "Incumbency",
    "Merge",
    "NameToken",
    "Organization",
    "OrganizationKind",
    "Person",
    "Position",
    "Reason",
    "Resemblance",
    "Sex",
    "TokenKind",
    "TrainingNeed",
    "TrainingTopic",
    "person_code",
    "registered_by",
]
