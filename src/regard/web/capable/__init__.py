"""What the pages of capability look at, choose, hold and draw."""
