"""The page behind a candidate's link where they show their work."""
