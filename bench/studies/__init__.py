"""Studies: how often the engine is right, on made-up and on real counts of which the truth is known."""
