"""Forms of guidelines, one topic a module."""
