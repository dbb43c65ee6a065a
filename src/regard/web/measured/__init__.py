"""What the pages of measures and of the plan share: which records are seen, and what is kept."""
