"""A model from incident records, and whether it foretells weeks that were kept out of the fit."""
