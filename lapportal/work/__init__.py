"""What waits for one user across workshops, committees and plans. One module for each source of tasks."""
