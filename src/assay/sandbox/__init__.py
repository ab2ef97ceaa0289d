"""Run requests, leases and results; knows nothing of tests or people."""
