"""Channels and imports."""
