"""Words that a machine reads and a person does not, and words that are meant for a machine."""
