"""Measures what the project claims, beside its peers, in one run on one machine."""
