"""How many people, on which base, and when there will be as many as there should be.

Plain values come in, frozen dataclasses go out; nothing here reads a file or a clock. Posts
(establishment), people in post (strength), people who can be deployed and people trained in date
are four stocks, and none is taken for another.
"""
