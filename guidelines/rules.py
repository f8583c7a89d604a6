"""Who may do what with guidelines."""

from typing import Any

from accounts.models import User
from accounts.roles import Capability
from committees.models import CommitteeAccess
from guidelines.models import (
    Edition,
    Guidelines,
    GuidelinesState,
    ImpactStory,
    Resource,
    Rollout,
    StoryState,
)
from localities.models import Country, Locality

STORY_TELLERS = (Capability.RUN_WORKSHOPS, Capability.KEEP_COMMITTEES)


def can_start_guidelines(user: User) -> bool:
    """Whoever writes guidelines in some country; the form offers those countries."""
    return user.scope.anywhere(Capability.WRITE_GUIDELINES)


def can_write_guidelines(user: User, guidelines: Guidelines) -> bool:
    return user.scope.covers_country(Capability.WRITE_GUIDELINES, guidelines.country_id)


def can_export_guidelines(user: User, guidelines: Guidelines) -> bool:
    """Asking for a file of the draft costs work; fetching one that is made is open to every reader."""
    return can_write_guidelines(user, guidelines)


def can_export_edition(user: User, edition: Edition) -> bool:
    """Every reader: of an edition each file is made once."""
    return Guidelines.objects.visible_to(user).filter(pk=edition.guidelines_id).exists()


def can_read_draft(user: User, guidelines: Guidelines) -> bool:
    """The text as it is being written, and what is said about it. Who only works for a committee reads
    editions, and the draft while it is tested in the committee's locality."""
    if user.scope.covers_country(Capability.READ_GUIDELINES, guidelines.country_id):
        return True
    return Guidelines.objects.filter(pk=guidelines.pk).with_draft_for(user).exists()


def can_comment_guidelines(user: User, guidelines: Guidelines) -> bool:
    """Whoever reads the draft, until the guidelines are retired: every such role holds COMMENT_GUIDELINES."""
    return guidelines.state != GuidelinesState.RETIRED and can_read_draft(user, guidelines)


def can_decide_comments(user: User, guidelines: Guidelines) -> bool:
    return can_write_guidelines(user, guidelines)


def can_move_guidelines(user: User, guidelines: Guidelines) -> bool:
    """Field tests, endorsements, launch and all other steps: who answers for the text."""
    return can_write_guidelines(user, guidelines)


def can_keep_signatories(user: User, country: Country) -> bool:
    """Which institutions sign in a country: who keeps its frameworks or writes its guidelines."""
    keeping = (Capability.KEEP_FRAMEWORKS, Capability.WRITE_GUIDELINES)
    return any(user.scope.covers_country(capability, country.pk) for capability in keeping)


def can_roll_out(user: User, guidelines: Guidelines) -> bool:
    """Whoever writes the guidelines, for the whole country; who runs workshops, for the own places."""
    return can_write_guidelines(user, guidelines) or places_to_roll_out(user, guidelines).exists()


def can_change_rollout(user: User, rollout: Rollout) -> bool:
    """Nobody changes what was noted of places that are not in the own hands."""
    if can_write_guidelines(user, rollout.guidelines):
        return True
    mine = user.scope.rows(Capability.RUN_WORKSHOPS, locality="")
    return not rollout.localities.exclude(mine).exists() and can_roll_out(user, rollout.guidelines)


def places_to_roll_out(user: User, guidelines: Guidelines) -> Any:
    """The localities at the level of the guidelines, or above it, for which `user` may note a roll-out."""
    places = Locality.objects.filter(country=guidelines.country_id, depth__lte=guidelines.level)
    if can_write_guidelines(user, guidelines):
        return places
    return places.filter(user.scope.rows(Capability.RUN_WORKSHOPS, locality=""))


def sees_small_numbers(user: User, country: Country) -> bool:
    """Whoever runs workshops or writes guidelines there; to others counts below the threshold are hidden."""
    if user.scope.covers_country(Capability.WRITE_GUIDELINES, country.pk):
        return True
    return user.scope.covers_country(Capability.RUN_WORKSHOPS, country.pk)


def can_keep_library(user: User) -> bool:
    """Adding a text to the library: whoever writes guidelines anywhere."""
    return user.scope.anywhere(Capability.WRITE_GUIDELINES)


def can_change_resource(user: User, resource: Resource) -> bool:
    """A text of a country: who writes its guidelines. One of no country: who writes them everywhere, or who
    added it. What comes with the portal is kept by its data file."""
    if resource.key:
        return False
    if resource.country_id is None:
        return user.scope.everywhere(Capability.WRITE_GUIDELINES) or (
            can_keep_library(user) and resource.added_by_id == user.pk
        )
    return user.scope.covers_country(Capability.WRITE_GUIDELINES, resource.country_id)


def can_keep_calendar(user: User, country: Country) -> bool:
    """How local authorities of a country plan in the year: who writes its guidelines."""
    return user.scope.covers_country(Capability.WRITE_GUIDELINES, country.pk)


def can_start_story(user: User) -> bool:
    """Whoever tells stories of some place; the form offers those places."""
    telling = (*STORY_TELLERS, Capability.WRITE_GUIDELINES)
    if any(user.scope.anywhere(capability) for capability in telling):
        return True
    return any(
        access.allows(Capability.KEEP_COMMITTEES) for access in CommitteeAccess.objects.filter(user=user)
    )


def can_tell_stories_of(user: User, locality: Locality) -> bool:
    """Who runs workshops or keeps a committee there, and who writes the country's guidelines."""
    if user.scope.covers_country(Capability.WRITE_GUIDELINES, locality.country_id):
        return True
    if any(user.scope.covers(capability, locality) for capability in STORY_TELLERS):
        return True
    held = CommitteeAccess.objects.filter(user=user, committee__locality=locality)
    return any(access.allows(Capability.KEEP_COMMITTEES) for access in held)


def can_edit_story(user: User, story: ImpactStory) -> bool:
    """What is told already is changed only by who may publish."""
    if story.state == StoryState.PUBLISHED:
        return can_publish_story(user, story)
    return can_tell_stories_of(user, story.locality)


def can_publish_story(user: User, story: ImpactStory) -> bool:
    """Publish and withdraw: who answers for the guidelines of the country."""
    return user.scope.covers_country(Capability.WRITE_GUIDELINES, story.locality.country_id)
