"""Answers that are kept: asked for once, and the oldest dropped."""

from __future__ import annotations

import threading

import pytest

from regard.web.measured.remembered import Remembered


def test_an_answer_is_worked_out_once():
    held, asked = Remembered(2), []

    for _ in range(3):
        held.get("a", lambda: asked.append(1) or "answer")

    assert asked == [1]


def test_the_one_not_asked_for_longest_is_dropped():
    held = Remembered(2)
    for key in ("a", "b", "a", "c"):
        held.get(key, lambda key=key: key)

    assert "a" in held
    assert "b" not in held


def test_what_is_raised_is_kept_by_nobody():
    held = Remembered(2)
    with pytest.raises(ZeroDivisionError):
        held.get("a", lambda: 1 / 0)

    assert held.get("a", lambda: "answer") == "answer"


def test_two_that_ask_at_once_are_answered_by_one_working_out():
    held, asked, begun = Remembered(2), [], threading.Barrier(2)

    def slow():
        asked.append(1)
        return "answer"

    def ask():
        begun.wait()
        held.get("a", slow)

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()

    assert asked == [1]
