"""Roles and what they allow, in words that a coordinator can check. The roles page prints this file.

Platform and country roles are given by an `Assignment`; the two committee roles by an access to
one committee (committees.CommitteeAccess), because a committee stands later in the story.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Capability(models.TextChoices):
    SEE_WORK = "see_work", _("See workshops, committees and plans, as numbers and codes")
    RUN_WORKSHOPS = "run_workshops", _("Create workshops, and register the people of those they run")
    SET_UP_COMMITTEES = "set_up_committees", _("Set up committees and their seats")
    KEEP_COMMITTEES = "keep_committees", _("Keep a committee's meetings, minutes, decisions and appointments")
    WRITE_PLANS = "write_plans", _("Write the committee's Local Action Plan")
    DECIDE_PLANS = "decide_plans", _("Submit the plan and record its endorsement and adoption")
    COMMENT_PLANS = "comment_plans", _("Comment on plans and review what they align with")
    KEEP_INSTRUMENTS = "keep_instruments", _("Record by-laws and the place of plans in development plans")
    KEEP_FRAMEWORKS = "keep_frameworks", _("Say which National Action Plan replaces another; keep the themes")
    WRITE_GUIDELINES = "write_guidelines", _("Write Localization Guidelines and export them as PDF")
    READ_GUIDELINES = "read_guidelines", _("Read Localization Guidelines and fetch their PDF")
    COMMENT_GUIDELINES = (
        "comment_guidelines",
        _("Comment on Localization Guidelines; for committees, while these are tested in their locality"),
    )
    GIVE_ACCESS = "give_access", _("Create accounts and give roles")


class Role(models.TextChoices):
    PLATFORM_ADMINISTRATOR = "platform_administrator", _("Platform administrator")
    NATIONAL_COORDINATOR = "national_coordinator", _("National coordinator")
    FACILITATOR = "facilitator", _("Facilitator")
    OVERSIGHT_READER = "oversight_reader", _("Oversight reader")
    COMMITTEE_SECRETARY = "committee_secretary", _("Committee secretary")
    COMMITTEE_MEMBER = "committee_member", _("Committee member")


COMMITTEE_ROLES = (Role.COMMITTEE_SECRETARY, Role.COMMITTEE_MEMBER)
ASSIGNED_ROLES = tuple(role for role in Role if role not in COMMITTEE_ROLES)


@dataclass(frozen=True)
class RoleDescription:
    """What a role is for, where it holds, what it never shows, and its capabilities."""

    purpose: str | Promise
    holds_in: str | Promise
    personal_data: str | Promise
    capabilities: frozenset[Capability]


ROLES: dict[Role, RoleDescription] = {
    Role.PLATFORM_ADMINISTRATOR: RoleDescription(
        _("Looks after the portal: accounts, roles and the guidelines of every country."),
        _("Everywhere"),
        _("Sees no participant's name: lists show codes."),
        frozenset(
            {
                Capability.SEE_WORK,
                Capability.SET_UP_COMMITTEES,
                Capability.COMMENT_PLANS,
                Capability.KEEP_FRAMEWORKS,
                Capability.WRITE_GUIDELINES,
                Capability.READ_GUIDELINES,
                Capability.COMMENT_GUIDELINES,
                Capability.GIVE_ACCESS,
            }
        ),
    ),
    Role.NATIONAL_COORDINATOR: RoleDescription(
        _("Leads Localization in a country and answers for it to ministries and donors."),
        _("One country"),
        _("Sees names only in workshops that he or she runs."),
        frozenset(
            {
                Capability.SEE_WORK,
                Capability.RUN_WORKSHOPS,
                Capability.SET_UP_COMMITTEES,
                Capability.KEEP_COMMITTEES,
                Capability.COMMENT_PLANS,
                Capability.KEEP_INSTRUMENTS,
                Capability.KEEP_FRAMEWORKS,
                Capability.WRITE_GUIDELINES,
                Capability.READ_GUIDELINES,
                Capability.COMMENT_GUIDELINES,
                Capability.GIVE_ACCESS,
            }
        ),
    ),
    Role.FACILITATOR: RoleDescription(
        _("Prepares and runs workshops and helps to set up committees."),
        _("A country, or a part of it"),
        _("Sees the names of participants in the workshops that he or she runs, nobody else's."),
        frozenset(
            {
                Capability.SEE_WORK,
                Capability.RUN_WORKSHOPS,
                Capability.SET_UP_COMMITTEES,
                Capability.KEEP_COMMITTEES,
                Capability.COMMENT_PLANS,
                Capability.KEEP_INSTRUMENTS,
                Capability.READ_GUIDELINES,
                Capability.COMMENT_GUIDELINES,
            }
        ),
    ),
    Role.OVERSIGHT_READER: RoleDescription(
        _("Follows progress for a parliament, a ministry, a commission or a donor."),
        _("One country"),
        _("Sees no personal data at all: small numbers are hidden too."),
        frozenset({Capability.SEE_WORK, Capability.READ_GUIDELINES, Capability.COMMENT_GUIDELINES}),
    ),
    Role.COMMITTEE_SECRETARY: RoleDescription(
        _("Keeps the committee's papers: starts the plan, submits it, records what was decided."),
        _("One committee"),
        _("Sees positions and institutions, not persons."),
        frozenset(
            {
                Capability.KEEP_COMMITTEES,
                Capability.WRITE_PLANS,
                Capability.DECIDE_PLANS,
                Capability.COMMENT_PLANS,
                Capability.KEEP_INSTRUMENTS,
                Capability.COMMENT_GUIDELINES,
            }
        ),
    ),
    Role.COMMITTEE_MEMBER: RoleDescription(
        _("Writes the plan together with the other members."),
        _("One committee"),
        _("Sees positions and institutions, not persons."),
        frozenset(
            {
                Capability.WRITE_PLANS,
                Capability.COMMENT_PLANS,
                Capability.KEEP_INSTRUMENTS,
                Capability.COMMENT_GUIDELINES,
            }
        ),
    ),
}


def roles_with(capability: Capability) -> frozenset[Role]:
    """The roles that hold `capability`."""
    return frozenset(role for role, description in ROLES.items() if capability in description.capabilities)
