"""Tasks that are graded by running them: their folders, what is run, and what the answers are worth."""
