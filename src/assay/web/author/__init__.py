"""Pages of those who make tasks."""
