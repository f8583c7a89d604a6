"""What was typed into a form that could not be accepted, so that the answer can give it back."""

from django.http import HttpRequest

NOT_TYPED = {"csrfmiddlewaretoken", "sent_form", "submission", "row_version"}


def typed_text(request: HttpRequest) -> list[str]:
    """The texts of a form sent from a page of this site: what took time to write, without choices,
    dates and single words, and never keys and passwords.

    Empty when the request comes from elsewhere: nobody else puts words on a page of the portal.
    """
    if request.method != "POST" or not _is_from_here(request):
        return []
    return [
        value
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and "password" not in name
        for value in values
        if " " in value.strip() or len(value) > 20
    ]


def _is_from_here(request: HttpRequest) -> bool:
    """Browsers state the origin of every form that they send."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
