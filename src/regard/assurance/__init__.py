"""Where each requirement stands: editions in the register, rounds, judgements, what they say."""
