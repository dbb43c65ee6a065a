"""The West Midlands example for capability: printed posts and people, generated duty and demand.

What the papers of 2018 to 2021 print of posts, people, exercises and aid lies in `printed` with its
paragraph. What no paper prints - who is on duty when, which skill ends in which month, what
incidents come - is GENERATED from `recipe.toml` and says so wherever it shows.
"""

from regard.examples.west_midlands_capability.generator import Written, write_printed, written
from regard.examples.west_midlands_capability.recipe import Recipe, recipe
from regard.examples.west_midlands_capability.worked import Worked, worked_facts

__all__ = ["Recipe", "Worked", "Written", "recipe", "worked_facts", "write_printed", "written"]
