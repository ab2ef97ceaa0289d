"""The candidate's own page: where the application stands, and what they may ask."""
