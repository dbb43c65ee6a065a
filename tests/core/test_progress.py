"""What long work tells of its progress."""

from __future__ import annotations

from regard.core.progress import Progress


def test_progress_takes_what_rows_steps_done_and_of_how_many():
    told: list[tuple[str, int, int, int]] = []

    def note(*step: str | int) -> None:
        told.append(step)

    progress: Progress = note
    progress("crime.csv", 50_000, 1, 20)

    assert told == [("crime.csv", 50_000, 1, 20)]
