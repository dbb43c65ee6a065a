from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from regard.core.periods import Month
from regard.papers import ControlChart, Proposal, Segment
from regard.papers.chart_frame import WIDTH
from regard.papers.step_drawing import captions

START = Month(2013, 4)


def chart(lengths: list[int], proposals: tuple[Proposal, ...] = ()) -> ControlChart:
    starts = [START + sum(lengths[:n]) for n in range(len(lengths))]
    return ControlChart(
        reading="Read",
        name="Burglary",
        scope="Here",
        unit="offences",
        start=START,
        values=(900.0,) * sum(lengths),
        segments=tuple(
            Segment(start, start + (length - 1), 900, 700, 1_100)
            for start, length in zip(starts, lengths, strict=True)
        ),
        proposals=proposals,
    )


@given(
    st.lists(st.integers(1, 30), min_size=1, max_size=8),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 3)), max_size=2),
)
def test_names_of_steps_never_cover_one_another_or_run_past_the_plot(
    lengths: list[int], found: list[tuple[int, int]]
) -> None:
    last = sum(lengths) - 1
    months = ((START + min(at, last), wide) for at, wide in found)
    proposals = tuple(
        Proposal(month, month + -wide, month + wide, 900, 800) for month, wide in months
    )
    drawn = chart(lengths, proposals)

    names = captions(drawn)

    within = [one for one in proposals if 0 <= one.month - START <= last]
    assert len(names) == len(lengths) - 1 + len(within)
    held = [(one.line, one.left, one.right) for one in names]
    held += [(one.bracket_line, one.start, one.end) for one in names if one.end > one.start]
    for (line, left, right), (other, start, end) in combinations(held, 2):
        assert line != other or right <= start or end <= left
    assert all(one.left >= 0 and one.right <= WIDTH for one in names)


def test_the_lowest_line_with_room_is_taken() -> None:
    names = captions(chart([20, 20, 20]))

    assert [one.line for one in names] == [0, 0]
    assert [one.label for one in names] == ["step accepted: Dec 2014", "step accepted: Aug 2016"]


def test_a_step_before_the_first_month_drawn_is_not_named() -> None:
    late = Proposal(START + -3, START + -4, START + -2, 900, 800)

    assert captions(chart([12], (late,))) == []
