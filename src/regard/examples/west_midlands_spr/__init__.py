"""West Midlands and the Strategic Policing Requirement: what three papers to the board print."""
