"""Pages of the recruiter audience."""
