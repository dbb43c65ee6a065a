"""What an entry is about, as text."""

from __future__ import annotations

import pytest

from regard.core.errors import DefinitionRefused
from regard.register.subjects import LONGEST, kind_of, path_of, slug, subject_of


def test_a_subject_is_its_kind_and_its_path():
    made = subject_of("judgement", "2014-q4", "avon", "line-1")

    assert (kind_of(made), path_of(made)) == ("judgement", "2014-q4/avon/line-1")


@pytest.mark.parametrize("part", ["", "Avon", "a b", "é", "-a", "a" * LONGEST, "a\n"])
def test_a_part_that_could_not_be_kept_is_refused(part):
    with pytest.raises(DefinitionRefused, match="is not a subject"):
        subject_of("party", part)


def test_words_become_a_part_of_a_path():
    assert slug("Public Order (POPS)") == "public-order-pops"
    with pytest.raises(DefinitionRefused, match="no letter"):
        slug("—")
