"""West Midlands 2013/14: rows generated from what one paper printed, and the paper's claims."""

from regard.examples.west_midlands_2013.generator import Generated, generate

__all__ = ["Generated", "generate"]
