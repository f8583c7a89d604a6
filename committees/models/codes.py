"""Public codes of this app's records."""

from core.codes import new_code


def committee_code() -> str:
    return new_code("C")


def seat_code() -> str:
    return new_code("CS")


def access_code() -> str:
    return new_code("CA")


def appointment_code() -> str:
    return new_code("AP")


def meeting_code() -> str:
    return new_code("ME")


def agenda_code() -> str:
    return new_code("AI")


def meeting_file_code() -> str:
    return new_code("MF", length=16)


def decision_code() -> str:
    return new_code("DE")


def minutes_comment_code() -> str:
    return new_code("MC")


def forwarding_code() -> str:
    return new_code("FW")
