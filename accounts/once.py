"""A weak link sends the same form twice: the second is led to what the first made (decision 0005)."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from django.db import models, transaction

from accounts.models import SentForm
from accounts.requests import SignedInRequest

Made = TypeVar("Made", bound=models.Model)


def made_once(request: SignedInRequest, make: Callable[[], Made], *, address: Callable[[Made], str]) -> str:
    """Call `make` the first time this very form is sent; answer the `address` of what was made.

    The form carries components/once.html; without its key, `make` is called each time. Two
    requests at the same moment: the second waits at the unique key until the first is through.
    """
    key = form_key(request)
    with transaction.atomic():
        if key is None:
            return address(make())
        sent, is_first = SentForm.objects.get_or_create(key=key, user=request.user)
        if is_first:
            sent.address = address(make())
            sent.save(update_fields=["address"])
        return sent.address


def form_key(request: SignedInRequest) -> UUID | None:
    """The key that came with the form, if it is one."""
    try:
        return UUID(request.POST.get("sent_form", ""))
    except ValueError:
        return None
