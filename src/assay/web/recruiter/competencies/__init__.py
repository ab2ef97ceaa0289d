"""The competency map: browsing it, and what an organisation adds to it."""
