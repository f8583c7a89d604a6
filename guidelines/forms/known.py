"""A form of a row that two people may have open at once."""

from committees.editing import SharedForm


class KnownRowForm(SharedForm):
    """Carries the version of the row that it was opened with. One that carries none, from a page that was
    open before there was such a version, knows the row as this request read it."""

    @property
    def opened_version(self) -> int:
        return super().opened_version or self.instance.row_version
