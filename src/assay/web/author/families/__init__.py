"""The bank of questions as its authors see it."""
