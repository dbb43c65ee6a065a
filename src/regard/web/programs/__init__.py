"""What programs read: the API, the door it stands behind, and what it answers."""
