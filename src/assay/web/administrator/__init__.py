"""Pages of the administrator audience."""
