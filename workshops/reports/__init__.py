"""Read models of the workshops app."""

from workshops.reports.turnout import Breakdown, Cell, Meter, counted_here, registered_sentence

__all__ = ["Breakdown", "Cell", "Meter", "counted_here", "registered_sentence"]
