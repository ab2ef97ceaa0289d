"""What an applicant shows, for those who look at it."""
