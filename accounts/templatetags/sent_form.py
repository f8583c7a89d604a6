"""The key by which a form that is sent twice is recognised (accounts.once)."""

from uuid import uuid4

from django import template

register = template.Library()


@register.simple_tag
def new_form_key() -> str:
    """A fresh key, for one form on one page."""
    return str(uuid4())
