"""Structured interviews: kits from a question bank, times, bookings and scorecards."""
