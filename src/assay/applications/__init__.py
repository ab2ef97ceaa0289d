"""One person's course through one role: one state, its transitions, deadlines."""
