"""What every other package may rest on: errors, clock, ids, settings readers, the one door to the job queue."""
