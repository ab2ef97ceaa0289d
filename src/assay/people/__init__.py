"""One row a human: contacts, duplicates, consent, retention."""
