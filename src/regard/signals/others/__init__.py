"""Readings of measures that are no plain counts."""
