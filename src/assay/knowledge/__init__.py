"""Knowledge tests: adaptive questions to applicants, and what their answers say."""
