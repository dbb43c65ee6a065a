"""A demand of two days that two generated forces share, as a file states it."""

FILE = """
hosts = ["West Mercia"]
needed = [[[2, 2], [3, 2]]]
generated = true

[[forces]]
name = "Avon"
region = "West"
cohorts = 4
costs = [0.0, 1.0, 3.0, 6.0, 10.0]
low = [0.0, 0.5, 2.0, 4.0, 8.0]
high = [0.0, 2.0, 4.0, 9.0, 14.0]
travel = [2.0]

[[forces]]
name = "Severn"
region = "West"
cohorts = 6
costs = [0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0]
travel = [3.0]

[rules]
reserve = 1.0
"""
