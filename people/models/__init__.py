"""The tables of the people app."""

from people.codes import person_code
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
    DifferentPeople,
    Merge,
    NameToken,
    Person,
    Sex,
)

__all__ = [
    "MOST_PARTS",
    "AgeBand",
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
    "Sex",
    "person_code",
    "registered_by",
]
