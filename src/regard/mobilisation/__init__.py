"""What a force can send, by when and for how long, and what is left at home while it is away.

Its parts do not know each other: `response` simulates those who stay, `theory` says what can be
said without simulating, `muster` raises the units that go, `allocating` shares a demand between
forces. Plain values come in, dataclasses go out; nothing here reads or writes a file.
"""
