"""Codes of everything that a plan is made of: they stand in addresses and on paper, and never change."""

from core.codes import new_code


def plan_code() -> str:
    return new_code("LAP")


def section_code() -> str:
    return new_code("SE")


def issue_code() -> str:
    return new_code("PI")


def objective_code() -> str:
    return new_code("O")


def alignment_code() -> str:
    return new_code("AL")


def activity_code() -> str:
    return new_code("A")


def indicator_code() -> str:
    return new_code("I")


def budget_line_code() -> str:
    return new_code("BL")


def comment_code() -> str:
    return new_code("CO")


def amendment_code() -> str:
    return new_code("AM")


def update_code() -> str:
    return new_code("PU")


def attachment_code() -> str:
    return new_code("F", length=16)


def integration_code() -> str:
    return new_code("DI")


def law_code() -> str:
    return new_code("BY")


def plan_export_code() -> str:
    return new_code("E")


def assessment_code() -> str:
    return new_code("AS")
