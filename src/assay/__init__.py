"""Assay: hire machine-learning engineers on evidence."""
