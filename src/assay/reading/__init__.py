"""Bytes to text to structure, with spans. Pure: no Django, no database, no network, no clock."""
