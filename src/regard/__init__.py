"""Regard: what a force ought to do, what it counts, where it stands, and the paper that says so."""
