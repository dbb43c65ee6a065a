"""The adjusted count chart: month length, season, level and spread fitted together.

Counts of at least ten a month are read on the square-root scale, on which a count varies
alike whatever its size; smaller counts by exact tails. Everything is compiled and takes many
series at once; a `Reading` of one series is made from a row.
"""
