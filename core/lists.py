"""A list page: filtered, cut into pages, with what the links to its other pages must carry along."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest
from django_filters import FilterSet

PER_PAGE = 25


def listing(request: HttpRequest, found: FilterSet, rows: Any = None) -> dict[str, Any]:
    """Context of a list: `filter`, `page` (of the rows found), `query` and `is_filtered`.

    `rows` replaces what the filter found, when the page needs more of each row. A page number
    that does not exist shows the nearest page: an old link must not be an error.
    """
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "filter": found,
        "page": Paginator(found.qs if rows is None else rows, PER_PAGE).get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "is_filtered": any(query.values()),
    }
