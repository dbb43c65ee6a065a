"""The closed set of sentences: no digit, no cause, and each of them in use."""

from __future__ import annotations

import re

import pytest

from house.sources import ROOT
from regard.assurance.wording import TEMPLATES

CAUSAL = re.compile(r"\b(because|due to|led to|caused|drove)\b", re.IGNORECASE)
SOURCES = "\n".join(
    file.read_text(encoding="utf-8")
    for file in sorted((ROOT / "src" / "regard" / "assurance").glob("*.py"))
    if file.name != "wording.py"
)


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_a_sentence_holds_no_digit_and_no_cause(key):
    assert not re.search(r"\d", re.sub(r"{[^}]*}", "", TEMPLATES[key]))
    assert not CAUSAL.search(TEMPLATES[key])


@pytest.mark.parametrize("key", sorted(TEMPLATES))
def test_a_sentence_is_in_use(key):
    assert f'"{key}"' in SOURCES or key.startswith("work: ")
