"""Vocabularies: the threats of each edition, the Cs, the four Ps, the lines."""

from __future__ import annotations

import pytest

from library.books import SCHEME, shelved
from regard.core.errors import DefinitionRefused
from regard.library.shelf import library


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("spr-threats-2011", 4),
        ("spr-threats-2012", 5),
        ("spr-threats-2015", 6),
        ("spr-threats-2023", 7),
        ("cs-4", 4),
        ("cs-5", 5),
        ("four-ps-1", 4),
        ("poete-1", 5),
        ("ndm-1", 6),
        ("lines-1", 4),
        ("absences-1", 4),
    ],
)
def test_every_vocabulary_has_the_words_it_is_named_for(name, count):
    assert len(library().scheme(name).terms) == count


def test_the_threats_of_2023_are_all_said_in_welsh():
    assert all(term.label_cy for term in library().scheme("spr-threats-2023").terms)


def test_the_threat_added_in_2023_stands_first():
    assert library().scheme("spr-threats-2023").codes[0] == "violence-against-women-and-girls"


@pytest.mark.parametrize(
    ("was", "now", "said"),
    [
        ('label = "Flood"', "", "has no label"),
        ('source = "The town\'s plan, page 1"', "", "has no source"),
        ("[[term]]", "[[word]]", "word"),
        ('code = "flood"', 'code = "flood"\nparent = "water"', "water"),
        ("[[term]]", '[[term]]\ncode = "flood"\nlabel = "Flood"\n\n[[term]]', "stands twice"),
        ("[scheme]", "[words]", "holds words"),
    ],
)
def test_a_fault_of_a_vocabulary_is_refused_by_name(tmp_path, was, now, said):
    assert was in SCHEME

    with pytest.raises(DefinitionRefused) as refusal:
        library(shelved(tmp_path, threats=SCHEME.replace(was, now, 1)))

    assert said in str(refusal.value)
    assert "threats.toml" in str(refusal.value)
