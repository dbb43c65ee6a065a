from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regard.papers.lettering import width_of, wrapped

words = st.text(st.sampled_from("abcdefgh WMil,.0123456789"), max_size=60)


@pytest.mark.parametrize(
    ("text", "thousandths"), [("upper limit 3,132", 7_393), ("−12.5%", 3_419), ("", 0)]
)
def test_a_width_is_the_sum_of_the_letters_advances(text: str, thousandths: int) -> None:
    assert width_of(text, 1_000) == pytest.approx(thousandths, abs=1)


def test_a_letter_that_is_not_listed_is_taken_for_the_widest() -> None:
    assert width_of("漢", 10) >= width_of("@", 10)


@given(words, st.floats(20, 300))
def test_wrapping_keeps_every_word_in_order_within_the_width(text: str, width: float) -> None:
    lines = wrapped(text, 12, width)

    assert " ".join(lines).split() == text.split()
    assert all(width_of(line, 12) <= width or " " not in line for line in lines)


@given(words)
def test_wrapping_starts_a_line_only_where_the_next_word_does_not_fit(text: str) -> None:
    lines = wrapped(text, 12, 100)

    for line, following in zip(lines, lines[1:], strict=False):
        assert width_of(f"{line} {following.split()[0]}", 12) > 100
