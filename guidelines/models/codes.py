"""Codes of everything that guidelines are made of: they stand in addresses and on paper, and never change."""

from core.codes import new_code


def guidelines_code() -> str:
    return new_code("G")


def section_code() -> str:
    return new_code("S")


def picture_code() -> str:
    return new_code("PIC")


def comment_code() -> str:
    return new_code("RC")


def field_test_code() -> str:
    return new_code("FT")


def signatory_code() -> str:
    return new_code("SG")


def endorsement_code() -> str:
    return new_code("GE")


def export_code() -> str:
    return new_code("E")


def rollout_code() -> str:
    return new_code("RO")


def story_code() -> str:
    return new_code("ST")


def step_code() -> str:
    return new_code("PS")


def resource_code() -> str:
    return new_code("LIB")
