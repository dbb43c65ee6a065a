"""A Police and Crime Plan as data, and where each of its promises stands."""
