"""People whom the organisation knows and who have not applied to a role."""
