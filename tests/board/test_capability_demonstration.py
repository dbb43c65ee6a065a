"""The example's capability: brought in once, and a force's own file left alone."""

from __future__ import annotations

import pytest

from regard.board.capability_demonstration import build_capability
from regard.capability.configured import FILE


@pytest.mark.slow
@pytest.mark.screens
def test_it_is_brought_in_once_and_says_what_the_paper_says(tmp_path):
    first = build_capability(tmp_path)
    (tmp_path / FILE).write_text((tmp_path / FILE).read_text() + "# ours\n")
    second = build_capability(tmp_path)

    assert first.said()[0].startswith("9")
    assert "448.4" in " ".join(first.said())
    assert "generated" in " ".join(first.said()).lower()
    assert "before" in second.said()[0]
    assert (tmp_path / FILE).read_text().endswith("# ours\n")
