"""How long work says how far it has come."""

from collections.abc import Callable

Progress = Callable[[str, int, int, int], None]
"""Told what is being worked on, rows so far (0 where there are none), steps done, of how many."""
