"""Words that every template has."""
