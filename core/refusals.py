"""What cannot be as asked for, in words that belong to a field of the form."""


class FieldRefused(Exception):
    """It cannot be as asked for. `field` is the form field that the message belongs to; None: to none."""

    def __init__(self, field: str | None, message: str) -> None:
        super().__init__(message)
        self.field = field
