"""Writes of the workshops app."""

from workshops.services.refusals import (
    AlreadyRegistered,
    MoveRefused,
    RegistrationClosed,
    RegistrationGone,
    WorkshopRefusal,
)
from workshops.services.registration import (
    Details,
    correct_registration,
    count_people,
    register,
    remove_participation,
    remove_tally,
)
from workshops.services.workshops import move_workshop, note_names_read, save_workshop

__all__ = [
    "AlreadyRegistered",
    "Details",
    "MoveRefused",
    "RegistrationClosed",
    "RegistrationGone",
    "WorkshopRefusal",
    "correct_registration",
    "count_people",
    "move_workshop",
    "note_names_read",
    "register",
    "remove_participation",
    "remove_tally",
    "save_workshop",
]
