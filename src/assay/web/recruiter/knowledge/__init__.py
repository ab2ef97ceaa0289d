"""Knowledge tests of a role: what they ask, who takes them, and what came of it."""
