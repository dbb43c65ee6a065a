"""The assurance paper of a round: where each requirement stands, section by section."""
