"""Pages of the frameworks app, one topic a module."""
