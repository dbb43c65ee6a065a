"""What the pages of a requirement share: the round looked at, the cell, and what is said of it."""
