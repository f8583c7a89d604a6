"""Public codes of this app's records. Random: nothing can be told from a code."""

from core.codes import new_code


def person_code() -> str:
    return new_code("P", length=7)


def organization_code() -> str:
    return new_code("ORG", length=7)


def office_code() -> str:
    return new_code("POS", length=7)


def merge_code() -> str:
    return new_code("M")


def incumbency_code() -> str:
    return new_code("INC")


def election_code() -> str:
    return new_code("EL")


def handover_code() -> str:
    return new_code("HO")


def training_need_code() -> str:
    return new_code("TN")
