"""Own interviews, availability, scorecards."""
