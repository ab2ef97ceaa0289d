"""Git repositories and other public code, read safely and made into evidence."""
