"""Writes of guidelines that touch more than one row, are recorded, or start work; one topic a module."""
