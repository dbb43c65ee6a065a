"""The screens: what a post sees and says in a browser. Pages ask the rooms below and say it."""
