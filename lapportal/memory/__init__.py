"""What an office and a committee know and owe, for whoever comes next: the pack, the welcome page."""
