"""Documents, spans, observations, beliefs."""
