"""The tables of accounts and of long work."""
