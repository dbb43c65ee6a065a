"""Long work: files that are sent, the records brought in from them, and how far each is."""
