"""The front of a paper: what it counts stands in the order of the matrix, the same every time."""

from __future__ import annotations

from dataclasses import replace

from board.spr_rounds import FORCE, SECOND, brief, first_round, found, second_round
from regard.board.spr.front import purpose
from regard.board.spr.gathering import gather


def test_what_is_still_silent_is_counted_in_the_order_of_the_matrix(tmp_path):
    told = found(tmp_path)
    first_round(told)
    second_round(told, close=False)
    g = gather(told.view(), SECOND, FORCE, replace(brief(), document="document:draft"))

    (number,) = purpose(g)[1].text.figures

    named = [one.reference for one in number.sources[1:]]
    spoken = [one.position.entry.source.reference for one in g.cells if one.position]
    assert number.value == len(g.cells)
    assert named == spoken
    told.register.close()
