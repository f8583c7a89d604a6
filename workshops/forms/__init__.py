"""Forms of the workshops app."""

from workshops.forms.functioning import FunctioningForm
from workshops.forms.places import PlaceField, places_suggested, written
from workshops.forms.registration import (
    MORE_PERMISSIONS,
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
    "MORE_PERMISSIONS",
    "CorrectionForm",
    "CountedForm",
    "FunctioningForm",
    "NamedForm",
    "PlaceField",
    "RegistrationForm",
    "TallyForm",
    "UnnamedForm",
    "WorkshopForm",
    "category_choices",
    "organizations_suggested",
    "places_suggested",
    "positions_suggested",
    "written",
]
