"""For tests of two who write at the same moment, each in a connection of their own."""

import pytest
from django.db import connection

needs_two_writers = pytest.mark.skipif(
    not connection.features.has_select_for_update, reason="SQLite lets one writer in at a time"
)
