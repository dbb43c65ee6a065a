"""Commands: `regard NOUN VERB [THING] [--options]`. One module a noun, no logic of their own."""
