"""What cannot be done now, each with a sentence that people can act on."""

from typing import Any

from django.utils.translation import gettext as _


class WorkshopRefusal(Exception):
    """Something that cannot be done now, in words that people can act on."""


class MoveRefused(WorkshopRefusal):
    """The workshop may not go to that state, or not yet."""


class RegistrationClosed(WorkshopRefusal):
    """The workshop was cancelled: nobody is registered in it."""

    def __init__(self) -> None:
        super().__init__(
            _("This workshop is cancelled: nothing was saved. Set it back to “planned” to register people.")
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
