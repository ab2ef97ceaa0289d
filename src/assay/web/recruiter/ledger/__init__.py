"""The observations behind every number."""
