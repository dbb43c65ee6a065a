"""Worked examples that build themselves: rows, plan and the claims of the paper they follow."""
