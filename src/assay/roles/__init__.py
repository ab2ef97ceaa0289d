"""A role: outcomes, requirements, must-haves, weights, the lint of its plan."""
