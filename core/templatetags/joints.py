"""What stands between the parts of a printed line, in the paper's language: see core.joints."""

from django import template
from django.utils.safestring import SafeString, mark_safe

from core import joints
from core.french import is_on, typeset_html

register = template.Library()
register.simple_tag(joints.comma)
register.simple_tag(joints.semicolon)
register.simple_tag(joints.colon)
register.filter("listed", joints.listed)


@register.filter
def with_capital(text: str) -> str:
    """Not as `capfirst` does, which gives Georgian its capitals: those never begin a word."""
    return text[:1].title() + text[1:]


@register.filter
def typeset(html: SafeString) -> SafeString:
    """A whole paper as its language sets it: with the spaces of French, where it is French."""
    return mark_safe(typeset_html(html)) if is_on() else html  # noqa: S308 - only its spaces change
