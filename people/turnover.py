"""What follows when an office changes hands. Each app that has something to do then says so in its
apps.py (`ready`): a lower app does not import a higher one, and nothing happens by stealth.
"""

from collections.abc import Callable

from accounts.models import User
from people.models import Incumbency

Follower = Callable[[Incumbency, User | None], None]

WHEN_LEFT: list[Follower] = []
WHEN_CAME: list[Follower] = []
WHEN_TERM_MOVED: list[Follower] = []


def follow(
    *, left: Follower | None = None, came: Follower | None = None, term_moved: Follower | None = None
) -> None:
    """Call `left` when a holder's time ended, `came` when somebody holds a position from now on, `term_moved`
    when the term of who holds it ends on another day. All are called within the transaction that writes
    it down; added once, however often `ready` runs."""
    for wanted, followers in ((left, WHEN_LEFT), (came, WHEN_CAME), (term_moved, WHEN_TERM_MOVED)):
        if wanted is not None and wanted not in followers:
            followers.append(wanted)


def holder_left(row: Incumbency, *, by: User | None) -> None:
    for follower in WHEN_LEFT:
        follower(row, by)


def holder_came(row: Incumbency, *, by: User | None) -> None:
    for follower in WHEN_CAME:
        follower(row, by)


def holder_term_moved(row: Incumbency, *, by: User | None) -> None:
    for follower in WHEN_TERM_MOVED:
        follower(row, by)
