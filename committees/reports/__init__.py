"""What pages and papers of committees show, one topic a module."""
