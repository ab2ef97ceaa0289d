"""The bank of tasks: what ships, the organisation's own, their proof, regrading."""
