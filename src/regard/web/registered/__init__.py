"""What the pages of the registers share: what they read, show in words, and ask for."""
