"""Writes of the workshops app."""

from workshops.services.functioning import answers_of, delete_answers, write_functioning
from workshops.services.refusals import (
    AlreadyRegistered,
    MoveRefused,
    NamesakesFound,
    PersonGone,
    RegistrationClosed,
    RegistrationGone,
    WorkshopRefusal,
)
from workshops.services.registration import (
    Details,
    correct_registration,
    count_people,
    note_signed,
    register,
    remove_participation,
    remove_tally,
)
from workshops.services.workshops import move_workshop, note_names_read, save_workshop

__all__ = [
    "AlreadyRegistered",
    "Details",
    "MoveRefused",
    "NamesakesFound",
    "PersonGone",
    "RegistrationClosed",
    "RegistrationGone",
    "WorkshopRefusal",
    "answers_of",
    "correct_registration",
    "count_people",
    "delete_answers",
    "move_workshop",
    "note_names_read",
    "note_signed",
    "register",
    "remove_participation",
    "remove_tally",
    "save_workshop",
    "write_functioning",
]
