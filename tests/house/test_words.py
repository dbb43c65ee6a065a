"""The glossary is whole, and public names keep to it."""

from __future__ import annotations

import regard.core
from house import words
from house.sources import planted, source_modules


def test_every_word_of_the_glossary_has_a_meaning_and_a_source():
    found = words.entries(words.glossary_text())

    assert len(found) > 50
    assert [one for one in found if not (one[1] and one[2])] == []


def test_no_word_of_the_glossary_stands_twice():
    found = [one[0] for one in words.entries(words.glossary_text())]

    assert sorted(set(found)) == sorted(found)


def test_every_value_of_the_core_is_in_the_glossary():
    known = {one[0] for one in words.entries(words.glossary_text())}

    assert set(regard.core.__all__) <= known


def test_public_names_hold_no_word_the_house_does_not_use():
    unused = words.unused(words.glossary_text())

    against = [fault for one in source_modules() for fault in words.names_against(one, unused)]

    assert not against, "\n".join(against)


def test_a_word_the_house_does_not_use_is_caught():
    fault = planted("def judgment_count(tmp, *, colours): ...\nclass OrgChart: ...\n")

    caught = list(words.names_against(fault, words.unused(words.glossary_text())))

    assert len(caught) == 3


def test_a_glossary_row_without_a_source_is_caught():
    assert words.entries("| word | meaning | source |\n|---|---|---|\n| trace | a way | |\n") == [
        ("trace", "a way", "")
    ]
