"""Joining an organisation, working in it, leaving it: each change recorded and, where somebody must know, mailed."""
