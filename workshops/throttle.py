"""How often somebody may do something: counted in the cache, in windows of time, without keeping addresses.

A hall of people stands behind one router, so the limits count per door and address and are wide; what
bounds the harm is the number of entries that may wait (services.self_registration)."""

import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac


def is_too_often(what: str, *, limit: int, seconds: int) -> bool:
    """Count one more of `what` and tell whether that is too many in the present window."""
    window = int(time.time() // seconds)
    key = salted_hmac("workshops.throttle", f"{what}|{window}").hexdigest()
    cache.add(key, 0, timeout=seconds)
    try:
        return cache.incr(key) > limit
    except ValueError:  # it ran out between the two
        return False
