"""Sittings, attempts, hand-ins, scores, regrades, accommodations."""
