"""What the engines compute with: code that is compiled once, and random numbers that have a name.

A floor of its own: the engines stand on it and do not know each other, and the core below it
knows no numpy.
"""
