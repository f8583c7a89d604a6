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

__all__ = [
    "MOST_PARTS",
    "AgeBand",
    "Certainty",
    "Consent",
    "DifferentPeople",
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
    "person_code",
    "registered_by",
]
