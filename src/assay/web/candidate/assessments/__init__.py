"""Exercises and work samples as a candidate sees them."""
