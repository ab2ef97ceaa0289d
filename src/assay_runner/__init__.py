"""Runs one job of foreign code under limits. Knows no site, no database, no person and no secret."""
