"""What cannot be done now, each with a sentence that people can act on."""

from typing import Any

from django.utils.translation import gettext as _


class WorkshopRefusal(Exception):
    """Something that cannot be done now, in words that people can act on."""


class MoveRefused(WorkshopRefusal):
    """The workshop may not go to that state, or not yet."""


class RegistrationClosed(WorkshopRefusal):
    """The workshop was cancelled or closed: nobody is registered in it."""

    def __init__(self, workshop: Any = None) -> None:
        if workshop is not None and workshop.took_place:
            super().__init__(
                _("This workshop is closed: nothing was saved. Set it back to “reported” to change its list.")
            )
        else:
            super().__init__(
                _(
                    "This workshop is cancelled: nothing was saved. Set it back to “planned” to register "
                    "people."
                )
            )


class RegistrationGone(WorkshopRefusal):
    """Somebody else removed the registration since it was opened: a save would bring the name back."""

    def __init__(self) -> None:
        super().__init__(_("This registration was removed in the meantime: nothing was saved."))


class AlreadyRegistered(WorkshopRefusal):
    """The same form, or the same person, a second time; `earlier` is what the first time wrote."""

    def __init__(self, earlier: Any) -> None:
        super().__init__(_("Already registered. Nothing was registered twice."))
        self.earlier = earlier


class NamesakesFound(WorkshopRefusal):
    """Somebody of that name, or one like it, is known already: first it is asked who this is."""

    def __init__(self, found: Any) -> None:
        super().__init__(_("Somebody of this name is known already. Nothing is saved yet."))
        self.found = found


class NarrativeChanged(WorkshopRefusal):
    """Somebody else saved the texts of the report since they were opened; `current` holds theirs."""

    def __init__(self, current: Any) -> None:
        super().__init__(_("Somebody else saved this while you were writing."))
        self.current = current


class PersonGone(WorkshopRefusal):
    """The record that was chosen was erased, or brought together with another, since the form was opened."""

    def __init__(self) -> None:
        super().__init__(_("The record that you chose is gone: nothing was saved."))
