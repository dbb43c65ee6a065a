from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regard.papers.chart_frame import FULL_WIDTH, TEXT
from regard.papers.chart_key import ROW, Entry, key_layers
from regard.papers.lettering import width_of

labels = st.text(st.sampled_from("abcdef ghi"), min_size=1, max_size=40)


@given(st.lists(labels, min_size=1, max_size=12))
def test_marks_of_the_key_stand_in_rows_and_cover_nothing(names: list[str]) -> None:
    entries = [Entry(name, point=("circle", "black")) for name in names]

    words = key_layers(entries, left=-30, top=200)[-1]["data"]["values"]

    assert [one["label"] for one in words] == names
    ends: dict[float, float] = {}
    for one in words:
        assert one["left"] > ends.get(one["top"], -31)
        ends[one["top"]] = one["left"] + width_of(one["label"], TEXT)
    assert max(ends.values()) <= FULL_WIDTH
    assert sorted(ends) == [200 + ROW * row for row in range(len(ends))]


def test_each_entry_is_drawn_with_its_own_mark() -> None:
    band = Entry("range", bands=(("grey", {"strokeDash": [1, 2]}),), line={"strokeDash": [7, 3]})

    layers = key_layers(
        [band, Entry("other", point=("circle", "red"), is_open=True)], left=0, top=0
    )

    marks = [one["mark"]["type"] for one in layers]
    assert marks == ["rect", "rule", "rule", "point", "text"]
    assert layers[3]["mark"]["filled"] is False


def test_without_entries_there_is_no_key() -> None:
    assert key_layers([], left=0, top=0) == []
