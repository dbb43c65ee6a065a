"""Records: what systems counted, brought in once and never edited; a correction comes later."""
