"""Writes of the plans app, one topic a module. Each function holds the plan's row until it is done."""
