"""Organisations, members, their roles, sign-in, tokens."""
