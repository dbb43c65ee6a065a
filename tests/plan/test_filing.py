"""A plan written as a file and read again is the same plan."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

import regard.examples.west_midlands_2013 as example
from regard.plan.filing import file_text
from regard.plan.loading import load, plan_of
from regard.plan.model import Outcome, Quotation

NOT_OF_THE_PLAN = {"file": "", "sha256": ""}


def read_again(plan):
    return replace(plan_of(tomllib.loads(file_text(plan)), file="x"), **NOT_OF_THE_PLAN)


def test_the_example_is_the_same_after_writing_and_reading():
    plan = replace(load(Path(example.__file__).parent / "plan.toml"), **NOT_OF_THE_PLAN)

    assert read_again(plan) == plan


@given(
    st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1).filter(
        lambda text: text.strip()
    )
)
def test_any_words_come_back_as_they_were(words):
    plan = load(Path(example.__file__).parent / "plan.toml")
    outcome = Outcome("A", "A", words, words, words, words)
    milestone = replace(plan.milestones[0], outcome="A", said=(Quotation(words, words),))
    small = replace(
        plan,
        outcomes=(outcome,),
        milestones=(milestone,),
        watched=(),
        compositions=(),
        deliverables=(),
        baselines=(),
        consequences=(),
        asks=(),
        **NOT_OF_THE_PLAN,
    )

    again = read_again(small)

    assert again.outcomes[0].title == words.strip() or again.outcomes[0].title == words
