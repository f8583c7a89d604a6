"""Forms of the committees app, one topic a module."""
