"""Forms of the plans app, one topic a module."""
