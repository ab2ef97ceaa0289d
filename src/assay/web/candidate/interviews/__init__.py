"""Booking an interview."""
