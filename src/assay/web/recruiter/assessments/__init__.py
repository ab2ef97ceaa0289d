"""Inviting applicants to tasks, and what came of it."""
