"""The sentences of a pack beside those of each series read by itself."""

import numpy as np
import polars as pl
import pytest

from regard.core.errors import NotEnoughData
from regard.signals.adjusted.reading import read_adjusted
from regard.signals.others.methods import METHODS_OF_OTHERS
from regard.signals.pack.frames import read_frame
from regard.signals.pack.words import AT_ONCE, METHOD_OF, NOTHING, in_words
from regard.signals.readings import Options
from signals.pack_frames import FIRST, crimes

COUNTS = {"series": "area", "value": "count", "unit": "offences", "better": "lower"}


def test_every_series_says_what_it_says_when_it_is_read_by_itself():
    found = read_frame(crimes(24, 60), **COUNTS, accepted={"area 03": FIRST + 30})
    pack = found.pack
    alike = [
        row
        for row, headline in enumerate(pack.headline)
        if headline is None or headline == pack.charted.beyond[row]
    ]

    assert len(alike) > 20
    for row in alike:
        series = pack.series(row)
        baselines = (FIRST + 30,) if series.name == "area 03" else ()

        alone = read_adjusted(series, Options(baselines=baselines))

        assert [str(one) for one in pack.reading(row).said] == [str(one) for one in alone.said]
        assert found.readings["words"][row] == " ".join(str(one) for one in alone.said)
        assert found.readings["state"][row] == alone.state


@pytest.mark.parametrize("kind", METHOD_OF)
def test_other_kinds_say_what_their_own_method_says(kind):
    random = np.random.default_rng(5)
    frame = crimes(4, 48).with_columns(of=pl.Series(random.integers(2_000, 3_000, 4 * 48)))
    found = read_frame(frame, **COUNTS | {"unit": "offences per 1,000 residents"}, kind=kind,
                       base="of")  # fmt: skip

    for row in range(4):
        alone = METHODS_OF_OTHERS[METHOD_OF[kind]][1](found.pack.series(row), Options())

        assert found.readings["words"][row] == " ".join(str(one) for one in alone.said)
        assert found.readings["state"][row] == (alone.state or alone.variation)


def test_a_series_without_a_value_says_so_and_has_no_reading():
    frame = pl.concat([
        crimes(1, 24),
        pl.DataFrame({"area": ["empty"], "month": ["2014-01"], "count": [None]},
                     schema=crimes(1, 1).schema),
    ])  # fmt: skip
    found = read_frame(frame, **COUNTS)

    assert found.readings["words"][1] == NOTHING
    assert found.readings["tier"][1] == "not tested"
    with pytest.raises(NotEnoughData, match="no month of empty has a value"):
        found.of("empty")


def test_a_part_of_a_pack_reads_as_the_whole_does():
    pack = read_frame(crimes(12, 60), **COUNTS, words=False).pack

    part = pack.part(5, 9)

    for row in range(4):
        assert part.reading(row).said == pack.reading(row + 5).said
        assert part.reading(row).proposals == pack.reading(row + 5).proposals


@pytest.mark.slow
@pytest.mark.real
def test_two_workers_say_what_one_says(shared_data):
    boroughs = pl.read_parquet(shared_data / "mps_borough_monthly_2010-04_2018-03.parquet")
    frame = boroughs.group_by("borough", "major", "month").agg(pl.col("count").sum())
    pack = read_frame(frame, series=["borough", "major"], value="count", words=False).pack
    assert len(pack.grid.keys) > AT_ONCE

    assert in_words(pack, 2) == in_words(pack, 1)
