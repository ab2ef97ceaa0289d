"""The pages of those who interview."""
