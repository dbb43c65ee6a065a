"""Who one is: accounts, passwords, second proofs, other providers, sessions and tokens."""
