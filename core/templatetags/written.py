"""What people wrote, on a paper: see core.papers. On a page the filters change nothing."""

from django import template
from django.utils.safestring import SafeString

from core import papers, scripts

register = template.Library()
register.filter("written", papers.written)
register.filter("written_prose", papers.written_prose)
register.filter("isolated", papers.isolated)
register.filter("direction_of", scripts.direction_of)


@register.filter
def written_or_fixed(text: object) -> SafeString:
    return papers.written(text, maybe_fixed=True)
