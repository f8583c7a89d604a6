"""Read models of guidelines: what pages, PDF and word processor show, one topic a module."""
