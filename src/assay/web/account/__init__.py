"""Signing in, one's own account, joining an organisation."""
