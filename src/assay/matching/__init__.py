"""People for a role and roles for a person, with reasons; shortlists as snapshots."""
