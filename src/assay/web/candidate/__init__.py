"""Pages of candidates: no account, a signed link."""
