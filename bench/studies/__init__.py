"""Studies: how often the engine is right, on counts of which the truth is known."""
