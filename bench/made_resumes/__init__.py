"""Invented people, rendered as résumés in many layouts, with the truth about each: what the reader is tuned on."""
