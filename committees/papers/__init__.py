"""Papers of a committee's meetings, for core.pdf: minutes, the invitation, blank minutes."""
