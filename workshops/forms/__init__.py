"""Forms of the workshops app."""

from workshops.forms.registration import (
    CorrectionForm,
    CountedForm,
    NamedForm,
    RegistrationForm,
    TallyForm,
    UnnamedForm,
    category_choices,
    organizations_suggested,
    positions_suggested,
)
from workshops.forms.workshops import WorkshopForm

__all__ = [
    "CorrectionForm",
    "CountedForm",
    "NamedForm",
    "RegistrationForm",
    "TallyForm",
    "UnnamedForm",
    "WorkshopForm",
    "category_choices",
    "organizations_suggested",
    "positions_suggested",
]
